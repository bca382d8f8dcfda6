//! The keywords of a schema, whether it is inline, a reference or composed by `allOf`.

use serde_json::{Map, Value, json};

use crate::import::json::{object, target};
use crate::import::merge::keywords::{FROM_PROSE, is_default, is_structural};

/// Keywords that cannot stand beside a reference, because they describe the value that the reference describes already.
const OF_THE_VALUE: [&str; 9] = [
    "properties",
    "required",
    "additionalProperties",
    "type",
    "items",
    "enum",
    "oneOf",
    "anyOf",
    "not",
];

/// Follows references to the value that they mean, and returns it with its pointer.
pub(super) fn resolve<'a>(document: &'a Value, value: &'a Value, at: &str) -> (&'a Value, String) {
    let mut found = (value, at.to_owned());
    for _ in 0..16 {
        match target(found.0).and_then(|pointer| Some((document.pointer(pointer)?, pointer.to_owned()))) {
            Some(next) => found = next,
            None => break,
        }
    }
    found
}

/// The pointer and the additional keywords of a schema that is only a reference: `$ref`, or `allOf` with one `$ref`.
pub(super) fn as_reference(schema: &Value) -> Option<(&str, Map<String, Value>)> {
    if let Some(pointer) = target(schema) {
        return Some((pointer, Map::new()));
    }
    let map = schema.as_object()?;
    let [only] = map.get("allOf")?.as_array()?.as_slice() else {
        return None;
    };
    if OF_THE_VALUE.iter().any(|key| map.contains_key(*key)) {
        return None;
    }
    let mut additional = map.clone();
    additional.remove("allOf");
    Some((target(only)?, additional))
}

/// The keywords of a schema without references and without `allOf` at its own level, as far as that is possible.
pub(in crate::import) fn flatten(document: &Value, schema: &Value) -> Map<String, Value> {
    try_flatten(document, schema, 0).unwrap_or_else(|| object(resolve(document, schema, "").0))
}

/// The keywords that have an effect, without references and `allOf`.
pub(super) fn effective_keywords(document: &Value, schema: &Value) -> Map<String, Value> {
    let mut keywords = flatten(document, schema);
    keywords.retain(|key, value| (is_structural(key) || key == FROM_PROSE) && !is_default(key, value));
    if keywords.contains_key("properties") {
        keywords.entry("type").or_insert_with(|| json!("object"));
    }
    keywords
}

fn try_flatten(document: &Value, schema: &Value, depth: usize) -> Option<Map<String, Value>> {
    let mut own = object(resolve(document, schema, "").0);
    if depth > 8 {
        return None;
    }
    let Some(Value::Array(members)) = own.remove("allOf") else {
        return Some(own);
    };
    let mut merged = Map::new();
    let parts: Option<Vec<_>> = members
        .iter()
        .map(|member| try_flatten(document, member, depth + 1))
        .collect();
    let mut parts = parts?;
    let is_nullable = |part: &Map<String, Value>| part.get("nullable") == Some(&json!(true));
    let nullable = is_nullable(&own) || parts.iter().all(is_nullable);
    if let Some(text) = own.remove("description") {
        merged.insert("description".to_owned(), text);
    }
    parts.push(own);
    let with_properties = parts.iter().filter(|part| part.contains_key("properties")).count();
    for part in parts {
        let additional = part.get("additionalProperties");
        if with_properties > 1 && additional.is_some_and(|value| !is_default("additionalProperties", value)) {
            return None;
        }
        merge_part(&mut merged, part)?;
    }
    if nullable {
        merged.insert("nullable".to_owned(), json!(true));
    }
    Some(merged)
}

/// Adds the keywords of a part. Returns `None` if two parts contradict each other.
fn merge_part(merged: &mut Map<String, Value>, part: Map<String, Value>) -> Option<()> {
    for (key, value) in part {
        if key == "nullable" || key == "description" {
            continue;
        }
        match (key.as_str(), merged.get_mut(&key), value) {
            (_, None, value) => {
                merged.insert(key, value);
            }
            ("properties", Some(Value::Object(known)), Value::Object(more)) => {
                for (name, schema) in more {
                    if known.get(&name).is_some_and(|known| *known != schema) {
                        return None;
                    }
                    known.insert(name, schema);
                }
            }
            ("required", Some(Value::Array(known)), Value::Array(more)) => {
                for name in more {
                    if !known.contains(&name) {
                        known.push(name);
                    }
                }
            }
            (key, Some(known), value) if is_structural(key) && *known != value => return None,
            _ => {}
        }
    }
    Some(())
}
