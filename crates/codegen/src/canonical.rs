//! The form in which documents are written: sorted keys, one space of indentation, a newline at the end.
//!
//! Any crate may enable serde_json's `preserve_order`, so this does not rely on the order of a map.

use serde_json::{Map, Value};

/// Writes a document in its canonical form.
#[must_use]
pub fn write(document: &Value) -> String {
    let mut out = String::new();
    put(document, 0, &mut out);
    out.push('\n');
    out
}

/// Sorts the keys of every object in a value.
#[must_use]
pub fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(map) => Value::Object(
            sorted_keys(map)
                .into_iter()
                .map(|key| (key.clone(), sorted(&map[key])))
                .collect(),
        ),
        Value::Array(items) => Value::Array(items.iter().map(sorted).collect()),
        other => other.clone(),
    }
}

/// The keys of an object in order.
#[must_use]
pub fn sorted_keys(map: &Map<String, Value>) -> Vec<&String> {
    let mut keys: Vec<&String> = map.keys().collect();
    keys.sort();
    keys
}

fn put(value: &Value, depth: usize, out: &mut String) {
    match value {
        Value::Object(map) if !map.is_empty() => {
            out.push('{');
            for (index, key) in sorted_keys(map).into_iter().enumerate() {
                separate(index, depth + 1, out);
                out.push_str(&Value::String(key.clone()).to_string());
                out.push_str(": ");
                put(&map[key], depth + 1, out);
            }
            close('}', depth, out);
        }
        Value::Array(items) if !items.is_empty() => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                separate(index, depth + 1, out);
                put(item, depth + 1, out);
            }
            close(']', depth, out);
        }
        other => out.push_str(&other.to_string()),
    }
}

fn separate(index: usize, depth: usize, out: &mut String) {
    if index > 0 {
        out.push(',');
    }
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', depth));
}

fn close(bracket: char, depth: usize, out: &mut String) {
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', depth));
    out.push(bracket);
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn write_with_keys_in_any_order_gives_the_same_bytes() {
        let one = json!({"b": [1, {"d": null, "c": "é\n"}], "a": {}});
        let two = json!({"a": {}, "b": [1, {"c": "é\n", "d": null}]});
        assert_eq!(write(&one), write(&two));
        assert_eq!(
            write(&one),
            "{\n \"a\": {},\n \"b\": [\n  1,\n  {\n   \"c\": \"é\\n\",\n   \"d\": null\n  }\n ]\n}\n"
        );
    }

    #[test]
    fn sorted_with_nested_objects_sorts_every_level() {
        let value: Value = sorted(&json!({"b": 1, "a": {"d": 1, "c": 2}}));
        assert_eq!(value.to_string(), r#"{"a":{"c":2,"d":1},"b":1}"#);
    }
}
