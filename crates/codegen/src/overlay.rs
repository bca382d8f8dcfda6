//! Applies an OpenAPI Overlay 1.0: every deliberate deviation from the faithful document, each with its reason.
//!
//! Stricter than the specification where that catches mistakes: an action whose target matches nothing is an error,
//! and so are an action without a reason and one that both updates and removes.

use serde_json::Value;
use serde_json_path::JsonPath;

use crate::document::Document;
use crate::{Error, Problem, pointer};

/// Applies the actions of `overlay` in their order and returns the document they make.
///
/// # Errors
/// The actions that cannot be applied, each with the overlay's file and line, its pointer, its target and a remedy.
pub fn apply(document: &Value, overlay: &Document) -> Result<Value, Error> {
    let mut result = document.clone();
    let mut problems = Vec::new();
    check(overlay.value(), &mut problems);
    for (index, action) in overlay.value()["actions"].as_array().into_iter().flatten().enumerate() {
        let at = pointer::join_all("", &["actions", &index.to_string()]);
        problems.extend(perform(action, &at, &mut result).err());
    }
    Error::from_problems(problems).map_err(|error| overlay.locate(error))?;
    Ok(result)
}

fn check(overlay: &Value, problems: &mut Vec<Problem>) {
    let version = overlay["overlay"].as_str().unwrap_or_default();
    if !version.starts_with("1.0.") {
        problems.push(Problem::new(
            "/overlay",
            format!("version `{version}` of Overlay is not known"),
            "write `overlay: 1.0.0`",
        ));
    }
    if !overlay["actions"].is_array() {
        problems.push(Problem::new(
            "/actions",
            "there is no list of actions",
            "write `actions: []` for an overlay that changes nothing",
        ));
    }
}

fn perform(action: &Value, at: &str, document: &mut Value) -> Result<(), Problem> {
    let target_at = pointer::join(at, "target");
    let Some(target) = action["target"].as_str() else {
        return Err(Problem::new(
            at,
            "the action has no target",
            "add a JSONPath expression as `target`",
        ));
    };
    if action["description"]
        .as_str()
        .is_none_or(|reason| reason.trim().is_empty())
    {
        return Err(Problem::new(
            at,
            format!("the action on `{target}` gives no reason"),
            "say in `description` why the deviation is needed",
        ));
    }
    let path = JsonPath::parse(target).map_err(|error| {
        Problem::new(
            &target_at,
            format!("target `{target}` is no JSONPath expression: {error}"),
            "write it as RFC 9535 has it",
        )
    })?;
    let mut places: Vec<String> = path
        .query_located(document)
        .locations()
        .map(|location| location.to_json_pointer())
        .collect();
    if places.is_empty() {
        return Err(Problem::new(
            target_at,
            format!("target `{target}` matches nothing in the document"),
            "correct the path, or remove the action if the document no longer needs it",
        ));
    }
    match (action.get("update"), action.get("remove") == Some(&Value::Bool(true))) {
        (Some(update), false) => {
            for place in places {
                let Some(node) = document.pointer_mut(&place) else {
                    continue;
                };
                match node {
                    Value::Object(_) if update.is_object() => merge(node, update),
                    Value::Array(items) => items.push(update.clone()),
                    _ => {
                        return Err(Problem::new(
                            pointer::join(at, "update"),
                            format!("target `{target}` selects a value that cannot be merged into"),
                            "select the object that holds the value, and update it with an object",
                        ));
                    }
                }
            }
        }
        (None, true) => {
            // From the end, so that the indices of a list stay true.
            places.reverse();
            for place in places {
                remove(document, &place, &target_at, target)?;
            }
        }
        _ => {
            return Err(Problem::new(
                at,
                format!("the action on `{target}` should either update or remove"),
                "give it `update`, or `remove: true`, and not both",
            ));
        }
    }
    Ok(())
}

/// Merges as the specification says: objects by key, lists by appending, all else by replacing.
fn merge(target: &mut Value, update: &Value) {
    match (target, update) {
        (Value::Object(target), Value::Object(update)) => {
            for (key, value) in update {
                match target.get_mut(key) {
                    Some(known) => merge(known, value),
                    None => {
                        target.insert(key.clone(), value.clone());
                    }
                }
            }
        }
        (Value::Array(target), Value::Array(update)) => target.extend(update.iter().cloned()),
        (target, update) => *target = update.clone(),
    }
}

fn remove(document: &mut Value, place: &str, at: &str, target: &str) -> Result<(), Problem> {
    let gone = pointer::parent(place).and_then(|holder| {
        let token = place[holder.len() + 1..].replace("~1", "/").replace("~0", "~");
        match document.pointer_mut(holder)? {
            Value::Object(map) => map.remove(&token),
            Value::Array(items) => {
                let index: usize = token.parse().ok()?;
                (index < items.len()).then(|| items.remove(index))
            }
            _ => None,
        }
    });
    match gone {
        Some(_) => Ok(()),
        None => Err(Problem::new(
            at,
            format!("target `{target}` selects what cannot be removed"),
            "select a value inside the document",
        )),
    }
}
