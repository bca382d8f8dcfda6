//! Collects facts and merges equal ones.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::fact::{Direction, Fact, Kind, Level};
use crate::subject::Subject;
use crate::wording::one_line;

/// The facts found so far, by subject and change.
#[derive(Debug, Default)]
pub(crate) struct Collector {
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
    parameters: BTreeSet<String>,
}

impl Collector {
    pub(crate) fn add(
        &mut self,
        subject: &Subject,
        pointer: &str,
        change: &str,
        level: Level,
        (operation, parameter): (Option<&str>, Option<&str>),
    ) {
        let key = (one_line(&subject.name), one_line(change));
        let entry = self.entries.entry(key).or_insert_with(|| Entry {
            kind: subject.kind,
            pointer: pointer.to_owned(),
            shared: subject.shared,
            level,
            directions: BTreeMap::new(),
            operations: BTreeSet::new(),
            parameters: BTreeSet::new(),
        });
        entry.level = entry.level.max(level);
        if let Some(direction) = subject.direction {
            let worst = entry.directions.entry(direction).or_insert(level);
            *worst = (*worst).max(level);
        }
        entry.operations.extend(operation.map(str::to_owned));
        entry.parameters.extend(parameter.map(one_line));
    }

    /// The facts, the most important first.
    pub(crate) fn into_facts(self) -> Vec<Fact> {
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
                // Where a parameter is what changed, the subject is its name.
                parameters: if entry.shared {
                    entry.parameters.into_iter().collect()
                } else {
                    Vec::new()
                },
                operations: entry.operations.into_iter().collect(),
            })
            .collect();
        // The sort is stable, and the map is sorted by subject.
        facts.sort_by_key(|fact| (Reverse(fact.level), fact.kind));
        facts
    }
}
