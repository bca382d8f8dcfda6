//! Flattens `allOf` into one object, except where it only gives a reference a description.

use serde_json::{Map, Value};

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
            match alternatives::object(&member, components, true, 0) {
                Some(object) => member = object,
                None => problems.push(Problem::new(
                    at,
                    "allOf over alternatives that are not objects cannot be flattened",
                    "write it as one object in the overlay",
                )),
            }
        }
        // The description of a part does not describe the whole.
        absorb(&mut merged, member, false);
    }
    let own = std::mem::take(own);
    absorb(&mut merged, Value::Object(own), true);
    if merged.contains_key("properties") {
        merged.insert("type".to_owned(), Value::String("object".to_owned()));
    }
    *value = Value::Object(merged);
}

fn absorb(merged: &mut Map<String, Value>, part: Value, with_description: bool) {
    let Value::Object(part) = part else { return };
    for (key, value) in part {
        match (key.as_str(), merged.get_mut(&key), value) {
            ("description", _, _) if !with_description => {}
            ("properties", Some(Value::Object(known)), Value::Object(more)) => known.extend(more),
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
