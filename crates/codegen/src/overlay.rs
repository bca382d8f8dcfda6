//! Applies an OpenAPI Overlay 1.0: every intended deviation from the vendor's document, with its reason.
//!
//! This is stricter than the specification, to catch mistakes: an action whose target matches nothing is an error, and
//! so are an action without a reason and one that both updates and removes.

use std::collections::BTreeMap;

use serde_json::Value;
use serde_json_path::JsonPath;

use crate::document::Document;
use crate::extensions::{READS, RETRY};
use crate::ids::IDS;
use crate::{Error, Problem, pointer};

/// A document with an overlay applied, and where each of its values comes from.
#[derive(Clone, Debug)]
pub struct Overlaid {
    source: Document,
    overlay: Document,
    value: Value,
    /// For each place that an action wrote, the place in the overlay that the value comes from.
    origins: Origins,
}

type Origins = BTreeMap<String, String>;

impl Overlaid {
    /// The resulting document.
    #[must_use]
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// Adds file and line to an error that names places in the resulting document: those of the overlay if an action
    /// wrote the place, otherwise those of the source.
    #[must_use]
    pub fn locate(&self, error: Error) -> Error {
        error.locate(|at| {
            let mut place = Some(at);
            while let Some(pointer) = place {
                if let Some(origin) = self.origins.get(pointer) {
                    return (self.overlay.file().to_owned(), self.overlay.line(origin));
                }
                if self.source.value().pointer(pointer).is_some() {
                    break;
                }
                place = pointer::parent(pointer);
            }
            (self.source.file().to_owned(), self.source.line(at))
        })
    }
}

/// Applies the actions of `overlay` to `source`, in order.
///
/// # Errors
/// Extensions in `source` that belong to an overlay, or the actions that cannot be applied, each with the overlay's file and line, its pointer, its target and a remedy.
pub fn apply(source: Document, overlay: Document) -> Result<Overlaid, Error> {
    let mut value = source.value().clone();
    let mut origins = Origins::new();
    let mut problems = Vec::new();
    let mut misplaced = Vec::new();
    reserved(source.value(), "", &mut misplaced);
    Error::from_problems(misplaced).map_err(|error| source.locate(error))?;
    check(overlay.value(), &mut problems);
    for (index, action) in overlay.value()["actions"].as_array().into_iter().flatten().enumerate() {
        let at = pointer::join_all("", &["actions", &index.to_string()]);
        problems.extend(perform(action, &at, &mut value, &mut origins).err());
    }
    Error::from_problems(problems).map_err(|error| overlay.locate(error))?;
    Ok(Overlaid {
        source,
        overlay,
        value,
        origins,
    })
}

/// The extensions that decide about the client. The document says what is on the wire, and others read it too.
const RESERVED: [&str; 3] = [IDS, READS, RETRY];

/// Finds extensions that belong to an overlay, with its reasons.
fn reserved(value: &Value, at: &str, problems: &mut Vec<Problem>) {
    match value {
        Value::Object(map) => {
            // The keys of these maps are names, and examples are data.
            let has_names = at.ends_with("/properties") && !at.ends_with("/properties/properties");
            for (key, inner) in map {
                let at = pointer::join(at, key);
                if RESERVED.contains(&key.as_str()) && !has_names {
                    problems.push(Problem::new(
                        at,
                        format!("`{key}` decides about the Rust client, not about the wire"),
                        "move it to an action of `overlay.yaml`, whose description gives the reason",
                    ));
                } else if !["default", "enum", "example", "examples"].contains(&key.as_str()) || has_names {
                    reserved(inner, &at, problems);
                }
            }
        }
        Value::Array(items) => {
            for (index, inner) in items.iter().enumerate() {
                reserved(inner, &pointer::join(at, &index.to_string()), problems);
            }
        }
        _ => {}
    }
}

fn check(overlay: &Value, problems: &mut Vec<Problem>) {
    let version = overlay["overlay"].as_str().unwrap_or_default();
    if !version.starts_with("1.0.") {
        problems.push(Problem::new(
            "/overlay",
            format!("version `{version}` of Overlay is not supported"),
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

fn perform(action: &Value, at: &str, document: &mut Value, origins: &mut Origins) -> Result<(), Problem> {
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
            format!("the action on `{target}` has no reason"),
            "say in `description` why the deviation is needed",
        ));
    }
    let path = JsonPath::parse(target).map_err(|error| {
        Problem::new(
            &target_at,
            format!("target `{target}` is not a JSONPath expression: {error}"),
            "write it as RFC 9535 defines",
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
                    Value::Object(_) if update.is_object() => {
                        merge(node, update);
                        remember(update, &place, &pointer::join(at, "update"), origins);
                    }
                    Value::Array(items) => {
                        let place = pointer::join(&place, &items.len().to_string());
                        items.push(update.clone());
                        origins.insert(place.clone(), pointer::join(at, "update"));
                        remember(update, &place, &pointer::join(at, "update"), origins);
                    }
                    _ => {
                        return Err(Problem::new(
                            pointer::join(at, "update"),
                            format!("target `{target}` selects a value that cannot be merged into"),
                            "select the object that contains the value, and update it with an object",
                        ));
                    }
                }
            }
        }
        (None, true) => {
            // From the end, so that the indices of a list stay correct.
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

/// Merges as the specification defines: objects by key, lists by appending, everything else by replacing.
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

/// Records that everything in `update` is now under `place`.
fn remember(update: &Value, place: &str, origin: &str, origins: &mut Origins) {
    for (key, value) in update.as_object().into_iter().flatten() {
        let (place, origin) = (pointer::join(place, key), pointer::join(origin, key));
        remember(value, &place, &origin, origins);
        // An object may come partly from the source, so only the values in it are recorded.
        if !value.is_object() {
            origins.insert(place, origin);
        }
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
            format!("target `{target}` selects something that cannot be removed"),
            "select a value inside the document",
        )),
    }
}
