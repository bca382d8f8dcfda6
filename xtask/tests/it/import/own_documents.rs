//! Our own documents, as they are and as a vendor might have written them, change nothing.

use std::fs;

use serde_json::{Value, json};
use xtask::Workspace;
use xtask::import::Import;

use super::fixture::{foreign, fresh, made, newer, ours};

/// The names of our APIs.
fn apis() -> Vec<&'static str> {
    let names = Workspace::here().apis().unwrap();
    names.into_iter().map(|name| &*name.leak()).collect()
}

fn assert_nothing_to_do(api: &'static str, vendor: &Value) {
    let fresh = fresh(api);
    let before = fresh.text();
    let outcome = fresh.of(vendor).run(&fresh.workspace).unwrap();
    assert_eq!(outcome.code(), 0, "{api}: {}", outcome.text());
    assert!(
        outcome.text().contains("\nnothing to do") || outcome.text().starts_with("nothing to do"),
        "{api}: {}",
        outcome.text()
    );
    assert_eq!(fresh.text(), before);
}

#[test]
fn import_of_our_own_yaml_changes_nothing() {
    for api in apis() {
        let fresh = fresh(api);
        let before = fresh.text();
        let outcome = Import::new(fresh.document_path(), api).run(&fresh.workspace).unwrap();
        assert_eq!(outcome.code(), 0, "{api}: {}", outcome.text());
        assert_eq!(fresh.text(), before);
    }
}

#[test]
fn import_of_our_own_json_changes_nothing() {
    for api in apis() {
        let file = Workspace::here()
            .root()
            .join(format!("crates/spec/data/{api}.wire.json"));
        assert_nothing_to_do(api, &serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap());
    }
}

#[test]
fn import_of_our_facts_in_other_words_and_under_other_names_changes_nothing() {
    for api in apis() {
        let vendor = without_prose_facts(&ours(api));
        assert_nothing_to_do(api, &foreign(&vendor));
    }
}

#[test]
fn import_of_our_facts_in_the_words_of_openapi_3_1_changes_nothing() {
    for api in apis() {
        assert_nothing_to_do(api, &newer(&ours(api)));
    }
}

#[test]
fn import_of_our_facts_with_every_reference_written_out_changes_nothing() {
    for api in apis() {
        let vendor = ours(api);
        let mut inlined = vendor.clone();
        inlined["paths"] = inline(&vendor["paths"], &vendor, 0);
        assert_nothing_to_do(api, &inlined);
    }
}

#[test]
fn import_twice_into_a_document_without_components_adds_none() {
    let document = "\
openapi: 3.0.3
info:
  title: Tiny
  version: '1'
  description: An API without components.
paths:
  /ping:
    get:
      summary: Ping
      description: Answers.
      operationId: ping
      responses:
        '204':
          description: It answers.
";
    let overlay = "overlay: 1.0.0\ninfo:\n  title: Deviations\n  version: '1'\nactions: []\n";
    let tiny = made("small", document, overlay);
    let vendor = json!({
        "openapi": "3.0.0",
        "info": { "title": "Vendor", "version": "2" },
        "paths": { "/ping": { "get": { "responses": { "204": { "description": "It answers." } } } } },
    });
    let (_, lines) = tiny.import(&vendor);
    assert_eq!(lines, ["-  version: '1'", "+  version: '2'"]);
    let outcome = tiny.of(&vendor).run(&tiny.workspace).unwrap();
    assert_eq!(outcome.code(), 0, "{}", outcome.text());
}

/// What a vendor's document has: facts without those that come from prose.
fn without_prose_facts(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let prose: Vec<&str> = map
                .get("x-from-prose")
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .collect();
            map.iter()
                .filter(|(key, value)| !prose.contains(&key.as_str()) && value["x-from-prose"] != true)
                .map(|(key, value)| (key.clone(), without_prose_facts(value)))
                .collect()
        }
        Value::Array(items) => items
            .iter()
            .filter(|item| item["x-from-prose"] != true)
            .map(without_prose_facts)
            .collect(),
        other => other.clone(),
    }
}

/// A value with its references written out, some levels deep: a schema may contain itself.
fn inline(value: &Value, document: &Value, depth: usize) -> Value {
    match value {
        Value::Object(map) => match map.get("$ref").and_then(Value::as_str) {
            Some(place) if depth < 3 => inline(document.pointer(&place[1..]).unwrap(), document, depth + 1),
            Some(_) => value.clone(),
            None => map
                .iter()
                .map(|(key, value)| (key.clone(), inline(value, document, depth)))
                .collect(),
        },
        Value::Array(items) => items.iter().map(|item| inline(item, document, depth)).collect(),
        other => other.clone(),
    }
}
