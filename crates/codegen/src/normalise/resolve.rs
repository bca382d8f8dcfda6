//! Moves parameters, bodies and responses into their operation, so that later steps find them in one place.

use serde_json::Value;

use crate::{Error, Problem, operations, pointer};

pub(super) fn run(document: &mut Value) -> Result<(), Error> {
    let source = document.clone();
    let mut problems = Vec::new();
    if let Some(paths) = document["paths"].as_object_mut() {
        for (path, item) in paths.iter_mut() {
            let shared = item.as_object_mut().and_then(|item| item.remove("parameters"));
            let at = pointer::join_all("", &["paths", path, "parameters"]);
            let shared = parameters(&source, shared.as_ref(), &at, &mut problems);
            for method in operations::METHODS {
                let Some(operation) = item.get_mut(method) else {
                    continue;
                };
                let at = pointer::join_all("", &["paths", path, method]);
                let own = parameters(
                    &source,
                    operation.get("parameters"),
                    &pointer::join(&at, "parameters"),
                    &mut problems,
                );
                let mut all: Vec<Value> = shared
                    .iter()
                    .filter(|shared| !own.iter().any(|own| key(own) == key(shared)))
                    .cloned()
                    .chain(own.iter().cloned())
                    .collect();
                all.sort_by(|a, b| key(a).cmp(&key(b)));
                operation["parameters"] = Value::Array(all);
                resolve_slot(&source, operation, "requestBody", &at, &mut problems);
                if let Some(responses) = operation["responses"].as_object_mut() {
                    let at = pointer::join(&at, "responses");
                    for (status, response) in responses.iter_mut() {
                        follow(&source, response, &pointer::join(&at, status), &mut problems);
                    }
                }
            }
        }
    }
    if let Some(components) = document["components"].as_object_mut() {
        components.retain(|kind, _| kind == "schemas" || kind == "securitySchemes");
    }
    Error::from_problems(problems)
}

fn parameters(source: &Value, list: Option<&Value>, at: &str, problems: &mut Vec<Problem>) -> Vec<Value> {
    let mut list = list.and_then(Value::as_array).cloned().unwrap_or_default();
    for (index, parameter) in list.iter_mut().enumerate() {
        follow(source, parameter, &pointer::join(at, &index.to_string()), problems);
    }
    list
}

fn key(parameter: &Value) -> (&str, &str) {
    (
        parameter["in"].as_str().unwrap_or_default(),
        parameter["name"].as_str().unwrap_or_default(),
    )
}

fn resolve_slot(source: &Value, holder: &mut Value, slot: &str, at: &str, problems: &mut Vec<Problem>) {
    if let Some(value) = holder.get_mut(slot) {
        follow(source, value, &pointer::join(at, slot), problems);
    }
}

/// Replaces a reference with its target, following chains of references.
fn follow(source: &Value, value: &mut Value, at: &str, problems: &mut Vec<Problem>) {
    for _ in 0..8 {
        let Some(reference) = value.get("$ref").and_then(Value::as_str) else {
            return;
        };
        let Some(target) = reference.strip_prefix('#').and_then(|path| source.pointer(path)) else {
            problems.push(Problem::new(
                at,
                format!("reference `{reference}` has no target"),
                "point it at a component of this document",
            ));
            return;
        };
        *value = target.clone();
    }
    problems.push(Problem::new(
        at,
        "references form a circle",
        "replace one of them with the definition",
    ));
}
