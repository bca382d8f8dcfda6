//! Alternatives. Objects of which exactly one is valid, and each of which requires a property that no other has, stay
//! alternatives and become an enumeration. Other objects become one object with the properties of all, so that no value of
//! any of them is lost. Scalars of one type become that type. Everything else is kept as JSON.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::places;
use crate::extensions::EPOCH_SECONDS;
use crate::{Error, Problem, names, schema};

/// The keywords that list alternatives.
const KEYWORDS: [&str; 2] = ["oneOf", "anyOf"];

pub(super) fn run(document: &mut Value) -> Result<(), Error> {
    let components = document["components"]["schemas"].clone();
    let mut problems = Vec::new();
    places::each_root(document, |at, root| {
        schema::walk_mut(root, &mut |schema| {
            if let Err(message) = settle(schema, &components) {
                problems.push(Problem::new(
                    at,
                    message,
                    "write the alternatives as one object, or remove all but one, in the overlay",
                ));
            }
        });
    });
    Error::from_problems(problems)
}

fn settle(schema: &mut Value, components: &Value) -> Result<(), String> {
    let Some(keyword) = KEYWORDS.into_iter().find(|keyword| schema[keyword].is_array()) else {
        return Ok(());
    };
    let mut members = schema[keyword].as_array().cloned().unwrap_or_default();
    let nulls = members.len();
    members.retain(|member| !is_null(member));
    if members.len() < nulls {
        schema["nullable"] = json!(true);
        schema[keyword] = json!(members);
    }
    let alone = ["properties", "additionalProperties", "allOf", "required", "items"]
        .iter()
        .all(|key| schema.get(key).is_none())
        && KEYWORDS.iter().filter(|keyword| schema.get(keyword).is_some()).count() == 1;
    members.dedup();
    let mut new = match members.as_slice() {
        [] if alone => json!({}),
        [only] if alone && only.get("$ref").is_some() => json!({ "allOf": [only] }),
        [only] if alone => only.clone(),
        several if alone && keyword == "oneOf" && told_apart(several, components) => return Ok(()),
        several => match object(schema, components, false) {
            Some(object) => object,
            None => match alone.then(|| scalar(several, components)).flatten() {
                Some(scalar) => scalar,
                None if has_secret(schema, components) => {
                    return Err("alternatives of different kinds contain a secret, which would be shown".to_owned());
                }
                None => raw(),
            },
        },
    };
    for key in [
        "description",
        "nullable",
        "default",
        "deprecated",
        "readOnly",
        "writeOnly",
    ] {
        if let Some(own) = schema.get(key) {
            if key == "description" && new[RAW] == true {
                continue;
            }
            new[key] = own.clone();
        }
    }
    if let Some(map) = new.as_object_mut()
        && map.remove(RAW).is_some()
    {
        let own = schema["description"]
            .as_str()
            .map(str::trim)
            .filter(|text| !text.is_empty());
        let text = own.map_or_else(|| KEPT.to_owned(), |own| format!("{own} {KEPT}"));
        map.insert("description".to_owned(), json!(text));
    }
    *schema = new;
    Ok(())
}

/// Marks a value that is kept as JSON, until it has its description.
const RAW: &str = "x-raw";
/// What the description says about such a value.
const KEPT: &str = "It has one of several forms, and is kept as JSON.";

fn raw() -> Value {
    json!({ RAW: true })
}

fn is_null(member: &Value) -> bool {
    let only_null = member["enum"]
        .as_array()
        .is_some_and(|values| values.iter().all(Value::is_null) && !values.is_empty());
    let says_nothing_else = member.as_object().is_some_and(|map| {
        map.keys()
            .all(|key| matches!(key.as_str(), "nullable" | "description" | "title"))
    });
    only_null || member["nullable"] == true && says_nothing_else
}

/// Whether each of several objects requires a property that no other has.
fn told_apart(members: &[Value], components: &Value) -> bool {
    let is_object = |member: &Value| {
        let target = schema::resolved(member, components);
        target["properties"].is_object() && KEYWORDS.iter().chain(&["allOf"]).all(|key| target.get(key).is_none())
    };
    members.iter().all(is_object) && (0..members.len()).all(|index| own_property(members, index, components).is_some())
}

