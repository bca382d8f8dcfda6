//! Gives every enumeration of strings a name, so that all its uses have the same open type.

use serde_json::{Map, Value, json};

use super::places;
use crate::extensions::ENUM_DESCRIPTIONS;
use crate::{Error, Problem, names, pointer, schema};

pub(super) fn run(document: &mut Value) -> Result<(), Error> {
    let mut taken = document["components"]["schemas"]
        .as_object()
        .cloned()
        .unwrap_or_default();
    let before: Vec<String> = places::sorted(&taken);
    let mut problems = Vec::new();
    places::each(document, |place| {
        let operation = names::pascal(place.operation);
        let at = place.pointer;
        match place.parameter {
            Some(parameter) => {
                let short = names::pascal(parameter);
                let long = format!("{operation}{short}");
                slot(place.schema, &[short, long], &at, &mut taken, &mut problems);
            }
            None => slot(place.schema, &[operation], &at, &mut taken, &mut problems),
        }
    });
    for name in before {
        let at = pointer::join_all("", &["components", "schemas", &name]);
        let mut component = taken.remove(&name).unwrap_or_default();
        inside(&mut component, &name, &at, &mut taken, &mut problems);
        if schema::is_string_enum(&component) {
            tidy(&mut component);
        }
        taken.insert(name, component);
    }
    document["components"]["schemas"] = Value::Object(taken);
    Error::from_problems(problems)
}

type Taken = Map<String, Value>;

/// Makes the enumeration in a slot, if there is one, a component with the first of `candidates` that is free.
fn slot(value: &mut Value, candidates: &[String], at: &str, taken: &mut Taken, problems: &mut Vec<Problem>) {
    if let Some(items) = value.get_mut("items") {
        let singular: Vec<String> = candidates
            .iter()
            .map(|name| name.strip_suffix('s').unwrap_or(name).to_owned())
            .collect();
        slot(items, &singular, &pointer::join(at, "items"), taken, problems);
    }
    if let Some(values) = value.get_mut("additionalProperties") {
        slot(
            values,
            candidates,
            &pointer::join(at, "additionalProperties"),
            taken,
            problems,
        );
    }
    if !schema::is_string_enum(value) {
        return;
    }
    let mut component = value.clone();
    let about_the_slot: Vec<(String, Value)> = ["description", "nullable", "default", "deprecated"]
        .into_iter()
        .filter_map(|key| Some((key.to_owned(), component.as_object_mut()?.remove(key)?)))
        .collect();
    let null = json!(null);
    let nullable = component["enum"]
        .as_array()
        .is_some_and(|values| values.contains(&null));
    tidy(&mut component);
    let free = candidates
        .iter()
        .find(|name| taken.get(*name).is_none_or(|known| known["enum"] == component["enum"]));
    let Some(name) = free else {
        problems.push(Problem::new(
            at,
            format!(
                "an inline enumeration would be named `{}`, which is taken",
                candidates.join("` or `")
            ),
            "make it a component with a name of its own",
        ));
        return;
    };
    taken.entry(name.clone()).or_insert(component);
    let reference = json!({ "$ref": format!("{}{name}", schema::COMPONENT) });
    *value = if about_the_slot.is_empty() && !nullable {
        reference
    } else {
        let mut described = json!({ "allOf": [reference] });
        for (key, about) in about_the_slot {
            described[key] = about;
        }
        if nullable {
            described["nullable"] = json!(true);
        }
        described
    };
}

fn inside(component: &mut Value, owner: &str, at: &str, taken: &mut Taken, problems: &mut Vec<Problem>) {
    let Some(properties) = component.get_mut("properties").and_then(Value::as_object_mut) else {
        return;
    };
    let stem = ["Request", "Response"]
        .into_iter()
        .find_map(|suffix| owner.strip_suffix(suffix))
        .unwrap_or(owner);
    for property in places::sorted(properties) {
        let at = pointer::join_all(at, &["properties", &property]);
        let short = format!("{stem}{}", names::pascal(&property));
        let long = format!("{owner}{}", names::pascal(&property));
        slot(&mut properties[&property], &[short, long], &at, taken, problems);
    }
}

/// Keeps what describes the enumeration itself: its values, without null, and what they mean.
fn tidy(component: &mut Value) {
    let Some(map) = component.as_object_mut() else {
        return;
    };
    map.retain(|key, _| matches!(key.as_str(), "enum" | "description" | ENUM_DESCRIPTIONS));
    map.insert("type".to_owned(), json!("string"));
    if let Some(values) = map.get_mut("enum").and_then(Value::as_array_mut) {
        values.retain(|value| !value.is_null());
    }
}
