//! The operations of a document, each with its path and method, in a fixed order.

#[cfg(feature = "authoring")]
use serde_json::Map;
use serde_json::Value;

use crate::{canonical, pointer};

/// The methods that a path item may contain (OpenAPI 3.0.3, Path Item Object).
pub(crate) const METHODS: [&str; 8] = ["delete", "get", "head", "options", "patch", "post", "put", "trace"];

/// One operation, with its place in the document.
pub(crate) struct Located<'a> {
    pub(crate) path: &'a str,
    pub(crate) method: &'static str,
    pub(crate) pointer: String,
    pub(crate) value: &'a Value,
}

impl<'a> Located<'a> {
    /// The operationId; empty if the document has none, which preflight refuses.
    pub(crate) fn id(&self) -> &'a str {
        self.value["operationId"].as_str().unwrap_or_default()
    }
}

#[cfg(feature = "authoring")]
/// The statuses of successful responses: those of class 2xx, or else `default`, if it stands for all of them.
pub(crate) fn successes(responses: &Map<String, Value>) -> Vec<&String> {
    let statuses = canonical::sorted_keys(responses);
    let of = |class: char| statuses.iter().copied().filter(move |status| status.starts_with(class));
    let successes: Vec<&String> = of('2').collect();
    if successes.is_empty() && of('1').chain(of('3')).next().is_none() {
        return of('d').filter(|status| *status == "default").collect();
    }
    successes
}

/// Lists the operations by path and method.
pub(crate) fn all(document: &Value) -> Vec<Located<'_>> {
    let Some(paths) = document["paths"].as_object() else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for path in canonical::sorted_keys(paths) {
        for method in METHODS {
            if let Some(value) = paths[path].get(method) {
                found.push(Located {
                    path,
                    method,
                    pointer: pointer::join_all("", &["paths", path, method]),
                    value,
                });
            }
        }
    }
    found
}

#[cfg(feature = "authoring")]
/// Visits the operations by path and method, to change them.
pub(crate) fn each_mut(document: &mut Value, mut visit: impl FnMut(&str, &'static str, &mut Value)) {
    let Some(paths) = document["paths"].as_object_mut() else {
        return;
    };
    let keys: Vec<String> = canonical::sorted_keys(paths).into_iter().cloned().collect();
    for path in keys {
        for method in METHODS {
            if let Some(operation) = paths[&path].get_mut(method) {
                visit(&path, method, operation);
            }
        }
    }
}
