//! Makes every object component serve one direction: what a server may add to a response must not change a request.
//!
//! A component used in both directions is split; the copy for requests is named `<Component>Request`. Components that
//! no operation uses are removed, among them the bodies of errors.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::places::{self, Way};
use crate::extensions::DIRECTION;
use crate::{Error, Problem, pointer, schema};

pub(super) fn run(document: &mut Value) -> Result<(), Error> {
    let components = document["components"]["schemas"]
        .as_object()
        .cloned()
        .unwrap_or_default();
    let mut problems = Vec::new();
    let mut reached: BTreeMap<Way, BTreeSet<String>> = BTreeMap::new();
    places::each(document, |place| {
        let names = reached.entry(place.way).or_default();
        reach(place.schema, &place.pointer, &components, names, &mut problems);
    });
    let sent = reached.remove(&Way::Request).unwrap_or_default();
    let received = reached.remove(&Way::Response).unwrap_or_default();

    let mut split = BTreeMap::new();
    for name in sent
        .intersection(&received)
        .filter(|name| !schema::is_string_enum(&components[*name]))
    {
        let copy = format!("{name}Request");
        if components.contains_key(&copy) {
            problems.push(Problem::new(
                pointer::join_all("", &["components", "schemas", name]),
                format!("used in requests and in responses, and `{copy}` is taken"),
                "use different components for the two directions",
            ));
        }
        split.insert(name.clone(), copy);
    }
    Error::from_problems(problems)?;

    let mut kept = Map::new();
    for (name, component) in components {
        if schema::is_string_enum(&component) {
            if sent.contains(&name) || received.contains(&name) {
                kept.insert(name, component);
            }
            continue;
        }
        if sent.contains(&name) {
            let mut copy = component.clone();
            redirect(&mut copy, &split);
            drop_properties(&mut copy, "readOnly");
            copy[DIRECTION] = json!(Way::Request.as_str());
            kept.insert(split.get(&name).unwrap_or(&name).clone(), copy);
        }
        if received.contains(&name) {
            let mut component = component;
            drop_properties(&mut component, "writeOnly");
            component[DIRECTION] = json!(Way::Response.as_str());
            kept.insert(name, component);
        }
    }
    document["components"]["schemas"] = Value::Object(kept);
    places::each(document, |place| {
        if place.way == Way::Request {
            redirect(place.schema, &split);
        }
    });
    Ok(())
}

fn reach(
    value: &Value,
    at: &str,
    components: &Map<String, Value>,
    names: &mut BTreeSet<String>,
    problems: &mut Vec<Problem>,
) {
    let mut inner = Vec::new();
    schema::walk(value, at, &mut |at, schema| {
        let Some(target) = schema.get("$ref").and_then(Value::as_str) else {
            return;
        };
        match schema::reference(schema).filter(|name| components.contains_key(*name)) {
            Some(name) => {
                if names.insert(name.to_owned()) {
                    inner.push(name.to_owned());
                }
            }
            None => problems.push(Problem::new(
                at,
                format!("reference `{target}` does not lead to a schema component"),
                "define the component or correct the name",
            )),
        }
    });
    for name in inner {
        let at = pointer::join_all("", &["components", "schemas", &name]);
        reach(&components[&name], &at, components, names, problems);
    }
}

fn redirect(value: &mut Value, split: &BTreeMap<String, String>) {
    schema::walk_mut(value, &mut |schema| {
        if let Some(copy) = schema::reference(schema).and_then(|name| split.get(name)) {
            schema["$ref"] = json!(format!("{}{copy}", schema::COMPONENT));
        }
    });
}

/// Removes the properties that are not used in this direction.
fn drop_properties(component: &mut Value, marker: &str) {
    let Some(properties) = component.get_mut("properties").and_then(Value::as_object_mut) else {
        return;
    };
    let dropped: Vec<Value> = properties
        .iter()
        .filter(|(_, property)| property[marker] == true)
        .map(|(name, _)| json!(name))
        .collect();
    properties.retain(|_, property| property[marker] != true);
    if let Some(required) = component.get_mut("required").and_then(Value::as_array_mut) {
        required.retain(|name| !dropped.contains(name));
    }
}
