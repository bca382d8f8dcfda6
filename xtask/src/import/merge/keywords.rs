//! What keywords mean for the merge.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::import::json::{items, set};

/// The extension that marks facts taken from the vendor's prose. Its value is a list of keywords of the object, or `true`
/// for the whole object. The import keeps them as long as the vendor's document does not mention them.
pub(super) const FROM_PROSE: &str = "x-from-prose";

/// Keywords for readers.
const DOCS: [&str; 7] = [
    "description",
    "summary",
    "title",
    "externalDocs",
    "example",
    "examples",
    "xml",
];

/// Whether a keyword has an effect on the wire.
pub(in crate::import) fn is_structural(key: &str) -> bool {
    !DOCS.contains(&key) && !key.starts_with("x-")
}

/// Whether a keyword of ours comes from prose. `mark` is the value of [`FROM_PROSE`] in the same object.
pub(super) fn is_from_prose(mark: Option<&Value>, key: &str) -> bool {
    mark.into_iter().flat_map(items).any(|known| known == key)
}

/// Whether the whole of ours comes from prose.
pub(super) fn is_all_from_prose(ours: &Value) -> bool {
    ours[FROM_PROSE] == true
}

/// Whether a value of ours, which `holder` has under `key`, is kept although the vendor's document lacks it.
pub(super) fn is_kept(ours: &Value, holder: &Value, key: &str) -> bool {
    is_all_from_prose(ours) || is_from_prose(holder.get(FROM_PROSE), key) || is_all_from_prose(holder)
}

/// Whether a keyword has the value that it has by default.
pub(super) fn is_default(key: &str, value: &Value) -> bool {
    match key {
        "nullable" | "deprecated" | "readOnly" | "writeOnly" | "uniqueItems" | "exclusiveMinimum"
        | "exclusiveMaximum" | "allowEmptyValue" | "allowReserved" => *value == json!(false),
        "additionalProperties" => *value == json!(true) || *value == json!({}),
        "minLength" | "minItems" | "minProperties" => value.as_f64() == Some(0.0),
        "required" => value.as_array().is_some_and(Vec::is_empty) || *value == json!(false),
        _ => false,
    }
}

/// Whether two values are equal. 1 and 1.0 are.
pub(super) fn equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one == other || one.as_f64() == other.as_f64(),
        _ => one == other,
    }
}

/// The values of an enumeration. With `nullable`, a null among them has no effect.
pub(super) fn enum_values(schema: &Map<String, Value>) -> BTreeSet<String> {
    let mut values = set(schema.get("enum"));
    if schema.get("nullable") == Some(&json!(true)) && values.len() > 1 {
        values.remove("null");
    }
    values
}
