//! Another order of a document that means the same.

use serde_json::Value;

/// Reverses every list whose order has no meaning, and rebuilds every map.
pub(crate) fn reordered(value: &Value, key: &str) -> Value {
    let unordered = [
        "parameters",
        "required",
        "enum",
        "tags",
        "allOf",
        "oneOf",
        "anyOf",
        "security",
        "servers",
    ];
    match value {
        Value::Array(items) => {
            let mut items: Vec<Value> = items.iter().map(|item| reordered(item, "")).collect();
            if unordered.contains(&key) {
                items.reverse();
            }
            Value::Array(items)
        }
        Value::Object(map) => map
            .iter()
            .rev()
            .map(|(key, value)| (key.clone(), reordered(value, key)))
            .collect(),
        other => other.clone(),
    }
}
