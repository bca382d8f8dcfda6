//! Inlines components that only rename a scalar, an array or a map: typify would make newtypes of them, which users
//! would have to unwrap.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::places;
use crate::{Error, Problem, pointer, schema};

pub(super) fn run(document: &mut Value) -> Result<(), Error> {
    let Some(components) = places::components_mut(document) else {
        return Ok(());
    };
    let aliases: Map<String, Value> = components
        .iter()
        .filter(|(_, component)| is_alias(component))
        .map(|(name, component)| (name.clone(), component.clone()))
        .collect();
    components.retain(|name, _| !aliases.contains_key(name));
    let mut used = BTreeSet::new();
    places::each_root(document, |_, root| used.append(&mut within(root, &aliases)));
    let in_circles = used
        .iter()
        .filter(|name| within(&aliases[*name], &aliases).contains(*name));
    Error::from_problems(in_circles.map(|name| circle(name)).collect())?;
    places::each_root(document, |_, root| {
        // An inlined alias may contain other aliases: repeat.
        let mut found = true;
        while found {
            found = false;
            schema::walk_mut(root, &mut |schema| found |= write_out(schema, &aliases));
        }
    });
    Ok(())
}

fn circle(name: &str) -> Problem {
    Problem::new(
        pointer::join_all("", &["components", "schemas", name]),
        "a component that is not an object refers to itself",
        "make one of the components in the circle an object",
    )
}

/// The aliases that a schema contains, those in aliases included.
fn within(schema: &Value, aliases: &Map<String, Value>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open = vec![schema];
    while let Some(schema) = open.pop() {
        schema::walk(schema, "", &mut |_, part| {
            if let Some(name) = schema::reference(part)
                && let Some(alias) = aliases.get(name)
                && found.insert(name.to_owned())
            {
                open.push(alias);
            }
        });
    }
    found
}

/// An object with properties and an enumeration of strings keep their names; everything else is inlined.
fn is_alias(component: &Value) -> bool {
    let object = component["type"] == "object" || component.get("properties").is_some();
    let alternatives = component.get("oneOf").is_some() || component.get("anyOf").is_some();
    !(schema::is_string_enum(component) || alternatives || object && !schema::is_map(component))
}

fn write_out(value: &mut Value, aliases: &Map<String, Value>) -> bool {
    let Some(alias) = schema::described_reference(value).and_then(|name| aliases.get(name)) else {
        return false;
    };
    let mut alias = alias.clone();
    for key in ["description", "nullable", "deprecated", "default"] {
        if let Some(own) = value.get(key) {
            alias[key] = own.clone();
        }
    }
    *value = alias;
    true
}
