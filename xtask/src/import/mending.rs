//! Everything that the generator would refuse, at once.
//!
//! The generator stops after the step that found something, because later steps rely on what earlier ones checked. So what
//! it refuses is corrected in a copy, as little as possible, and the generator tries the copy again.

use std::any::Any;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use account_provisioning_codegen::{Error, Options, Problem, canonical, generate, normalise, pointer};
use account_provisioning_wire_diff::METHODS;
use serde_json::{Value, json};

use crate::import::json::entries;
use crate::import::merge::references;

/// The generator is not run more often than this.
const MAX_ROUNDS: usize = 24;

/// How a place is corrected, from the smallest change to the largest.
const CORRECTIONS: [fn(&mut Value, &str, usize) -> bool; 3] = [correct_keyword, correct_value, remove_operations];

/// What the generator refuses about a document with its overlay applied.
///
/// # Errors
/// The refusals of all steps, each with its pointer and a remedy.
pub(super) fn check(document: &Value) -> Result<(), Error> {
    let mut document = document.clone();
    let mut found: Vec<Problem> = Vec::new();
    let mut next: BTreeMap<String, usize> = BTreeMap::new();
    for round in 0..MAX_ROUNDS {
        let Err(error) = try_to_generate(&document) else {
            break;
        };
        let known = found.len();
        let mut is_changed = false;
        for problem in error.problems() {
            // What is refused at or around a correction may follow from it.
            if !found[..known]
                .iter()
                .any(|known| is_related(&known.pointer, &problem.pointer))
            {
                found.push(problem.clone());
            }
            let level = next.entry(problem.pointer.clone()).or_default();
            while let Some(correct) = CORRECTIONS.get(*level) {
                *level += 1;
                if correct(&mut document, &problem.pointer, round) {
                    is_changed = true;
                    break;
                }
            }
        }
        if !is_changed {
            break;
        }
    }
    Error::from_problems(found)
}

/// Generates the code, and reports a panic as what it is: a mistake in the generator.
fn try_to_generate(document: &Value) -> Result<(), Error> {
    let build = normalise(document)?;
    let text = canonical::write(&build);
    let generated = catch_unwind(AssertUnwindSafe(|| generate(&text, Options::default())));
    generated.unwrap_or_else(|panic| {
        let message = format!("the generator panics: {}", text_of(&*panic));
        Err(Problem::new(
            "",
            message,
            "find the part of the document by `--include`, and report the mistake",
        )
        .into())
    })?;
    Ok(())
}

fn text_of(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("without a message")
}

/// Whether one of two places is inside the other. A place that is a whole operation does not count.
fn is_related(one: &str, other: &str) -> bool {
    let is_inside = |inner: &str, outer: &str| {
        let is_whole = outer.starts_with("/paths/") && outer.matches('/').count() < 4;
        let rest = inner.strip_prefix(outer);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/') && !is_whole && !outer.is_empty())
    };
    is_inside(one, other) || is_inside(other, one)
}

/// Corrects the keyword at a pointer: removes it, or gives it a value that the generator takes.
fn correct_keyword(document: &mut Value, at: &str, round: usize) -> bool {
    let at = without_alternative(at);
    let Some((holder, keyword)) = at.rsplit_once('/') else {
        return false;
    };
    if is_name(holder) || keyword.parse::<usize>().is_ok() {
        return false;
    }
    let Some(value) = document.pointer(at).cloned() else {
        return false;
    };
    let Some(holder) = document.pointer_mut(holder).and_then(Value::as_object_mut) else {
        return false;
    };
    let new = match keyword {
        // A body that has to be sent.
        "requestBody" if value["required"] != true => {
            let mut body = value.clone();
            body["required"] = json!(true);
            Some(body)
        }
        "content" if value.as_object().is_some_and(|content| content.len() > 1) => {
            let entry = value
                .get("application/json")
                .or_else(|| Some(entries(&value).next()?.1));
            entry.map(|entry| json!({ "application/json": entry }))
        }
        "operationId" => Some(json!(format!("{}{round}", value.as_str().unwrap_or_default()))),
        "requestBody" | "schema" | "items" | "responses" | "content" | "get" | "put" | "post" | "patch" | "delete" => {
            return false;
        }
        _ => None,
    };
    match new {
        Some(new) => holder.insert(keyword.to_owned(), new),
        None => holder.remove(keyword),
    };
    true
}

/// Replaces the nearest schema or parameter around a pointer with one that says as little as possible.
fn correct_value(document: &mut Value, at: &str, round: usize) -> bool {
    let mut place = Some(without_alternative(at));
    while let Some(at) = place {
        let (holder, token) = at.rsplit_once('/').unwrap_or_default();
        let is_parameter = holder.ends_with("/parameters");
        let is_schema = ["schema", "items", "additionalProperties"].contains(&token) && !is_name(holder)
            || holder.ends_with("/properties")
            || holder == "/components/schemas";
        if (is_schema || is_parameter)
            && let Some(value) = document.pointer_mut(at)
        {
            let text = json!({ "type": "string" });
            let new = match value["in"].as_str().filter(|_| is_parameter) {
                Some("path") => json!({ "name": value["name"], "in": "path", "required": true, "schema": text }),
                Some(_) => json!({ "name": format!("corrected_{round}_{token}"), "in": "query", "schema": text }),
                None => json!({}),
            };
            let is_changed = *value != new;
            *value = new;
            return is_changed;
        }
        place = pointer::parent(at);
    }
    false
}

/// Removes the operations that have a place, or that use a component with it.
fn remove_operations(document: &mut Value, at: &str, _round: usize) -> bool {
    let component = at.strip_prefix("/components/").map(|rest| {
        let end = rest.match_indices('/').nth(1).map_or(rest.len(), |(end, _)| end);
        format!("/components/{}", &rest[..end])
    });
    let mut is_changed = false;
    let source = document.clone();
    for (path, item) in entries(&source["paths"]) {
        for method in METHODS {
            let Some(operation) = item.get(method) else {
                continue;
            };
            let own = pointer::join_all("", &["paths", path, method]);
            let uses = || {
                let component = component.as_ref();
                let used = reached(&source, &json!([operation, item.get("parameters")]));
                component.is_some_and(|component| used.contains(component))
            };
            if (at == own || at.starts_with(&format!("{own}/")) || uses())
                && let Some(item) = document["paths"][path].as_object_mut()
            {
                is_changed |= item.remove(method).is_some();
            }
        }
    }
    is_changed
}

/// The pointers of all components that a value refers to.
fn reached(document: &Value, value: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open: Vec<String> = references(value).into_iter().collect();
    while let Some(pointer) = open.pop() {
        if let Some(target) = document.pointer(&pointer)
            && found.insert(pointer)
        {
            open.extend(references(target));
        }
    }
    found
}

/// The pointer of the choice for a pointer to one of its alternatives, and the same pointer for any other.
fn without_alternative(at: &str) -> &str {
    let mut at = at;
    while let Some((choice, index)) = at.rsplit_once('/')
        && index.parse::<usize>().is_ok()
        && ["/oneOf", "/anyOf", "/allOf"]
            .iter()
            .any(|keyword| choice.ends_with(keyword))
    {
        at = choice;
    }
    at
}

/// Whether the keys at a pointer are names that a person chose, rather than keywords.
fn is_name(holder: &str) -> bool {
    let keys = ["/properties", "/content", "/headers", "/paths"];
    keys.iter().any(|key| holder.ends_with(key)) || holder.starts_with("/components") && holder.matches('/').count() < 3
}
