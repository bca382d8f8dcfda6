//! The places of a resolved document where a schema starts, and the direction of each.

use serde_json::Value;

use crate::{canonical, operations, pointer};

/// The direction in which a value is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way {
    Request,
    Response,
}

impl Way {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
        }
    }
}

/// A schema inside an operation.
pub(super) struct Place<'a> {
    pub(super) way: Way,
    pub(super) operation: &'a str,
    /// The parameter's name; `None` for a body.
    pub(super) parameter: Option<&'a str>,
    pub(super) pointer: String,
    pub(super) schema: &'a mut Value,
}

/// Visits every schema in an operation: its parameters, its body, its responses.
pub(super) fn each(document: &mut Value, mut visit: impl FnMut(Place<'_>)) {
    operations::each_mut(document, |path, method, operation| {
        let id = operation["operationId"].as_str().unwrap_or_default().to_owned();
        let at = pointer::join_all("", &["paths", path, method]);
        if let Some(parameters) = operation.get_mut("parameters").and_then(Value::as_array_mut) {
            for (index, parameter) in parameters.iter_mut().enumerate() {
                let name = parameter["name"].as_str().unwrap_or_default().to_owned();
                if let Some(schema) = parameter.get_mut("schema") {
                    visit(Place {
                        way: Way::Request,
                        operation: &id,
                        parameter: Some(&name),
                        pointer: pointer::join_all(&at, &["parameters", &index.to_string(), "schema"]),
                        schema,
                    });
                }
            }
        }
        if let Some(body) = operation.get_mut("requestBody") {
            let at = pointer::join(&at, "requestBody");
            each_media(body, &at, |pointer, schema| {
                visit(Place {
                    way: Way::Request,
                    operation: &id,
                    parameter: None,
                    pointer,
                    schema,
                });
            });
        }
        if let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) {
            for status in sorted(responses) {
                let at = pointer::join_all(&at, &["responses", &status]);
                each_media(&mut responses[&status], &at, |pointer, schema| {
                    visit(Place {
                        way: Way::Response,
                        operation: &id,
                        parameter: None,
                        pointer,
                        schema,
                    });
                });
            }
        }
    });
}

/// Visits every schema of a document with its pointer: those of the operations, then the components.
pub(super) fn each_root(document: &mut Value, mut visit: impl FnMut(&str, &mut Value)) {
    each(document, |place| visit(&place.pointer, place.schema));
    if let Some(components) = components_mut(document) {
        for name in sorted(components) {
            let at = pointer::join_all("", &["components", "schemas", &name]);
            visit(&at, &mut components[&name]);
        }
    }
}

/// The schema components, to change them.
pub(super) fn components_mut(document: &mut Value) -> Option<&mut serde_json::Map<String, Value>> {
    document.get_mut("components")?.get_mut("schemas")?.as_object_mut()
}

/// The keys of an object in order, as copies, so that the object can be changed while they are visited.
pub(super) fn sorted(map: &serde_json::Map<String, Value>) -> Vec<String> {
    canonical::sorted_keys(map).into_iter().cloned().collect()
}

fn each_media(holder: &mut Value, at: &str, mut visit: impl FnMut(String, &mut Value)) {
    if let Some(content) = holder.get_mut("content").and_then(Value::as_object_mut) {
        for media in sorted(content) {
            if let Some(schema) = content[&media].get_mut("schema") {
                visit(pointer::join_all(at, &["content", &media, "schema"]), schema);
            }
        }
    }
}
