//! Enumerations of anything but strings become their plain type, with the values in the description: a number keeps every
//! value that a server may add.

use serde_json::{Value, json};

use super::places;
use crate::schema;

pub(super) fn run(document: &mut Value) {
    places::each_root(document, |_, root| schema::walk_mut(root, &mut open));
}

fn open(schema: &mut Value) {
    let Some(values) = schema.get("enum").and_then(Value::as_array).cloned() else {
        return;
    };
    let all = |is: fn(&Value) -> bool| values.iter().filter(|value| !value.is_null()).all(is);
    let kind = schema["type"].as_str();
    let has_text = values.iter().any(Value::is_string);
    if has_text && all(Value::is_string) && kind.is_none_or(|kind| kind == "string") {
        return;
    }
    let kind = match kind {
        Some(kind) => Some(kind),
        None if all(|value| value.is_i64() || value.is_u64()) => Some("integer"),
        None if all(Value::is_number) => Some("number"),
        None if all(Value::is_boolean) => Some("boolean"),
        None => None,
    };
    // An enumeration of null alone has no type: it stays any value.
    let kind = kind.filter(|_| schema.get("type").is_some() || values.iter().any(|value| !value.is_null()));
    if let Some(kind) = kind.map(str::to_owned) {
        schema["type"] = json!(kind);
    }
    let list: Vec<String> = values
        .iter()
        .filter(|value| !value.is_null())
        .map(|value| format!("`{value}`"))
        .collect();
    if let Some(map) = schema.as_object_mut() {
        map.remove("enum");
        if values.iter().any(Value::is_null) {
            map.insert("nullable".to_owned(), json!(true));
        }
    }
    let told = match list.as_slice() {
        [] => return,
        [only] => format!("Always {only}."),
        several => format!("One of {}.", several.join(", ")),
    };
    let description = schema["description"]
        .as_str()
        .map(str::trim)
        .filter(|text| !text.is_empty());
    schema["description"] = json!(description.map_or_else(|| told.clone(), |text| format!("{text} {told}")));
}
