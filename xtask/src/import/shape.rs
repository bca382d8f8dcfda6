//! Whether our document has the shape that the merge writes into. The generator looks closer, but at the overlaid
//! document, which an import makes only at its end.

use account_provisioning_codegen::{Error, Problem, pointer};
use serde_json::Value;

use super::METHODS;

/// Where objects stand: `*` is every key or index, and what is absent is no mistake.
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

/// Refuses a document in which something else stands where an object should.
pub(super) fn check(document: &Value) -> Result<(), Error> {
    let mut problems = Vec::new();
    for places in OBJECTS {
        each(document, places, "", &mut problems);
    }
    for method in METHODS {
        for inner in [
            "",
            "/requestBody",
            "/requestBody/content/*",
            "/responses",
            "/responses/*",
            "/responses/*/content/*",
        ] {
            each(document, &format!("/paths/*/{method}{inner}"), "", &mut problems);
        }
    }
    Error::from_problems(problems)
}

fn each(value: &Value, places: &str, at: &str, problems: &mut Vec<Problem>) {
    let Some(rest) = places.strip_prefix('/') else {
        if !value.is_object() {
            problems.push(Problem::new(
                at,
                "an object should stand here",
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
            each(value, rest, &pointer::join(at, &key), problems);
        }
    }
}
