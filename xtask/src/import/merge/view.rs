//! What a schema says, whatever way it is written: inline or by reference, in one piece or by `allOf`.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

/// The extension by which a document of ours says which keywords of an object, or `true` for the object itself, come
/// from the vendor's prose alone. The import leaves them until the vendor's document speaks about them.
pub(super) const FROM_PROSE: &str = "x-from-prose";

/// Keywords that are for readers.
const DOCS: [&str; 7] = [
    "description",
    "summary",
    "title",
    "externalDocs",
    "example",
    "examples",
    "xml",
];

/// Whether a keyword says something about the wire.
pub(super) fn structural(key: &str) -> bool {
    !DOCS.contains(&key) && !key.starts_with("x-")
}

/// Whether the keyword `key` of `ours` comes from prose.
pub(super) fn from_prose(ours: &Value, key: &str) -> bool {
    ours[FROM_PROSE]
        .as_array()
        .is_some_and(|keys| keys.iter().any(|known| known == key))
}

/// Whether the whole of `ours` comes from prose.
pub(super) fn all_from_prose(ours: &Value) -> bool {
    ours[FROM_PROSE] == true
}

/// The place that a reference names, for a value that is one.
pub(super) fn place_of(value: &Value) -> Option<&str> {
    value.get("$ref")?.as_str()?.strip_prefix('#')
}

/// What a value means where it is a reference, and where that stands.
pub(super) fn resolve<'a>(document: &'a Value, value: &'a Value, at: &str) -> (&'a Value, String) {
    let mut found = (value, at.to_owned());
    for _ in 0..16 {
        match place_of(found.0).and_then(|place| Some((document.pointer(place)?, place.to_owned()))) {
            Some(next) => found = next,
            None => break,
        }
    }
    found
}

/// A reference and what stands beside it, for a schema that is no more than that: `$ref`, or `allOf` over one `$ref`.
pub(super) fn slot(schema: &Value) -> Option<(&str, Map<String, Value>)> {
    if let Some(place) = place_of(schema) {
        return Some((place, Map::new()));
    }
    let map = schema.as_object()?;
    let [only] = map.get("allOf")?.as_array()?.as_slice() else {
        return None;
    };
    let beside = [
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
    if beside.iter().any(|key| map.contains_key(*key)) {
        return None;
    }
    let mut beside = map.clone();
    beside.remove("allOf");
    Some((place_of(only)?, beside))
}

/// A schema without references at its own level, and with its `allOf` put together as far as that is possible.
pub(super) fn flat(document: &Value, schema: &Value) -> Map<String, Value> {
    flatten(document, schema, 0).unwrap_or_else(|| {
        let (schema, _) = resolve(document, schema, "");
        schema.as_object().cloned().unwrap_or_default()
    })
}

fn flatten(document: &Value, schema: &Value, depth: usize) -> Option<Map<String, Value>> {
    let (schema, _) = resolve(document, schema, "");
    let mut own = schema.as_object().cloned().unwrap_or_default();
    if depth > 8 {
        return None;
    }
    let Some(Value::Array(members)) = own.remove("allOf") else {
        return Some(own);
    };
    let mut merged = Map::new();
    let parts: Option<Vec<_>> = members
        .iter()
        .map(|member| flatten(document, member, depth + 1))
        .collect();
    let mut parts = parts?;
    let nullable = own.get("nullable") == Some(&json!(true))
        || parts.iter().all(|part| part.get("nullable") == Some(&json!(true)));
    own.remove("description")
        .map(|text| merged.insert("description".to_owned(), text));
    parts.push(own);
    let filled = parts.iter().filter(|part| part.contains_key("properties")).count();
    for part in parts {
        let closed = part
            .get("additionalProperties")
            .is_some_and(|others| *others != json!(true) && *others != json!({}));
        if closed && filled > 1 {
            return None;
        }
        absorb(&mut merged, part)?;
    }
    if nullable {
        merged.insert("nullable".to_owned(), json!(true));
    }
    Some(merged)
}

/// Adds what a part says; `None` when two parts contradict each other.
fn absorb(merged: &mut Map<String, Value>, part: Map<String, Value>) -> Option<()> {
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
            (key, Some(known), value) if structural(key) && *known != value => return None,
            _ => {}
        }
    }
    Some(())
}

