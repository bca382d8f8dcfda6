//! One keyword on both sides: whether it differs, and whom that belongs to.

use serde_json::Value;

use super::view::{Pair, Part, same};
use crate::wire_diff::fact::Level;
use crate::wire_diff::node::Node;
use crate::wire_diff::place::Place;
use crate::wire_diff::walk::Walk;
use crate::wire_diff::words::changed;

/// A keyword as each side has it, with the part that has it.
#[derive(Clone, Debug)]
pub(super) struct Keyword<'v, 'a> {
    pub(super) at: Place,
    old: Option<(&'v Part<'a>, Node<'a>)>,
    new: Option<(&'v Part<'a>, Node<'a>)>,
    top: Node<'a>,
}

impl<'a> Keyword<'_, 'a> {
    pub(super) fn was(&self) -> Option<&Node<'a>> {
        self.old.as_ref().map(|(_, node)| node)
    }

    pub(super) fn is(&self) -> Option<&Node<'a>> {
        self.new.as_ref().map(|(_, node)| node)
    }

    fn values(&self) -> (Option<&'a Value>, Option<&'a Value>) {
        (self.was().map(|node| node.value), self.is().map(|node| node.value))
    }

    /// Notes what changed about it.
    pub(super) fn add(&self, walk: &mut Walk<'a>, change: impl Into<String>, level: Level) {
        let node = self.is().or(self.was()).unwrap_or(&self.top);
        walk.add(&self.at, node, change, level);
    }

    /// Notes that it is another, was added or removed.
    pub(super) fn add_changed(&self, walk: &mut Walk<'a>, what: &str, level: Level) {
        let (old, new) = self.values();
        self.add(walk, changed(what, old, new), level);
    }

    /// What it means for a keyword that lets less through when it is there, and of whose values nobody can tell which lets
    /// through more.
    pub(super) fn restriction(&self) -> Level {
        let way = self.at.way();
        match (&self.old, &self.new) {
            (None, Some(_)) => way.narrower(),
            (Some(_), None) => way.wider(),
            _ => Level::Breaking,
        }
    }
}

impl<'a> Pair<'a> {
    /// A keyword of both sides, the same or not.
    pub(super) fn keyword(&self, walk: &Walk<'_>, place: &Place, key: &str) -> Keyword<'_, 'a> {
        let (old, new) = (self.before.find(key), self.after.find(key));
        Keyword {
            at: self.owner(
                walk,
                place,
                old.as_ref().map(|(part, _)| *part),
                new.as_ref().map(|(part, _)| *part),
            ),
            old,
            new,
            top: self.after.top(),
        }
    }

    /// A keyword that is not the same on both sides.
    pub(super) fn differing(&self, walk: &Walk<'_>, place: &Place, key: &str) -> Option<Keyword<'_, 'a>> {
        let keyword = self.keyword(walk, place, key);
        let (old, new) = keyword.values();
        (old != new).then_some(keyword)
    }

    /// Whom a fact belongs to that these two parts tell of: the component that both are in, or else the place where both
    /// views are.
    pub(super) fn owner(
        &self,
        walk: &Walk<'_>,
        place: &Place,
        old: Option<&Part<'a>>,
        new: Option<&Part<'a>>,
    ) -> Place {
        let component = match (old, new) {
            (Some(old), Some(new)) => same(walk, old, new).then(|| new.component.clone()),
            (None, Some(new)) => {
                let known = self.before.parts.iter().any(|old| same(walk, old, new));
                known.then(|| new.component.clone())
            }
            (Some(old), None) => {
                let found = self.after.parts.iter().find(|new| same(walk, old, new));
                found.map(|new| new.component.clone())
            }
            (None, None) => None,
        };
        match component.flatten() {
            Some(name) => Place::component(&name, place.direction),
            None => place.clone(),
        }
    }
}
