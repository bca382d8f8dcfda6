//! Enumerations, defaults and patterns.

use serde_json::Value;

use super::view::Pair;
use crate::wire_diff::fact::{Direction, Level};
use crate::wire_diff::place::Place;
use crate::wire_diff::walk::Walk;
use crate::wire_diff::words::{changed, quote_all};

impl<'a> Pair<'a> {
    pub(super) fn values(&self, walk: &mut Walk<'a>, place: &Place) {
        self.enumeration(walk, place);
        self.default(walk, place);
        self.pattern(walk, place);
    }

    /// Enums are open in what is generated, so a reply may bring any value.
    fn enumeration(&self, walk: &mut Walk<'a>, place: &Place) {
        let Some((at, old, new)) = self.differing(walk, place, "enum") else {
            return;
        };
        let list = |node: &Option<_>| -> Option<Vec<&'a Value>> {
            let node: &crate::wire_diff::node::Node<'a> = node.as_ref()?;
            // That null is a value is what `nullable` says.
            Some(
                node.items()
                    .into_iter()
                    .map(|item| item.value)
                    .filter(|value| !value.is_null())
                    .collect(),
            )
        };
        let way = place.way();
        let (was, is) = (list(&old), list(&new));
        let node = new.or(old).unwrap_or_else(|| self.after.top());
        match (was, is) {
            (Some(was), Some(is)) => {
                let gone: Vec<&Value> = was.iter().filter(|value| !is.contains(value)).copied().collect();
                let come: Vec<&Value> = is.iter().filter(|value| !was.contains(value)).copied().collect();
                if !gone.is_empty() {
                    let change = format!("value {} removed", quote_all(gone));
                    walk.add(&at, &node, change, way.narrower());
                }
                if !come.is_empty() {
                    let change = format!("value {} added", quote_all(come));
                    walk.add(&at, &node, change, Level::Compatible);
                }
            }
            (None, Some(is)) => {
                let change = format!("limited to the values {}", quote_all(is));
                walk.add(&at, &node, change, way.narrower());
            }
            (Some(_), None) => walk.add(&at, &node, "no longer limited to a list of values", Level::Compatible),
            (None, None) => {}
        }
    }

    /// A default says what happens to a request that leaves the field out; in a reply it says nothing.
    fn default(&self, walk: &mut Walk<'a>, place: &Place) {
        let Some((at, old, new)) = self.differing(walk, place, "default") else {
            return;
        };
        let level = match place.way() {
            Direction::Request => Level::Breaking,
            Direction::Response => Level::Compatible,
        };
        let change = changed(
            "default",
            old.as_ref().map(|node| node.value),
            new.as_ref().map(|node| node.value),
        );
        let node = new.or(old).unwrap_or_else(|| self.after.top());
        walk.add(&at, &node, change, level);
    }

    /// Nobody can tell which of two patterns is the narrower.
    fn pattern(&self, walk: &mut Walk<'a>, place: &Place) {
        let Some((at, old, new)) = self.differing(walk, place, "pattern") else {
            return;
        };
        let way = place.way();
        let level = match (&old, &new) {
            (None, Some(_)) => way.narrower(),
            (Some(_), None) => way.wider(),
            _ => Level::Breaking,
        };
        let change = changed(
            "pattern",
            old.as_ref().map(|node| node.value),
            new.as_ref().map(|node| node.value),
        );
        let node = new.or(old).unwrap_or_else(|| self.after.top());
        walk.add(&at, &node, change, level);
    }
}
