//! Schemas that contain themselves without a value in between, so that no value can be checked against them.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::import::downgrade::Downgrade;
use crate::import::json::{items, target};

impl Downgrade<'_> {
    /// Refuses the schema at a pointer if it leads back to itself: by a reference to a reference, or by the parts and the
    /// alternatives of a schema, which describe the same value.
    pub(super) fn refuse_circle(&mut self, pointer: &str) -> bool {
        let mut way = Vec::new();
        let is_circle = self.leads_to(pointer, pointer, &mut way, &mut BTreeSet::new());
        if is_circle {
            way.push(pointer.to_owned());
            let way: Vec<String> = way.iter().map(|pointer| format!("`#{pointer}`")).collect();
            self.refuse(
                pointer,
                format!("this leads back to itself: {}", way.join(" refers to ")),
                "replace one of the references with what is meant, in a copy of the document",
            );
        }
        is_circle
    }

    fn leads_to(&self, from: &str, goal: &str, way: &mut Vec<String>, seen: &mut BTreeSet<String>) -> bool {
        way.push(from.to_owned());
        let mut targets = Vec::new();
        if let Some(schema) = self.document.pointer(from) {
            of_the_same_value(schema, &mut targets);
        }
        for next in targets {
            if next == goal || seen.insert(next.to_owned()) && self.leads_to(next, goal, way, seen) {
                return true;
            }
        }
        way.pop();
        false
    }
}

/// The pointers that a schema refers to for the value that it describes itself.
fn of_the_same_value<'a>(schema: &'a Value, found: &mut Vec<&'a str>) {
    found.extend(target(schema));
    for key in ["allOf", "anyOf", "oneOf"] {
        items(&schema[key]).for_each(|member| of_the_same_value(member, found));
    }
    if let Some(inner) = schema.get("not") {
        of_the_same_value(inner, found);
    }
}
