//! Makes it possible to send an empty list, an empty map or `null` in a request.
//!
//! typify omits an empty `Vec`, an empty map and a `None`. So an optional array or map of a request is made
//! nullable (its type becomes `Option<_>`, where `None` is absence and `Some` is always sent), and an optional scalar
//! whose `null` has a meaning becomes a component of its own, which the generator replaces with `Nullable<_>`.
//! In a response null and absence are the same, and an array or map is empty in both cases.

use serde_json::{Map, Value, json};

use super::places::{self, Way};
use crate::extensions::{DIRECTION, NULLABLE};
use crate::{Error, Problem, ids, names, pointer, schema};

pub(super) fn run(document: &mut Value) -> Result<(), Error> {
    // A parameter is sent or omitted; a query or a path has no null.
    places::each(document, |place| {
        if place.way == Way::Request
            && let Some(map) = place.schema.as_object_mut()
        {
            map.remove("nullable");
        }
    });
    let ids: Vec<String> = ids::declared(document).into_keys().collect();
    let Some(components) = places::components_mut(document) else {
        return Ok(());
    };
    let mut hoisted = Map::new();
    let mut problems = Vec::new();
    for name in places::sorted(components) {
        let at = pointer::join_all("", &["components", "schemas", &name]);
        let component = &mut components[&name];
        match component[DIRECTION].as_str() {
            Some("request") => request(component, &at, &ids, &mut hoisted, &mut problems),
            Some("response") => response(component),
            _ => {}
        }
    }
    for (name, component) in hoisted {
        if components.contains_key(&name) {
            problems.push(Problem::new(
                pointer::join_all("", &["components", "schemas", &name]),
                format!("the name `{name}` is needed for a value that may be null"),
                "give the component another name",
            ));
        }
        components.insert(name, component);
    }
    Error::from_problems(problems)
}

fn request(
    component: &mut Value,
    at: &str,
    ids: &[String],
    hoisted: &mut Map<String, Value>,
    problems: &mut Vec<Problem>,
) {
    let required = required(component);
    let Some(properties) = component.get_mut("properties").and_then(Value::as_object_mut) else {
        return;
    };
    for name in places::sorted(properties) {
        let property = &mut properties[&name];
        if required.contains(&name) {
            continue;
        }
        if schema::is_array(property) || schema::is_map(property) {
            property["nullable"] = json!(true);
        } else if property["nullable"] == true && is_any(property) {
            // Any value may be null already.
            if let Some(property) = property.as_object_mut() {
                property.remove("nullable");
            }
        } else if property["nullable"] == true {
            let at = pointer::join_all(at, &["properties", &name]);
            match hoist(property, ids, hoisted) {
                Ok(reference) => *property = reference,
                Err(message) => problems.push(Problem::new(
                    at,
                    message,
                    "make it a scalar, an enumeration or a component, or remove `nullable` in the overlay",
                )),
            }
        }
    }
}

/// Whether a schema allows any value.
fn is_any(schema: &Value) -> bool {
    ["$ref", "allOf", "oneOf", "type"]
        .iter()
        .all(|key| schema.get(key).is_none())
}

/// Turns an optional nullable value into a reference to a component that means "this, or null".
fn hoist(property: &Value, ids: &[String], hoisted: &mut Map<String, Value>) -> Result<Value, String> {
    let (name, inner) = match schema::described_reference(property) {
        Some(name) => (
            name.to_owned(),
            json!({ "$ref": format!("{}{name}", schema::COMPONENT) }),
        ),
        None => {
            let Some(kind @ ("string" | "boolean" | "integer" | "number")) = property["type"].as_str() else {
                return Err("the property is optional and nullable, but not of a simple type".to_owned());
            };
            let mut inner = json!({ "type": kind });
            if let Some(format) = property.get("format") {
                inner["format"] = format.clone();
            }
            let name = match property["format"].as_str() {
                Some(format) if ids.iter().any(|id| id == format) => names::pascal(format),
                Some(format @ ("date" | "date-time" | "password" | "int32")) => {
                    names::pascal(&format!("{kind}-{format}"))
                }
                _ => names::pascal(kind),
            };
            (name, inner)
        }
    };
    let name = format!("Nullable{name}");
    hoisted.insert(name.clone(), json!({ NULLABLE: inner, "type": "string" }));
    let reference = json!({ "$ref": format!("{}{name}", schema::COMPONENT) });
    Ok(match property.get("description") {
        Some(description) => json!({ "allOf": [reference], "description": description }),
        None => reference,
    })
}

fn response(component: &mut Value) {
    let Some(properties) = component.get_mut("properties").and_then(Value::as_object_mut) else {
        return;
    };
    let mut nullable = Vec::new();
    for (name, property) in properties.iter_mut() {
        if property["nullable"] == true {
            nullable.push(name.clone());
        }
        if (schema::is_array(property) || schema::is_map(property))
            && let Some(map) = property.as_object_mut()
        {
            map.remove("nullable");
        }
    }
    // A property that may be null may also be missing, whatever the document says.
    if let Some(required) = component.get_mut("required").and_then(Value::as_array_mut) {
        required.retain(|name| {
            !name
                .as_str()
                .is_some_and(|name| nullable.iter().any(|other| other == name))
        });
    }
}

fn required(component: &Value) -> Vec<String> {
    component["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect()
}
