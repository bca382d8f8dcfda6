//! Flattens `allOf` into one object, except where it only gives a reference a description.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{alternatives, places};
use crate::{Error, Problem, schema};

pub(super) fn run(document: &mut Value) -> Result<(), Error> {
    let components = document["components"]["schemas"].clone();
    let mut problems = Vec::new();
    places::each_root(document, |at, root| {
        schema::walk_mut(root, &mut |schema| {
            flatten(schema, &components, at, 0, &mut problems);
        });
    });
    Error::from_problems(problems)
}

fn flatten(value: &mut Value, components: &Value, at: &str, depth: usize, problems: &mut Vec<Problem>) {
    if value.get("allOf").is_none() || schema::described_reference(value).is_some() {
        return;
    }
    if depth > 16 {
        problems.push(Problem::new(
            at,
            "allOf includes itself",
            "move what both share to a component of its own",
        ));
        return;
    }
    let Some(own) = value.as_object_mut() else {
        return;
    };
    let Some(Value::Array(members)) = own.remove("allOf") else {
        return;
    };
    let mut merged = Map::new();
    // The properties that several parts declare.
    let mut shared = BTreeSet::new();
    for mut member in members {
        if let Some(name) = schema::reference(&member) {
            let Some(target) = components.get(name) else {
                problems.push(Problem::new(
                    at,
                    format!("reference to the component `{name}`, which does not exist"),
                    "define the component or correct the name",
                ));
                continue;
            };
            member = target.clone();
        }
        flatten(&mut member, components, at, depth + 1, problems);
        if member.get("oneOf").is_some() || member.get("anyOf").is_some() {
            match alternatives::object(&member, components, true) {
                Some(object) => member = object,
                None => problems.push(Problem::new(
                    at,
                    "allOf over alternatives that are not objects cannot be flattened",
                    "write it as one object in the overlay",
                )),
            }
        }
        // The description of a part does not describe the whole.
        absorb(&mut merged, member, false, &mut shared);
    }
    let own = std::mem::take(own);
    absorb(&mut merged, Value::Object(own), true, &mut shared);
    for name in shared {
        if let Some(property) = merged.get_mut("properties").and_then(|all| all.get_mut(&name)) {
            flatten(property, components, at, depth + 1, problems);
        }
    }
    if merged.contains_key("properties") {
        merged.insert("type".to_owned(), Value::String("object".to_owned()));
    }
    *value = Value::Object(merged);
}

/// Adds a part to the whole, and the names of the properties that are in both to `shared`.
fn absorb(merged: &mut Map<String, Value>, part: Value, with_description: bool, shared: &mut BTreeSet<String>) {
    let Value::Object(part) = part else { return };
    for (key, value) in part {
        match (key.as_str(), merged.get_mut(&key), value) {
            ("description", _, _) if !with_description => {}
            ("properties", Some(Value::Object(known)), Value::Object(more)) => {
                for (name, property) in more {
                    let property = match known.remove(&name) {
                        Some(known) => {
                            shared.insert(name.clone());
                            property_of_both(known, property)
                        }
                        None => property,
                    };
                    known.insert(name, property);
                }
            }
            ("required", Some(Value::Array(known)), Value::Array(more)) => {
                known.extend(more);
                known.sort_by_key(ToString::to_string);
                known.dedup();
            }
            (_, _, value) => {
                merged.insert(key, value);
            }
        }
    }
}

/// Keywords that say nothing of the values.
const TEXTS: [&str; 6] = [
    "description",
    "title",
    "example",
    "examples",
    "externalDocs",
    "deprecated",
];

/// A property that two parts declare: its values are valid for both of them.
fn property_of_both(known: Value, more: Value) -> Value {
    let says = |schema: &Value| {
        let mut keys = schema.as_object().into_iter().flat_map(Map::keys);
        keys.any(|key| !TEXTS.contains(&key.as_str()))
    };
    let texts: Vec<(&str, Value)> = TEXTS
        .iter()
        .filter_map(|key| Some((*key, more.get(key).or_else(|| known.get(key))?.clone())))
        .collect();
    let mut whole = match (says(&known), says(&more)) {
        _ if known == more => known,
        (_, false) => known,
        (false, true) => more,
        (true, true) => return with(texts, json!({ "allOf": [known, more] })),
    };
    if whole.get("$ref").is_some() && !texts.is_empty() {
        whole = json!({ "allOf": [whole] });
    }
    with(texts, whole)
}

fn with(texts: Vec<(&str, Value)>, mut schema: Value) -> Value {
    for (key, value) in texts {
        schema[key] = value;
    }
    schema
}
