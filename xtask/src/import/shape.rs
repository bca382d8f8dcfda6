//! Checks that our document has objects where the merge expects them. The generator checks more, but only at the end of
//! an import, because it needs the document with the overlay applied.

use account_provisioning_codegen::{Error, Problem, pointer};
use account_provisioning_wire_diff::METHODS;
use serde_json::Value;

/// The places of objects. `*` is any key or index. A place that does not exist is not a mistake.
const OBJECTS: [&str; 10] = [
    "",
    "/info",
    "/servers/*",
    "/servers/*/variables",
    "/servers/*/variables/*",
    "/paths",
    "/paths/*",
    "/components",
    "/components/*",
    "/components/*/*",
];

/// The places of objects in an operation.
const OPERATION_OBJECTS: [&str; 6] = [
    "",
    "/requestBody",
    "/requestBody/content/*",
    "/responses",
    "/responses/*",
    "/responses/*/content/*",
];

/// Refuses a document that has another value where it should have an object.
pub(super) fn check(document: &Value) -> Result<(), Error> {
    let mut problems = Vec::new();
    for places in OBJECTS {
        check_places(document, places, "", &mut problems);
    }
    for method in METHODS {
        for places in OPERATION_OBJECTS {
            check_places(document, &format!("/paths/*/{method}{places}"), "", &mut problems);
        }
    }
    Error::from_problems(problems)
}

fn check_places(value: &Value, places: &str, at: &str, problems: &mut Vec<Problem>) {
    let Some(rest) = places.strip_prefix('/') else {
        if !value.is_object() {
            problems.push(Problem::new(
                at,
                "this is not an object",
                "correct the document by hand",
            ));
        }
        return;
    };
    let end = rest.find('/').unwrap_or(rest.len());
    let (token, rest) = rest.split_at(end);
    let inner: Vec<(String, &Value)> = match value {
        Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), value)).collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(index, item)| (index.to_string(), item))
            .collect(),
        _ => return,
    };
    for (key, value) in inner {
        if (token == "*" || token == key) && !key.starts_with("x-") {
            check_places(value, rest, &pointer::join(at, &key), problems);
        }
    }
}
