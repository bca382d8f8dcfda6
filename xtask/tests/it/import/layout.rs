//! Writing a changed document changes the lines of the change and no others.

use account_provisioning_codegen::document::Document;
use serde_json::{Value, json};
use xtask::Workspace;
use xtask::import::lay_out;

use super::fixture::{changed_lines, fresh};

/// Every so many places of a document, so that a run takes seconds.
const STEP: usize = 397;

fn documents() -> Vec<(Document, String)> {
    let names = Workspace::here().apis().unwrap();
    let texts = names.into_iter().map(|name| fresh(&*name.leak()).text());
    texts
        .map(|text| (Document::parse("openapi.yaml", &text).unwrap(), text))
        .collect()
}

/// The pointers of everything inside a value.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    let mut inside = |token: &str, value: &Value| {
        let at = format!("{at}/{}", token.replace('~', "~0").replace('/', "~1"));
        found.push(at.clone());
        places(value, &at, found);
    };
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| inside(key, value)),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(index, value)| inside(&index.to_string(), value)),
        _ => {}
    }
}

fn sample(document: &Document) -> Vec<String> {
    let mut found = Vec::new();
    places(document.value(), "", &mut found);
    found.sort();
    found.into_iter().step_by(STEP).collect()
}

#[test]
fn lay_out_of_an_unchanged_document_gives_the_same_bytes() {
    for (document, text) in documents() {
        assert_eq!(lay_out(&document, &text, document.value()).unwrap(), text);
    }
}

#[test]
fn lay_out_after_a_removal_only_removes_lines() {
    for (document, text) in documents() {
        for place in sample(&document) {
            let mut value = document.value().clone();
            let (holder, token) = place.rsplit_once('/').unwrap();
            let token = token.replace("~1", "/").replace("~0", "~");
            let empty = match value.pointer_mut(holder).unwrap() {
                Value::Object(map) => {
                    map.remove(&token);
                    map.is_empty()
                }
                Value::Array(items) => {
                    items.remove(token.parse().unwrap());
                    items.is_empty()
                }
                _ => unreachable!("a place is in a map or a list"),
            };
            let lines = changed_lines(&text, &lay_out(&document, &text, &value).unwrap());
            let added = lines.iter().filter(|line| line.starts_with('+')).count();
            // A holder that is left empty is written as `{}` or `[]`; an item whose first key went gets a new first line.
            let first_of_item = lines[0][1..].trim_start().starts_with("- ");
            let allowed = usize::from(empty || first_of_item);
            assert!(added <= allowed, "after removing {place}: {lines:#?}");
            assert!(!lines.is_empty(), "after removing {place}");
        }
    }
}

#[test]
fn lay_out_after_a_changed_scalar_changes_that_scalar() {
    for (document, text) in documents() {
        for place in sample(&document) {
            let mut value = document.value().clone();
            let slot = value.pointer_mut(&place).unwrap();
            if !slot.is_string() {
                continue;
            }
            *slot = json!("another text: 'quoted'");
            let lines = changed_lines(&text, &lay_out(&document, &text, &value).unwrap());
            assert_eq!(
                lines.iter().filter(|line| line.starts_with('+')).count(),
                1,
                "{place}: {lines:#?}"
            );
        }
    }
}

#[test]
fn lay_out_of_flow_style_writes_it_anew_where_it_changes() {
    let text = "a: {b: 1, c: [1, 2]}\nd:\n  - {e: 1}\n  - f\ng: 1\n";
    let document = Document::parse("f.yaml", text).unwrap();
    let changed = json!({ "a": { "b": 1, "c": [1, 3] }, "d": [{ "e": 1 }, "f", "h"], "g": 1 });
    assert_eq!(
        lay_out(&document, text, &changed).unwrap(),
        "a:\n  b: 1\n  c:\n  - 1\n  - 3\nd:\n- {e: 1}\n- f\n- h\ng: 1\n"
    );
}