/// Whether a keyword with this value says no more than its absence.
pub(super) fn says_nothing(key: &str, value: &Value) -> bool {
    match key {
        "nullable" | "deprecated" | "readOnly" | "writeOnly" | "uniqueItems" | "exclusiveMinimum"
        | "exclusiveMaximum" | "allowEmptyValue" | "allowReserved" => *value == json!(false),
        "additionalProperties" => *value == json!(true) || *value == json!({}),
        "minLength" | "minItems" | "minProperties" => value.as_f64() == Some(0.0),
        "required" => value.as_array().is_some_and(Vec::is_empty) || *value == json!(false),
        _ => false,
    }
}

/// Whether two values are equal, 1 and 1.0 too.
pub(super) fn equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one == other || one.as_f64() == other.as_f64(),
        _ => one == other,
    }
}

/// The values of a list as a set.
pub(super) fn set(value: Option<&Value>) -> BTreeSet<String> {
    let values = value.and_then(Value::as_array).into_iter().flatten();
    values.map(ToString::to_string).collect()
}

/// The values of an enumeration as a set; beside `nullable`, a null among them says nothing.
pub(super) fn enumerated(schema: &Map<String, Value>) -> BTreeSet<String> {
    let mut values = set(schema.get("enum"));
    if schema.get("nullable") == Some(&json!(true)) && values.len() > 1 {
        values.remove("null");
    }
    values
}

/// Two documents whose schemas are compared.
#[derive(Clone, Copy)]
pub(super) struct Sides<'a> {
    pub(super) ours: &'a Value,
    pub(super) theirs: &'a Value,
}

impl Sides<'_> {
    /// Whether two schemas say the same.
    pub(super) fn same(self, ours: &Value, theirs: &Value) -> bool {
        self.alike(ours, theirs, &mut BTreeSet::new())
    }

    fn alike(self, ours: &Value, theirs: &Value, seen: &mut BTreeSet<(String, String)>) -> bool {
        if let (Some(one), Some(other)) = (place_of(ours), place_of(theirs))
            && !seen.insert((one.to_owned(), other.to_owned()))
        {
            return true;
        }
        let (one, other) = (facts(self.ours, ours), facts(self.theirs, theirs));
        let told = |key: &String| !from_prose(&json!({ FROM_PROSE: one.get(FROM_PROSE) }), key);
        one.keys()
            .filter(|key| structural(key) && told(key))
            .all(|key| other.contains_key(key))
            && other.iter().all(|(key, theirs)| {
                one.get(key).is_some_and(|ours| match key.as_str() {
                    "properties" => self.alike_properties(ours, theirs, seen),
                    "items" | "not" => self.alike(ours, theirs, seen),
                    "additionalProperties" if ours.is_object() && theirs.is_object() => self.alike(ours, theirs, seen),
                    "oneOf" | "anyOf" | "allOf" => self.alike_members(ours, theirs, seen),
                    "required" => set(Some(ours)) == set(Some(theirs)),
                    "enum" => enumerated(&one) == enumerated(&other),
                    "discriminator" => ours["propertyName"] == theirs["propertyName"],
                    _ => equal(ours, theirs),
                })
            })
    }

    fn alike_properties(self, ours: &Value, theirs: &Value, seen: &mut BTreeSet<(String, String)>) -> bool {
        let (Some(ours), Some(theirs)) = (ours.as_object(), theirs.as_object()) else {
            return false;
        };
        ours.iter()
            .all(|(name, schema)| theirs.contains_key(name) || all_from_prose(schema))
            && theirs
                .iter()
                .all(|(name, theirs)| ours.get(name).is_some_and(|ours| self.alike(ours, theirs, seen)))
    }

    fn alike_members(self, ours: &Value, theirs: &Value, seen: &mut BTreeSet<(String, String)>) -> bool {
        let (Some(ours), Some(theirs)) = (ours.as_array(), theirs.as_array()) else {
            return false;
        };
        let mut left: Vec<&Value> = ours.iter().collect();
        ours.len() == theirs.len()
            && theirs.iter().all(|theirs| {
                let found = left.iter().position(|ours| self.alike(ours, theirs, &mut seen.clone()));
                found.map(|index| left.remove(index)).is_some()
            })
    }
}

/// The keywords of a schema that say something, put together.
pub(super) fn facts(document: &Value, schema: &Value) -> Map<String, Value> {
    let mut facts = flat(document, schema);
    facts.retain(|key, value| (structural(key) || key == FROM_PROSE) && !says_nothing(key, value));
    if facts.contains_key("properties") {
        facts.entry("type").or_insert_with(|| json!("object"));
    }
    facts
}
