//! Where facts gather: equal ones become one.

use std::collections::{BTreeMap, BTreeSet};

use super::fact::{Direction, Fact, Kind, Level};
use super::place::Place;

/// The facts so far, by what they say.
#[derive(Debug, Default)]
pub(super) struct Sink {
    entries: BTreeMap<(String, String), Entry>,
}

#[derive(Debug)]
struct Entry {
    kind: Kind,
    pointer: String,
    shared: bool,
    level: Level,
    directions: BTreeMap<Direction, Level>,
    operations: BTreeSet<String>,
}

impl Sink {
    pub(super) fn add(&mut self, place: &Place, pointer: &str, change: String, level: Level, operation: Option<&str>) {
        let key = (place.subject.clone(), change);
        let entry = self.entries.entry(key).or_insert_with(|| Entry {
            kind: place.kind,
            pointer: pointer.to_owned(),
            shared: place.shared,
            level,
            directions: BTreeMap::new(),
            operations: BTreeSet::new(),
        });
        entry.level = entry.level.max(level);
        if let Some(direction) = place.direction {
            let worst = entry.directions.entry(direction).or_insert(level);
            *worst = (*worst).max(level);
        }
        entry.operations.extend(operation.map(str::to_owned));
    }

    /// The facts, the most important first.
    pub(super) fn facts(self) -> Vec<Fact> {
        let mut facts: Vec<Fact> = self
            .entries
            .into_iter()
            .map(|((subject, change), entry)| Fact {
                level: entry.level,
                kind: entry.kind,
                subject,
                change,
                pointer: entry.pointer,
                directions: entry.directions,
                shared: entry.shared,
                operations: entry.operations.into_iter().collect(),
            })
            .collect();
        // The sort is stable, and the map has sorted by subject.
        facts.sort_by_key(|fact| (std::cmp::Reverse(fact.level), fact.kind));
        facts
    }
}
