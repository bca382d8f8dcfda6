//! Keeps the keywords that define a type and removes those that restrict a value: a response outside the limits should
//! still decode, and the ergonomic crate checks requests. The description of a request's field names its default and
//! limits instead.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::places::{self, Way};
use crate::extensions::{
    DIRECTION, ENUM_DESCRIPTIONS, EPOCH_SECONDS, NULLABLE, OPAQUE, READS, RECEIVED_SECRET_OR_NUMBER, TEXT_OR_NUMBER,
};
use crate::ids::{self, IdType};
use crate::schema;

const KEPT: [&str; 17] = [
    "$ref",
    "additionalProperties",
    "allOf",
    "anyOf",
    "deprecated",
    "description",
    "enum",
    "format",
    "items",
    "nullable",
    "oneOf",
    "properties",
    "required",
    "type",
    DIRECTION,
    ENUM_DESCRIPTIONS,
    READS,
];

/// Formats with their own Rust type; every other format is an ordinary string or number.
pub(super) const FORMATS: [&str; 11] = [
    "date",
    "date-time",
    "double",
    EPOCH_SECONDS,
    "int32",
    "int64",
    OPAQUE,
    "password",
    "received-secret",
    RECEIVED_SECRET_OR_NUMBER,
    TEXT_OR_NUMBER,
];

/// What the documentation says about something that the document marks as deprecated. An attribute would make builds that
/// deny warnings fail with each refresh of a document.
const DEPRECATED: &str = "**Deprecated** by the vendor: avoid it in new programs.";

/// Adds deprecations and the defaults and limits of requests to descriptions; runs before anything that removes them.
pub(super) fn tell(document: &mut Value) {
    crate::operations::each_mut(document, |_, _, operation| {
        if let Some(told) = deprecated(operation) {
            let text = ["description", "summary"]
                .into_iter()
                .find_map(|key| operation[key].as_str());
            operation["description"] = join(text, told).into();
        }
        for parameter in operation["parameters"].as_array_mut().into_iter().flatten() {
            let description = parameter["description"].as_str();
            if let Some(told) = told(&parameter["schema"], description) {
                parameter["description"] = join(description, &told).into();
            }
            if let Some(told) = deprecated(parameter).or_else(|| deprecated(&parameter["schema"])) {
                parameter["description"] = join(parameter["description"].as_str(), told).into();
            }
        }
    });
    for (_, component) in places::components_mut(document).into_iter().flatten() {
        if let Some(told) = deprecated(component) {
            add(component, told);
        }
        let is_sent = component[DIRECTION] == Way::Request.as_str();
        let properties = component.get_mut("properties").and_then(Value::as_object_mut);
        for (_, property) in properties.into_iter().flatten() {
            if let Some(told) = deprecated(property) {
                add(property, told);
            }
            if is_sent && let Some(told) = told(property, property["description"].as_str()) {
                add(property, &told);
            }
        }
    }
}

/// Removes every keyword that does not define a type.
pub(super) fn run(document: &mut Value) {
    crate::operations::each_mut(document, |_, _, operation| {
        for parameter in operation["parameters"].as_array_mut().into_iter().flatten() {
            if let Some(map) = parameter.as_object_mut() {
                map.retain(|key, _| key != "example" && key != "examples");
            }
        }
    });
    let ids = ids::declared(document);
    places::each(document, |place| clean(place.schema, &ids));
    for (_, component) in places::components_mut(document).into_iter().flatten() {
        if component.get(NULLABLE).is_none() {
            clean(component, &ids);
        }
    }
}

fn clean(root: &mut Value, ids: &BTreeMap<String, IdType>) {
    schema::walk_mut(root, &mut |schema| {
        let Some(map) = schema.as_object_mut() else {
            return;
        };
        map.retain(|key, _| KEPT.contains(&key.as_str()));
        let free = map
            .get("additionalProperties")
            .is_some_and(|values| values.is_boolean() || *values == json!({}) && !map.contains_key("properties"));
        if free {
            map.remove("additionalProperties");
        }
        let format = map.get("format").map(|format| format.as_str().unwrap_or_default());
        if format.is_some_and(|format| ids.contains_key(format)) {
            // typify converts a schema that equals the pattern: anything beside the format would keep the id a string.
            map.retain(|key, _| matches!(key.as_str(), "type" | "format" | "description" | "nullable"));
        } else if format.is_some_and(|format| !FORMATS.contains(&format)) {
            map.remove("format");
        }
    });
}

/// What to say about something deprecated, unless its description says so already.
fn deprecated(value: &Value) -> Option<&'static str> {
    let description = value["description"].as_str().unwrap_or_default().to_lowercase();
    (value["deprecated"] == true && !description.contains("deprecated")).then_some(DEPRECATED)
}

/// A request's default and limits in words, unless `description` contains them already.
fn told(schema: &Value, description: Option<&str>) -> Option<String> {
    let description = description.unwrap_or_default();
    let mut said = Vec::new();
    let mut say = |key: &str, before: &str, after: &str| {
        if let Some(value) = schema.get(key) {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            if !description.contains(&value) {
                said.push(format!("{before} `{value}`{after}."));
            }
        }
    };
    say("minimum", "At least", "");
    say("maximum", "At most", "");
    say("multipleOf", "A multiple of", "");
    say("minLength", "At least", " characters");
    say("maxLength", "At most", " characters");
    say("pattern", "Matches", "");
    say("minItems", "At least", " items");
    say("maxItems", "At most", " items");
    say("default", "Default when absent:", "");
    (!said.is_empty()).then(|| said.join(" "))
}

fn add(schema: &mut Value, told: &str) {
    // Beside a bare reference a description would be ignored.
    if schema.get("$ref").is_some() {
        *schema = json!({ "allOf": [schema.take()] });
    }
    let text = join(schema["description"].as_str(), told);
    schema["description"] = text.into();
}

fn join(description: Option<&str>, told: &str) -> String {
    match description.map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) => format!("{text} {told}"),
        None => told.to_owned(),
    }
}
