//! Limits of numbers, strings, lists and maps.

use std::cmp::Ordering;

use serde_json::Value;

use crate::context::Context;
use crate::document::Node;
use crate::fact::Level;
use crate::schema::pair::SchemaPair;

/// Whether a limit is an upper or a lower one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bound {
    Upper,
    Lower,
}

/// The limits that are numbers, and whether zero means no limit.
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

/// The limits that are booleans.
const FLAGS: [&str; 3] = ["exclusiveMaximum", "exclusiveMinimum", "uniqueItems"];

impl<'a> SchemaPair<'a> {
    pub(super) fn compare_limits(&self, cx: &mut Context<'a>) {
        for (key, bound, zero_is_none) in LIMITS {
            self.compare_limit(cx, key, bound, zero_is_none);
        }
        for key in FLAGS {
            self.compare_limit_flag(cx, key);
        }
        self.compare_multiple(cx);
    }

    fn compare_limit(&self, cx: &mut Context<'a>, key: &str, bound: Bound, zero_is_none: bool) {
        let Some(keyword) = self.changed_keyword(key) else {
            return;
        };
        let is_limit = |node: &&Node<'a>| !(zero_is_none && node.value.as_f64() == Some(0.0));
        let direction = self.direction();
        let (change, narrowed) = match (keyword.before().filter(is_limit), keyword.after().filter(is_limit)) {
            (None, None) => return,
            (None, Some(new)) => (format!("{key} {} added", new.value), true),
            (Some(old), None) => (format!("{key} {} removed", old.value), false),
            (Some(old), Some(new)) => {
                let (verb, narrowed) = match order(old.value, new.value) {
                    Ordering::Equal => return,
                    Ordering::Less => ("raised", bound == Bound::Lower),
                    Ordering::Greater => ("lowered", bound == Bound::Upper),
                };
                (format!("{key} {verb} from {} to {}", old.value, new.value), narrowed)
            }
        };
        let level = if narrowed {
            direction.narrowed()
        } else {
            direction.widened()
        };
        keyword.add(cx, change, level);
    }

    fn compare_limit_flag(&self, cx: &mut Context<'a>, key: &str) {
        let Some(keyword) = self.changed_keyword(key) else {
            return;
        };
        let on = |node: Option<&Node<'a>>| node.is_some_and(|node| *node.value != Value::Bool(false));
        let direction = self.direction();
        let (verb, level) = match (on(keyword.before()), on(keyword.after())) {
            (false, true) => ("added", direction.narrowed()),
            (true, false) => ("removed", direction.widened()),
            (true, true) => ("changed", Level::Breaking),
            (false, false) => return,
        };
        keyword.add(cx, format!("{key} {verb}"), level);
    }

    fn compare_multiple(&self, cx: &mut Context<'a>) {
        let Some(keyword) = self.changed_keyword("multipleOf") else {
            return;
        };
        let number = |node: Option<&Node<'a>>| node.and_then(|node| node.value.as_f64());
        let divides = |small: f64, large: f64| (large % small).abs() < f64::EPSILON;
        let direction = self.direction();
        let (change, level) = match (number(keyword.before()), number(keyword.after())) {
            (None, Some(new)) => (format!("{new} added"), direction.narrowed()),
            (Some(old), None) => (format!("{old} removed"), direction.widened()),
            (Some(old), Some(new)) => {
                let level = if divides(old, new) {
                    direction.narrowed()
                } else if divides(new, old) {
                    direction.widened()
                } else {
                    Level::Breaking
                };
                (format!("changed from {old} to {new}"), level)
            }
            (None, None) => return,
        };
        keyword.add(cx, format!("multipleOf {change}"), level);
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
