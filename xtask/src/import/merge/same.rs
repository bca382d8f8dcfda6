//! Whether schemas of the two documents mean the same.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::import::json::{entries, set, target};
use crate::import::merge::flat::effective_keywords;
use crate::import::merge::keywords::{FROM_PROSE, enum_values, equal, is_all_from_prose, is_from_prose, is_structural};

/// Our document and the vendor's.
#[derive(Clone, Copy)]
pub(super) struct Documents<'a> {
    pub(super) ours: &'a Value,
    pub(super) theirs: &'a Value,
}

/// The pairs of references whose comparison has begun.
type Seen = BTreeSet<(String, String)>;

impl Documents<'_> {
    /// Whether two schemas mean the same.
    pub(super) fn same_schema(self, ours: &Value, theirs: &Value) -> bool {
        self.same(ours, theirs, &mut Seen::new())
    }

    /// Whether a schema of ours is a reference to a component, and the vendor's means the same.
    pub(super) fn same_reference(self, ours: &Value, theirs: &Value) -> bool {
        target(ours).is_some() && (self.same_schema(ours, theirs) || self.similar(ours, theirs))
    }

    /// Whether two schemas are probably two states of the same thing.
    pub(super) fn similar(self, ours: &Value, theirs: &Value) -> bool {
        let (one, other) = (
            effective_keywords(self.ours, ours),
            effective_keywords(self.theirs, theirs),
        );
        let names = |schema: &Map<String, Value>| -> BTreeSet<String> {
            let properties = schema.get("properties").into_iter().flat_map(entries);
            properties.map(|(name, _)| name.clone()).collect()
        };
        let (known, new) = (names(&one), names(&other));
        let (known_values, new_values) = (enum_values(&one), enum_values(&other));
        one.get("type") == other.get("type")
            && known.intersection(&new).count() * 2 >= known.len()
            && known_values.is_empty() == new_values.is_empty()
            && (known_values.is_empty() || known_values.intersection(&new_values).next().is_some())
    }

    /// Whether a schema of ours says enough to be recognised: it has properties or values of its own.
    pub(super) fn is_telling(self, ours: &Value) -> bool {
        let keywords = effective_keywords(self.ours, ours);
        let has_properties = keywords
            .get("properties")
            .is_some_and(|properties| *properties != json!({}));
        has_properties || keywords.contains_key("enum")
    }

    fn same(self, ours: &Value, theirs: &Value, seen: &mut Seen) -> bool {
        if let (Some(one), Some(other)) = (target(ours), target(theirs))
            && !seen.insert((one.to_owned(), other.to_owned()))
        {
            return true;
        }
        let (one, other) = (
            effective_keywords(self.ours, ours),
            effective_keywords(self.theirs, theirs),
        );
        let may_be_absent = |key: &str| !is_structural(key) || is_from_prose(one.get(FROM_PROSE), key);
        one.keys().all(|key| other.contains_key(key) || may_be_absent(key))
            && other.iter().all(|(key, theirs)| {
                one.get(key).is_some_and(|ours| match key.as_str() {
                    "properties" => self.same_properties(ours, theirs, seen),
                    "items" | "not" => self.same(ours, theirs, seen),
                    "additionalProperties" if ours.is_object() && theirs.is_object() => self.same(ours, theirs, seen),
                    "oneOf" | "anyOf" | "allOf" => self.same_members(ours, theirs, seen),
                    "required" => set(Some(ours)) == set(Some(theirs)),
                    "enum" => enum_values(&one) == enum_values(&other),
                    "discriminator" => ours["propertyName"] == theirs["propertyName"],
                    _ => equal(ours, theirs),
                })
            })
    }

    fn same_properties(self, ours: &Value, theirs: &Value, seen: &mut Seen) -> bool {
        let (Some(ours), Some(theirs)) = (ours.as_object(), theirs.as_object()) else {
            return false;
        };
        ours.iter()
            .all(|(name, schema)| theirs.contains_key(name) || is_all_from_prose(schema))
            && theirs
                .iter()
                .all(|(name, theirs)| ours.get(name).is_some_and(|ours| self.same(ours, theirs, seen)))
    }

    fn same_members(self, ours: &Value, theirs: &Value, seen: &mut Seen) -> bool {
        let (Some(ours), Some(theirs)) = (ours.as_array(), theirs.as_array()) else {
            return false;
        };
        let mut left: Vec<&Value> = ours.iter().collect();
        ours.len() == theirs.len()
            && theirs.iter().all(|theirs| {
                let found = left.iter().position(|ours| self.same(ours, theirs, &mut seen.clone()));
                found.map(|index| left.remove(index)).is_some()
            })
    }
}