/// The first property that one of several objects requires and no other has. A response may lack a time or a property that
/// may be null, so such a property tells nothing apart.
pub(super) fn own_property(members: &[Value], index: usize, components: &Value) -> Option<String> {
    let objects: Vec<&Value> = members
        .iter()
        .map(|member| schema::resolved(member, components))
        .collect();
    let own = objects.get(index)?;
    let required = own["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str);
    let mut candidates = required.filter(|name| {
        let property = schema::resolved(&own["properties"][*name], components);
        let may_be_missing = ["nullable", "readOnly", "writeOnly"]
            .iter()
            .any(|key| property[key] == true)
            || property["format"] == "date-time"
            || property["format"] == EPOCH_SECONDS;
        let mut others = objects.iter().enumerate().filter(|(other, _)| *other != index);
        property.is_object() && !may_be_missing && others.all(|(_, other)| other["properties"].get(name).is_none())
    });
    candidates.next().map(str::to_owned)
}

/// One object that can contain every value of a schema; `None` if a value may be something else than an object, or if the
/// schema contains itself.
pub(super) fn object(schema: &Value, components: &Value, inside: bool) -> Option<Value> {
    object_below(&[], schema, components, inside)
}

/// The same for a part of the schemas `above`.
fn object_below(above: &[&Value], schema: &Value, components: &Value, inside: bool) -> Option<Value> {
    let schema = schema::resolved(schema, components);
    if above.iter().any(|known| std::ptr::eq(*known, schema)) {
        return None;
    }
    let above = &[above, &[schema]].concat();
    let known = schema["type"] == "object" || schema["properties"].is_object();
    let has_parts = KEYWORDS.iter().chain(&["allOf"]).any(|key| schema[key].is_array());
    let says_only_required = inside && schema.get("type").is_none() && schema.get("enum").is_none();
    if !(known || has_parts || says_only_required) {
        return None;
    }
    let mut whole = json!({ "type": "object" });
    for key in ["properties", "required", "additionalProperties", "description"] {
        if let Some(own) = schema.get(key) {
            whole[key] = own.clone();
        }
    }
    // A map may have any key.
    if known && whole.get("properties").is_none() && schema["additionalProperties"] != false && !has_parts {
        whole["additionalProperties"] = open(&schema["additionalProperties"]);
    }
    for part in schema["allOf"].as_array().into_iter().flatten() {
        let part = object_below(above, part, components, inside || known)?;
        whole = combine(whole, part, true, components);
    }
    for keyword in KEYWORDS {
        let mut merged: Option<Value> = None;
        for member in schema[keyword].as_array().into_iter().flatten() {
            let member = object_below(above, member, components, inside || known)?;
            merged = Some(match merged {
                Some(merged) => combine(merged, member, false, components),
                None => member,
            });
        }
        if let Some(merged) = merged {
            whole = combine(whole, merged, true, components);
        }
    }
    Some(whole)
}

fn open(values: &Value) -> Value {
    if values.is_object() { values.clone() } else { json!({}) }
}

/// Puts two objects together: both are valid (`both`), or one of them.
fn combine(mut one: Value, other: Value, both: bool, components: &Value) -> Value {
    let properties = |object: &Value| object["properties"].as_object().cloned().unwrap_or_default();
    let mut all = properties(&one);
    for (name, property) in properties(&other) {
        let new = match all.get(&name) {
            Some(known) => either(known, &property, components),
            None => property,
        };
        all.insert(name, new);
    }
    let names = |object: &Value| object["required"].as_array().cloned().unwrap_or_default();
    let (mut required, more) = (names(&one), names(&other));
    if both {
        required.extend(more);
        required.sort_by_key(ToString::to_string);
        required.dedup();
    } else {
        required.retain(|name| more.contains(name));
    }
    let extra = match (
        one["additionalProperties"].clone(),
        other["additionalProperties"].clone(),
    ) {
        (a, b) if a == b => a,
        (a, b) if a.is_object() && !b.is_object() => a,
        (a, b) if b.is_object() && !a.is_object() => b,
        _ => json!({}),
    };
    if let Some(map) = one.as_object_mut() {
        map.remove("required");
        map.remove("additionalProperties");
    }
    if !all.is_empty() {
        one["properties"] = Value::Object(all);
    }
    if !required.is_empty() {
        one["required"] = json!(required);
    }
    if extra.is_object() {
        one["additionalProperties"] = extra;
    }
    one
}

/// The schema of a property that has two: what both say, or any value.
fn either(one: &Value, other: &Value, components: &Value) -> Value {
    if shape(one) == shape(other) {
        let nullable = one["nullable"] == true || other["nullable"] == true;
        let mut same = one.clone();
        if nullable {
            same["nullable"] = json!(true);
        }
        return same;
    }
    let mut new = scalar(&[one.clone(), other.clone()], components).unwrap_or_else(|| json!({}));
    let nullable = [one, other].iter().any(|schema| schema["nullable"] == true);
    if nullable && new.get("type").is_some() {
        new["nullable"] = json!(true);
    }
    if let Some(text) = one.get("description").or_else(|| other.get("description")) {
        new["description"] = text.clone();
    }
    if new.get("type").is_none() && [one, other].iter().any(|schema| has_secret(schema, components)) {
        // Only a secret itself stays one; the caller cannot tell which of the two arrives.
        return json!({ "type": "string", "format": "password" });
    }
    new
}

/// A schema without what does not change its type.
fn shape(schema: &Value) -> Value {
    const TEXTS: [&str; 8] = [
        "description",
        "title",
        "example",
        "examples",
        "nullable",
        "deprecated",
        "default",
        "externalDocs",
    ];
    let mut shape = schema.clone();
    crate::schema::walk_mut(&mut shape, &mut |schema| {
        if let Some(map) = schema.as_object_mut() {
            map.retain(|key, _| {
                !TEXTS.contains(&key.as_str()) && !key.starts_with("max") && !key.starts_with("min") && key != "pattern"
            });
        }
    });
    shape
}

/// The one scalar type of several schemas. Two enumerations are one with the values of both.
fn scalar(members: &[Value], components: &Value) -> Option<Value> {
    let members: Vec<&Value> = members
        .iter()
        .map(|member| schema::resolved(member, components))
        .collect();
    let is_text = |member: &Value| schema::is_string_enum(member);
    let kind = |member: &Value| {
        member["type"]
            .as_str()
            .or(is_text(member).then_some("string"))
            .map(str::to_owned)
    };
    let first = kind(members.first()?)?;
    let is_scalar = matches!(first.as_str(), "string" | "integer" | "number" | "boolean");
    if !is_scalar || members.iter().any(|member| kind(member).as_ref() != Some(&first)) {
        return None;
    }
    let mut new = json!({ "type": first });
    let format = &members[0]["format"];
    if members.iter().any(|member| member["format"] == "password") {
        new["format"] = json!("password");
    } else if format.is_string() && members.iter().all(|member| member["format"] == *format) {
        new["format"] = format.clone();
    }
    if members.iter().all(|member| is_text(member)) {
        let mut values: Vec<Value> = members
            .iter()
            .flat_map(|member| member["enum"].as_array().cloned().unwrap_or_default())
            .collect();
        values.sort_by_key(ToString::to_string);
        values.dedup();
        new["enum"] = json!(values);
    }
    if members.iter().any(|member| member["nullable"] == true) {
        new["nullable"] = json!(true);
    }
    Some(new)
}

/// Whether a value may contain a secret.
fn has_secret(schema: &Value, components: &Value) -> bool {
    fn search<'a>(schema: &'a Value, components: &'a Value, seen: &mut BTreeSet<&'a str>) -> bool {
        let mut found = false;
        crate::schema::walk(schema, "", &mut |_, schema| {
            found = found || schema["format"] == "password";
            if let Some(name) = crate::schema::reference(schema)
                && let Some(target) = components.get(name)
                && !found
                && seen.insert(name)
            {
                found = search(target, components, seen);
            }
        });
        found
    }
    search(schema, components, &mut BTreeSet::new())
}

/// The name of an alternative without a name: that of the whole, and of the property that tells it apart.
pub(super) fn name(owner: &str, own: &str) -> String {
    format!("{owner}{}", names::pascal(own))
}

/// The alternatives of a schema.
pub(super) fn members(schema: &Value) -> Vec<Value> {
    schema["oneOf"].as_array().cloned().unwrap_or_default()
}
