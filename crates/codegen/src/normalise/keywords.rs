//! Keeps the keywords that shape a type and drops those that judge a value: a response that breaks a promise should
//! still decode, and what a request may hold is checked by the ergonomic crate. A default or a limit of a request is
//! told in its description instead.

use serde_json::{Value, json};

use super::places::{self, Way};
use super::{DIRECTION, ENUM_DESCRIPTIONS, EPOCH_SECONDS, NULLABLE, READS};
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

/// Formats that have a Rust type of their own; every other format is an ordinary string or number.
const FORMATS: [&str; 8] = [
    "date",
    "date-time",
    "double",
    EPOCH_SECONDS,
    "int32",
    "int64",
    "password",
    "received-secret",
];

/// Tells the defaults and limits of requests in descriptions; comes before anything that drops them.
pub(super) fn tell(document: &mut Value) {
    crate::operations::each_mut(document, |_, _, operation| {
        for parameter in operation["parameters"].as_array_mut().into_iter().flatten() {
            let description = parameter["description"].as_str();
            if let Some(told) = told(&parameter["schema"], description) {
                parameter["description"] = join(description, &told).into();
            }
        }
    });
    for (_, component) in places::components_mut(document).into_iter().flatten() {
        if component[DIRECTION] != Way::Request.as_str() {
            continue;
        }
        for (_, property) in component["properties"].as_object_mut().into_iter().flatten() {
            if let Some(told) = told(property, property["description"].as_str()) {
                add(property, &told);
            }
        }
    }
}

/// Drops every keyword that does not shape a type.
pub(super) fn run(document: &mut Value) {
    crate::operations::each_mut(document, |_, _, operation| {
        for parameter in operation["parameters"].as_array_mut().into_iter().flatten() {
            if let Some(map) = parameter.as_object_mut() {
                map.retain(|key, _| key != "example" && key != "examples");
            }
        }
    });
    places::each(document, |place| clean(place.schema));
    for (_, component) in places::components_mut(document).into_iter().flatten() {
        if component.get(NULLABLE).is_none() {
            clean(component);
        }
    }
}

fn clean(root: &mut Value) {
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
        if map
            .get("format")
            .is_some_and(|format| !format.as_str().is_some_and(|format| FORMATS.contains(&format)))
        {
            map.remove("format");
        }
    });
}

/// What a request's default and limits say, in words, as far as `description` does not say it already.
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
