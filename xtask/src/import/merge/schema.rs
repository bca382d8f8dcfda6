//! Schemas that both documents have.

use serde_json::{Map, Value, json};

use crate::import::json::{component, items, object};
use crate::import::merge::Merger;
use crate::import::merge::flat::{as_reference, effective_keywords, flatten, resolve};
use crate::import::merge::keywords::{
    FROM_PROSE, enum_values, equal, is_all_from_prose, is_default, is_from_prose, is_structural,
};
use crate::import::translate;

/// Keywords that may describe the use of a component rather than the component.
const OF_THE_USE: [&str; 5] = ["nullable", "default", "deprecated", "readOnly", "writeOnly"];

impl Merger<'_> {
    /// Merges a schema.
    pub(super) fn schema(&mut self, ours: &Value, theirs: &Value, at: &str) -> Value {
        match as_reference(ours) {
            Some((pointer, additional)) => match component(pointer) {
                Some(("schemas", name)) => self.reference(ours, name, additional, theirs, at),
                _ => ours.clone(),
            },
            None => self.inline(ours, theirs, at),
        }
    }

    /// Merges into a reference of ours to the component `name`, with the keywords beside it.
    fn reference(
        &mut self,
        ours: &Value,
        name: &str,
        additional: Map<String, Value>,
        theirs: &Value,
        at: &str,
    ) -> Value {
        let documents = self.documents;
        let (new, their_additional) = match as_reference(theirs) {
            Some((pointer, their_additional)) => {
                let reference = json!({ "$ref": format!("#{pointer}") });
                let (target, pointer) = resolve(documents.theirs, &reference, at);
                if self.is_displaced(name, &pointer) {
                    return self.adopt(theirs);
                }
                (self.component("schemas", name, target, &pointer), their_additional)
            }
            None => {
                // Keywords of an inline schema describe this use, unless our component has them.
                let component = &documents.ours["components"]["schemas"][name];
                let component = effective_keywords(documents.ours, component);
                let mut inline = object(theirs);
                let mut their_additional = Map::new();
                for key in OF_THE_USE {
                    if !component.contains_key(key)
                        && let Some(value) = inline.remove(key)
                    {
                        their_additional.insert(key.to_owned(), value);
                    }
                }
                (
                    self.component("schemas", name, &Value::Object(inline), at),
                    their_additional,
                )
            }
        };
        let mut merged = self.keywords(&additional, &their_additional, at);
        if merged == additional && new == name {
            return ours.clone();
        }
        let reference = Self::refer("schemas", &new);
        if merged.is_empty() {
            return reference;
        }
        merged.insert("allOf".to_owned(), json!([reference]));
        Value::Object(merged)
    }

    fn inline(&mut self, ours: &Value, theirs: &Value, at: &str) -> Value {
        let documents = self.documents;
        let is_composed = ours.get("allOf").is_some();
        if is_composed && documents.same_schema(ours, theirs) {
            self.keep(ours);
            return ours.clone();
        }
        if is_composed && let Some(merged) = self.composed(ours, theirs, at) {
            return merged;
        }
        let (theirs, at) = resolve(documents.theirs, theirs, at);
        let (mut own, mut keywords) = (object(ours), object(theirs));
        if items(&ours["allOf"]).count() != items(&theirs["allOf"]).count() {
            keywords = flatten(documents.theirs, theirs);
            if is_composed {
                own = flatten(documents.ours, ours);
            }
        }
        Value::Object(self.keywords(&own, &keywords, &at))
    }

    /// Merges keyword by keyword.
    pub(super) fn keywords(
        &mut self,
        ours: &Map<String, Value>,
        theirs: &Map<String, Value>,
        at: &str,
    ) -> Map<String, Value> {
        let mut merged = ours.clone();
        merged.retain(|key, value| {
            let is_implied = key == "type" && *value == "object" && theirs.contains_key("properties");
            !is_structural(key)
                || theirs.contains_key(key)
                || is_default(key, value)
                || is_from_prose(ours.get(FROM_PROSE), key)
                || is_implied
        });
        for (key, value) in theirs.iter().filter(|(key, _)| is_structural(key)) {
            let at = format!("{at}/{key}");
            let known = ours.get(key);
            let new = match (key.as_str(), known) {
                ("properties", Some(known)) => self.properties(known, value, &at),
                ("required", _) => merge_list(known, value),
                ("enum", _) => {
                    merge_enum(&mut merged, ours, theirs);
                    continue;
                }
                ("items" | "not", Some(known)) => self.schema(known, value, &at),
                ("additionalProperties", Some(known)) if known.is_object() && value.is_object() => {
                    self.schema(known, value, &at)
                }
                ("oneOf" | "anyOf" | "allOf", Some(known)) => self.members(known, value, &at),
                ("discriminator", Some(known)) if known["propertyName"] == value["propertyName"] => known.clone(),
                (_, Some(known)) if equal(known, value) => known.clone(),
                (key, None) if is_default(key, value) => continue,
                ("type", None) if *value == json!("object") && ours.get("properties").is_some() => continue,
                _ => self.adopt_keyword(key, value),
            };
            if key == "required" && new == json!([]) && known.is_none() {
                continue;
            }
            merged.insert(key.clone(), new);
        }
        if merged.get("required") == Some(&json!([])) && ours.get("required") != Some(&json!([])) {
            merged.remove("required");
        }
        merged
    }

    fn properties(&mut self, ours: &Value, theirs: &Value, at: &str) -> Value {
        let (Some(ours), Some(theirs)) = (ours.as_object(), theirs.as_object()) else {
            return ours.clone();
        };
        let mut merged = ours.clone();
        for (name, known) in ours {
            match theirs.get(name) {
                Some(schema) => {
                    let kept = translate::keep(known, schema, self.settings.kept("properties", name));
                    let schema = kept.as_ref().unwrap_or(schema);
                    merged.insert(name.clone(), self.schema(known, schema, &format!("{at}/{name}")));
                }
                None if is_all_from_prose(known) || self.keeps_presence("properties", name) => self.keep(known),
                None => {
                    merged.remove(name);
                }
            }
        }
        for (name, schema) in theirs.iter().filter(|(name, _)| !ours.contains_key(*name)) {
            if self.keeps_absence("properties", name) {
                continue;
            }
            merged.insert(name.clone(), self.adopt_described(schema));
        }
        Value::Object(merged)
    }

    /// Merges alternatives, which are matched by their meaning or else by their order.
    fn members(&mut self, ours: &Value, theirs: &Value, at: &str) -> Value {
        let mut left: Vec<(usize, &Value)> = items(ours).enumerate().collect();
        let mut matched: Vec<(usize, Value)> = Vec::new();
        let mut unmatched = Vec::new();
        for (index, schema) in items(theirs).enumerate() {
            let at = format!("{at}/{index}");
            match left
                .iter()
                .position(|(_, known)| self.documents.same_schema(known, schema))
            {
                Some(found) => {
                    let (position, known) = left.remove(found);
                    matched.push((position, self.schema(known, schema, &at)));
                }
                None => unmatched.push((schema, at)),
            }
        }
        let mut left = left.into_iter();
        let mut new = Vec::new();
        for (schema, at) in unmatched {
            match left.next() {
                Some((position, known)) => matched.push((position, self.schema(known, schema, &at))),
                None => new.push(self.adopt(schema)),
            }
        }
        matched.sort_by_key(|(position, _)| *position);
        matched.into_iter().map(|(_, schema)| schema).chain(new).collect()
    }
}

/// The items of theirs, those of ours first and in our order.
fn merge_list(ours: Option<&Value>, theirs: &Value) -> Value {
    let ours: Vec<&Value> = ours.into_iter().flat_map(items).collect();
    let kept = ours
        .iter()
        .copied()
        .filter(|item| items(theirs).any(|other| other == *item));
    let new = items(theirs).filter(|item| !ours.contains(item));
    kept.chain(new).cloned().collect()
}

/// Merges the values of an enumeration and their descriptions.
fn merge_enum(merged: &mut Map<String, Value>, ours: &Map<String, Value>, theirs: &Map<String, Value>) {
    if enum_values(ours) == enum_values(theirs) && ours.contains_key("enum") {
        return;
    }
    merged.insert("enum".to_owned(), merge_list(ours.get("enum"), &theirs["enum"]));
    if let Some(Value::Object(descriptions)) = merged.get_mut("x-enum-descriptions") {
        let values: Vec<&str> = items(&theirs["enum"]).filter_map(Value::as_str).collect();
        descriptions.retain(|value, _| values.contains(&value.as_str()));
        for value in values {
            descriptions.entry(value).or_insert_with(|| json!(""));
        }
    }
}
