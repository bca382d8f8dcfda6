//! Limits of numbers, texts, lists and maps.

use std::cmp::Ordering;

use serde_json::Value;

use super::view::Pair;
use crate::wire_diff::fact::Level;
use crate::wire_diff::node::Node;
use crate::wire_diff::place::Place;
use crate::wire_diff::walk::Walk;

/// What a greater value of a limit lets through.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bound {
    /// More.
    Upper,
    /// Less.
    Lower,
}

/// The limits that are numbers, and whether zero is as good as none.
const LIMITS: [(&str, Bound, bool); 8] = [
    ("maximum", Bound::Upper, false),
    ("minimum", Bound::Lower, false),
    ("maxLength", Bound::Upper, false),
    ("minLength", Bound::Lower, true),
    ("maxItems", Bound::Upper, false),
    ("minItems", Bound::Lower, true),
    ("maxProperties", Bound::Upper, false),
    ("minProperties", Bound::Lower, true),
];

/// The limits that are switched on.
const SWITCHES: [&str; 3] = ["exclusiveMaximum", "exclusiveMinimum", "uniqueItems"];

impl<'a> Pair<'a> {
    pub(super) fn limits(&self, walk: &mut Walk<'a>, place: &Place) {
        for (key, bound, zero_is_none) in LIMITS {
            self.limit(walk, place, key, bound, zero_is_none);
        }
        for key in SWITCHES {
            self.switch(walk, place, key);
        }
        self.multiple(walk, place);
    }

    fn limit(&self, walk: &mut Walk<'a>, place: &Place, key: &str, bound: Bound, zero_is_none: bool) {
        let Some(keyword) = self.differing(walk, place, key) else {
            return;
        };
        let real = |node: &&Node<'a>| !(zero_is_none && node.value.as_f64() == Some(0.0));
        let way = place.way();
        let (word, narrower) = match (keyword.was().filter(real), keyword.is().filter(real)) {
            (None, None) => return,
            (None, Some(new)) => (format!("{key} {} added", new.value), true),
            (Some(old), None) => (format!("{key} {} removed", old.value), false),
            (Some(old), Some(new)) => match order(old.value, new.value) {
                Ordering::Equal => return,
                direction => {
                    let raised = direction == Ordering::Less;
                    let verb = if raised { "raised" } else { "lowered" };
                    let word = format!("{key} {verb} from {} to {}", old.value, new.value);
                    (word, raised == (bound == Bound::Lower))
                }
            },
        };
        let level = if narrower { way.narrower() } else { way.wider() };
        keyword.add(walk, word, level);
    }

    fn switch(&self, walk: &mut Walk<'a>, place: &Place, key: &str) {
        let Some(keyword) = self.differing(walk, place, key) else {
            return;
        };
        let on = |node: Option<&Node<'a>>| node.is_some_and(|node| *node.value != Value::Bool(false));
        let way = place.way();
        let (word, level) = match (on(keyword.was()), on(keyword.is())) {
            (false, true) => (format!("{key} added"), way.narrower()),
            (true, false) => (format!("{key} removed"), way.wider()),
            (true, true) => (format!("{key} changed"), Level::Breaking),
            (false, false) => return,
        };
        keyword.add(walk, word, level);
    }

    fn multiple(&self, walk: &mut Walk<'a>, place: &Place) {
        let Some(keyword) = self.differing(walk, place, "multipleOf") else {
            return;
        };
        let number = |node: Option<&Node<'a>>| node.and_then(|node| node.value.as_f64());
        let divides = |small: f64, large: f64| (large % small).abs() < f64::EPSILON;
        let way = place.way();
        let (word, level) = match (number(keyword.was()), number(keyword.is())) {
            (None, Some(new)) => (format!("multipleOf {new} added"), way.narrower()),
            (Some(old), None) => (format!("multipleOf {old} removed"), way.wider()),
            (Some(old), Some(new)) => {
                let level = if divides(old, new) {
                    way.narrower()
                } else if divides(new, old) {
                    way.wider()
                } else {
                    Level::Breaking
                };
                (format!("multipleOf changed from {old} to {new}"), level)
            }
            (None, None) => return,
        };
        keyword.add(walk, word, level);
    }
}

fn order(old: &Value, new: &Value) -> Ordering {
    match (old.as_i64(), new.as_i64()) {
        (Some(old), Some(new)) => old.cmp(&new),
        _ => {
            let (old, new) = (old.as_f64().unwrap_or_default(), new.as_f64().unwrap_or_default());
            old.partial_cmp(&new).unwrap_or(Ordering::Equal)
        }
    }
}
