//! Enumerations, defaults and patterns.

use serde_json::Value;

use super::view::Pair;
use crate::wire_diff::fact::{Direction, Level};
use crate::wire_diff::node::Node;
use crate::wire_diff::place::Place;
use crate::wire_diff::walk::Walk;
use crate::wire_diff::words::quote_all;

impl<'a> Pair<'a> {
    pub(super) fn values(&self, walk: &mut Walk<'a>, place: &Place) {
        self.enumeration(walk, place);
        self.default(walk, place);
        self.pattern(walk, place);
    }

    /// Enums are open in what is generated, so a reply may bring any value.
    fn enumeration(&self, walk: &mut Walk<'a>, place: &Place) {
        let Some(keyword) = self.differing(walk, place, "enum") else {
            return;
        };
        let list = |node: &Node<'a>| -> Vec<&'a Value> {
            let values = node.items().into_iter().map(|item| item.value);
            // That null is a value is what `nullable` says.
            values.filter(|value| !value.is_null()).collect()
        };
        let way = place.way();
        match (keyword.was().map(list), keyword.is().map(list)) {
            (Some(was), Some(is)) => {
                let gone: Vec<&Value> = was.iter().filter(|value| !is.contains(value)).copied().collect();
                let come: Vec<&Value> = is.iter().filter(|value| !was.contains(value)).copied().collect();
                if !gone.is_empty() {
                    keyword.add(walk, format!("value {} removed", quote_all(gone)), way.narrower());
                }
                if !come.is_empty() {
                    keyword.add(walk, format!("value {} added", quote_all(come)), Level::Compatible);
                }
            }
            (None, Some(is)) => {
                let change = format!("limited to the values {}", quote_all(is));
                keyword.add(walk, change, way.narrower());
            }
            (Some(_), None) => keyword.add(walk, "no longer limited to a list of values", Level::Compatible),
            (None, None) => {}
        }
    }

    /// A default says what happens to a request that leaves the field out; in a reply it says nothing.
    fn default(&self, walk: &mut Walk<'a>, place: &Place) {
        let level = match place.way() {
            Direction::Request => Level::Breaking,
            Direction::Response => Level::Compatible,
        };
        if let Some(keyword) = self.differing(walk, place, "default") {
            keyword.add_changed(walk, "default", level);
        }
    }

    fn pattern(&self, walk: &mut Walk<'a>, place: &Place) {
        if let Some(keyword) = self.differing(walk, place, "pattern") {
            keyword.add_changed(walk, "pattern", keyword.restriction());
        }
    }
}
