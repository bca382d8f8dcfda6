//! Visits the schemas that a schema contains.

use serde_json::Value;

use crate::{canonical, pointer};

/// The start of every reference to a schema component.
pub(crate) const COMPONENT: &str = "#/components/schemas/";

/// The name of the component that a schema refers to, if it is only a reference.
pub(crate) fn reference(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()?.strip_prefix(COMPONENT)
}

/// The name of the component that a schema refers to, directly or as the only member of `allOf` (the form in which
/// OpenAPI 3.0 allows a description beside a reference).
pub(crate) fn described_reference(schema: &Value) -> Option<&str> {
    reference(schema).or_else(|| match schema.get("allOf")?.as_array()?.as_slice() {
        [only] if schema.get("properties").is_none() && schema.get("required").is_none() => reference(only),
        _ => None,
    })
}

#[cfg(feature = "authoring")]
/// The component that a schema refers to, following chains, or the schema itself.
pub(crate) fn resolved<'a>(schema: &'a Value, components: &'a Value) -> &'a Value {
    let mut found = schema;
    for _ in 0..8 {
        match described_reference(found).and_then(|name| components.get(name)) {
            Some(target) => found = target,
            None => break,
        }
    }
    found
}

#[cfg(feature = "authoring")]
/// Whether a schema is an array.
pub(crate) fn is_array(schema: &Value) -> bool {
    schema["type"] == "array"
}

#[cfg(feature = "authoring")]
/// Whether a schema is a map: an object without declared properties.
pub(crate) fn is_map(schema: &Value) -> bool {
    schema["type"] == "object" && schema["properties"].as_object().is_none_or(serde_json::Map::is_empty)
}

/// Whether a schema is an enumeration of strings.
pub(crate) fn is_string_enum(schema: &Value) -> bool {
    schema["enum"].is_array() && schema["type"].as_str().is_none_or(|kind| kind == "string")
}

#[cfg(feature = "authoring")]
/// Visits a schema and every schema inside it, the inner ones first.
pub(crate) fn walk_mut(schema: &mut Value, visit: &mut impl FnMut(&mut Value)) {
    if !schema.is_object() {
        return;
    }
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        for (_, property) in properties.iter_mut() {
            walk_mut(property, visit);
        }
    }
    for key in ["items", "additionalProperties", "not"] {
        if let Some(inner) = schema.get_mut(key) {
            walk_mut(inner, visit);
        }
    }
    for key in ["allOf", "anyOf", "oneOf"] {
        if let Some(members) = schema.get_mut(key).and_then(Value::as_array_mut) {
            for member in members {
                walk_mut(member, visit);
            }
        }
    }
    visit(schema);
}

/// Visits a schema and every schema inside it with their pointers, the outer ones first.
pub(crate) fn walk<'a>(schema: &'a Value, at: &str, visit: &mut impl FnMut(&str, &'a Value)) {
    let Some(map) = schema.as_object() else {
        return;
    };
    visit(at, schema);
    if let Some(properties) = map.get("properties").and_then(Value::as_object) {
        let at = pointer::join(at, "properties");
        for name in canonical::sorted_keys(properties) {
            walk(&properties[name], &pointer::join(&at, name), visit);
        }
    }
    for key in ["items", "additionalProperties", "not"] {
        if let Some(inner) = map.get(key) {
            walk(inner, &pointer::join(at, key), visit);
        }
    }
    for key in ["allOf", "anyOf", "oneOf"] {
        if let Some(members) = map.get(key).and_then(Value::as_array) {
            for (index, member) in members.iter().enumerate() {
                let at = pointer::join_all(at, &[key, &index.to_string()]);
                walk(member, &at, visit);
            }
        }
    }
}
