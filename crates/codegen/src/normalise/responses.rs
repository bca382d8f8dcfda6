//! One success, `2XX`, and no errors: the runtime reads error bodies itself, from bytes it already has.
//!
//! progenitor panics on two response types in one class and loses the status of an error whose body does not decode.

use serde_json::{Map, Value, json};

use crate::extensions::{ERRORS, MAY_BE_EMPTY, SUCCESSES};
use crate::media::JSON;
use crate::{Error, Problem, operations, pointer};

/// The key of the one response that is left.
pub(crate) const SUCCESS: &str = "2XX";

pub(super) fn run(document: &mut Value) -> Result<(), Error> {
    let mut problems = Vec::new();
    operations::each_mut(document, |path, method, operation| {
        let at = pointer::join_all("", &["paths", path, method, "responses"]);
        match collapse(&operation["responses"], &at) {
            Ok((success, statuses, errors, may_be_empty)) => {
                operation[SUCCESSES] = statuses;
                if may_be_empty {
                    operation[MAY_BE_EMPTY] = json!(true);
                }
                operation["responses"] = json!({ SUCCESS: success });
                operation[ERRORS] = errors;
            }
            Err(problem) => problems.push(problem),
        }
    });
    Error::from_problems(problems)
}

fn collapse(responses: &Value, at: &str) -> Result<(Value, Value, Value, bool), Problem> {
    let empty = Map::new();
    let responses = responses.as_object().unwrap_or(&empty);
    let mut errors = Map::new();
    for status in crate::canonical::sorted_keys(responses) {
        if matches!(status.chars().next(), Some('4' | '5')) {
            let meaning = responses[status]["description"].as_str().unwrap_or_default();
            errors.insert(status.clone(), Value::String(meaning.trim().to_owned()));
        }
    }
    let successes: Vec<(&String, &Value)> = operations::successes(responses)
        .into_iter()
        .map(|status| (status, &responses[status]))
        .collect();
    let Some((_, first)) = successes.first() else {
        return Err(Problem::new(
            at,
            "no response of class 2xx is declared",
            "declare the response of a successful call",
        ));
    };
    let mut success = json!({ "description": first["description"].as_str().unwrap_or_default() });
    let mut bodies: Vec<&Value> = successes.iter().filter_map(|(_, response)| body(response)).collect();
    let may_be_empty = !bodies.is_empty() && bodies.len() < successes.len();
    bodies.dedup();
    match bodies.as_slice() {
        [] => {}
        [only] => success["content"] = (*only).clone(),
        // Each status has its own body: the reply is one of them.
        several => {
            let schemas: Vec<&Value> = several.iter().map(|content| &content[JSON]["schema"]).collect();
            success["content"] = json!({ JSON: { "schema": { "oneOf": schemas } } });
        }
    }
    let statuses = successes
        .iter()
        .map(|(status, _)| Value::String((*status).clone()))
        .collect();
    Ok((success, statuses, Value::Object(errors), may_be_empty))
}

/// The body of a response, if it has one.
fn body(response: &Value) -> Option<&Value> {
    response
        .get("content")
        .filter(|content| content.as_object().is_some_and(|content| !content.is_empty()))
}
