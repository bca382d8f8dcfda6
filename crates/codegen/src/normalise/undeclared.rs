//! Declares the properties that are required but have no schema: they may be anything. A response may lack them, because
//! the document does not say what they are.

use serde_json::{Value, json};

use super::places::{self, Way};
use crate::extensions::DIRECTION;
use crate::schema;

pub(super) fn run(document: &mut Value) {
    for (_, component) in places::components_mut(document).into_iter().flatten() {
        if schema::is_map(component) || component.get("properties").is_none() {
            continue;
        }
        let received = component[DIRECTION] == Way::Response.as_str();
        let other = Some(&component["additionalProperties"]).filter(|other| other.is_object());
        let other = other.cloned().unwrap_or_else(|| json!({}));
        let Some(required) = component.get_mut("required").and_then(Value::as_array_mut) else {
            continue;
        };
        let names = required.clone();
        let mut undeclared: Vec<Value> = names;
        undeclared.retain(|name| name.as_str().is_some());
        let declared = component["properties"].clone();
        undeclared.retain(|name| declared.get(name.as_str().unwrap_or_default()).is_none());
        for name in undeclared.iter().filter_map(Value::as_str) {
            component["properties"][name] = other.clone();
        }
        if received
            && !undeclared.is_empty()
            && let Some(required) = component["required"].as_array_mut()
        {
            required.retain(|name| !undeclared.contains(name));
        }
    }
}
