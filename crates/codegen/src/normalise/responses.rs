//! One success, `2XX`, and no errors: the runtime reads error bodies itself, from bytes it already has.
//!
//! progenitor panics on two response types in one class and loses the status of an error whose body does not decode.

use serde_json::{Map, Value, json};

use super::{ERRORS, SUCCESSES};
use crate::{Error, Problem, operations, pointer};

/// The key of the one response that is left.
pub(crate) const SUCCESS: &str = "2XX";

pub(super) fn run(document: &mut Value) -> Result<(), Error> {
    let mut problems = Vec::new();
    operations::each_mut(document, |path, method, operation| {
        let at = pointer::join_all("", &["paths", path, method, "responses"]);
        match collapse(&operation["responses"], &at) {
            Ok((success, statuses, errors)) => {
                operation[SUCCESSES] = statuses;
                operation["responses"] = json!({ SUCCESS: success });
                operation[ERRORS] = errors;
            }
            Err(problem) => problems.push(problem),
        }
    });
    Error::from_problems(problems)
}

fn collapse(responses: &Value, at: &str) -> Result<(Value, Value, Value), Problem> {
    let empty = Map::new();
    let responses = responses.as_object().unwrap_or(&empty);
    let mut successes: Vec<(&String, &Value)> = Vec::new();
    let mut errors = Map::new();
    for status in crate::canonical::sorted_keys(responses) {
        let response = &responses[status];
        match status.chars().next() {
            Some('2') => successes.push((status, response)),
            Some('4' | '5') => {
                let meaning = response["description"].as_str().unwrap_or_default();
                errors.insert(status.clone(), Value::String(meaning.trim().to_owned()));
            }
            _ => {}
        }
    }
    let Some((_, first)) = successes.first() else {
        return Err(Problem::new(
            at,
            "no response of class 2xx is declared",
            "declare the response of a successful call",
        ));
    };
    if let Some((status, _)) = successes.iter().find(|(_, other)| other["content"] != first["content"]) {
        return Err(Problem::new(
            pointer::join(at, status),
            "several success responses with different bodies",
            "give them one schema in the overlay, or remove all but one",
        ));
    }
    let mut success = json!({ "description": first["description"].as_str().unwrap_or_default() });
    if let Some(content) = first.get("content").and_then(Value::as_object)
        && !content.is_empty()
    {
        success["content"] = Value::Object(content.clone());
    }
    let statuses = successes
        .iter()
        .map(|(status, _)| Value::String((*status).clone()))
        .collect();
    Ok((success, statuses, Value::Object(errors)))
}
