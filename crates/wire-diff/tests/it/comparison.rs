//! The comparison as a whole; single changes are in the corpus.

use std::collections::BTreeSet;

use account_provisioning_wire_diff::{Error, Fact, Level, Side, compare, text};
use serde_json::{Map, Value, json};

use crate::corpus::{base, patched};
use crate::reorder::reordered;

fn lines(before: &Value, after: &Value) -> Vec<String> {
    let facts = compare(before, after).unwrap();
    facts.iter().map(|fact| fact.line(usize::MAX)).collect()
}

/// A document whose operations all answer with the schema `Thing`, and some with it inside other things.
fn many(operations: usize, thing: &Value) -> Value {
    let mut paths = Map::new();
    for number in 0..operations {
        let schema = match number % 3 {
            0 => json!({"$ref": "#/components/schemas/Thing"}),
            1 => json!({"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}),
            _ => json!({"type": "object", "properties": {"data": {"allOf": [{"$ref": "#/components/schemas/Thing"}]}}}),
        };
        let content = json!({"application/json": {"schema": schema}});
        let operation = json!({
            "operationId": format!("op{number:02}"),
            "requestBody": {"content": content},
            "responses": {"200": {"description": "", "content": content}},
        });
        paths.insert(format!("/things/{number}"), json!({"post": operation}));
    }
    json!({"openapi": "3.0.3", "paths": paths, "components": {"schemas": {"Thing": thing}}})
}

#[test]
fn property_of_twenty_operations_added_is_one_line_with_twenty_operations() {
    let before = many(20, &json!({"type": "object", "properties": {"a": {"type": "string"}}}));
    let after = many(
        20,
        &json!({"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}}}),
    );
    let facts = compare(&before, &after).unwrap();
    let [fact] = &facts[..] else { panic!("{facts:?}") };
    assert_eq!(fact.operations.len(), 20);
    assert_eq!(
        fact.line(4),
        "Thing.b: added, optional [request, response] — op00, op01, op02, op03 and 16 more"
    );
    assert_eq!(fact.pointer, "/components/schemas/Thing/properties/b");
}

#[test]
fn status_that_twenty_operations_gain_is_one_line() {
    let before = many(20, &json!({"type": "string"}));
    let mut after = before.clone();
    for item in after["paths"].as_object_mut().unwrap().values_mut() {
        item["post"]["responses"]["429"] = json!({"description": "Too many."});
    }
    let facts = compare(&before, &after).unwrap();
    assert_eq!(
        facts.iter().map(Fact::to_string).collect::<Vec<_>>(),
        ["response 429: added"]
    );
    assert_eq!(facts[0].operations.len(), 20);
}

#[test]
fn document_in_another_order_gives_no_fact() {
    let base = patched(
        &base(),
        &json!([
            {"op": "add", "path": "/servers/-", "value": {"url": "https://backup.members.test"}},
            {"op": "add", "path": "/security/-", "value": {"token": []}},
        ]),
    );
    let other = reordered(&base, "");
    assert_ne!(base.to_string(), other.to_string());
    assert_eq!(lines(&base, &other), [""; 0]);
    assert_eq!(lines(&other, &base), [""; 0]);
}

#[test]
fn facts_come_with_the_most_important_first() {
    let change = json!([
        {"op": "replace", "path": "/info/version", "value": "2.0"},
        {"op": "remove", "path": "/paths/~1users~1{user_id}/delete"},
        {"op": "remove", "path": "/components/schemas/Problem/properties/code"},
        {"op": "add", "path": "/components/schemas/Role/enum/-", "value": "guest"},
    ]);
    let facts = compare(&base(), &patched(&base(), &change)).unwrap();
    let said: Vec<(Level, &str)> = facts.iter().map(|fact| (fact.level, fact.subject.as_str())).collect();
    assert_eq!(
        said,
        [
            (Level::Breaking, "DELETE /users/{user_id}"),
            (Level::Breaking, "Problem.code"),
            (Level::Compatible, "Role"),
            (Level::Docs, "info version"),
        ]
    );
    assert_eq!(
        text(&facts, 4).lines().collect::<Vec<_>>(),
        [
            "breaking (2)",
            "  DELETE /users/{user_id}: operation removed — deleteUser",
            "  Problem.code: removed [response] — createUser, listUsers",
            "compatible (1)",
            "  Role: value `guest` added [request, response, query role] — createUser, getUser, listUsers",
            "docs only (1)",
            "  info version: changed from `1.0` to `2.0`",
        ]
    );
}

#[test]
fn schemas_that_refer_to_each_other_are_compared_to_the_end() {
    let document = |kind: &str| {
        json!({
            "paths": {"/a": {"get": {"operationId": "a", "responses": {"200": {"description": "", "content": {
                "application/json": {"schema": {"$ref": "#/components/schemas/A"}}}}}}}},
            "components": {"schemas": {
                "A": {"type": "object", "properties": {"b": {"$ref": "#/components/schemas/B"}}},
                "B": {"type": "object", "properties": {
                    "a": {"allOf": [{"$ref": "#/components/schemas/A"}]},
                    "bs": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/B"}},
                    "end": {"type": kind},
                }},
            }},
        })
    };
    assert_eq!(
        lines(&document("string"), &document("integer")),
        ["B.end: type changed from string to integer [response] — a"]
    );
}

#[test]
fn recursive_schemas_under_exchanged_names_are_compared_to_the_end() {
    let document = |used: &str| {
        let tree = |name: &str| {
            let children = json!({"type": "array", "items": {"$ref": format!("#/components/schemas/{name}")}});
            json!({"type": "object", "properties": {"name": {"type": "string"}, "children": children}})
        };
        json!({
            "paths": {"/a": {"get": {"operationId": "a", "responses": {"200": {"description": "", "content": {
                "application/json": {"schema": {"$ref": format!("#/components/schemas/{used}")}}}}}}}},
            "components": {"schemas": {"Left": tree("Left"), "Right": tree("Right")}},
        })
    };
    assert_eq!(lines(&document("Left"), &document("Right")), [""; 0]);
}

#[test]
fn reference_that_cannot_be_followed_fails_with_its_pointer() {
    let change =
        |target: &str| json!([{"op": "replace", "path": "/components/schemas/User/allOf/0/$ref", "value": target}]);
    for target in ["#/components/schemas/Gone", "other.yaml#/User"] {
        let error = compare(&base(), &patched(&base(), &change(target))).unwrap_err();
        let expected = Error::UnresolvedReference {
            side: Side::After,
            pointer: "/components/schemas/User/allOf/0".to_owned(),
            reference: target.to_owned(),
        };
        assert_eq!(error, expected);
        let text = error.to_string();
        assert!(
            text.starts_with("the document after: #/components/schemas/User/allOf/0"),
            "{text}"
        );
        assert!(text.contains(target) && text.contains("has no target"), "{text}");
    }
    let circle = json!([
        {"op": "add", "path": "/components/schemas/X", "value": {"$ref": "#/components/schemas/Y"}},
        {"op": "add", "path": "/components/schemas/Y", "value": {"$ref": "#/components/schemas/X"}},
    ]);
    let error = compare(&patched(&base(), &circle), &base()).unwrap_err();
    assert!(error.to_string().contains("leads back to itself"), "{error}");
}

#[test]
fn value_that_is_no_document_fails() {
    let error = compare(&json!({"swagger": "2.0"}), &base()).unwrap_err();
    assert_eq!(error, Error::NoPaths { side: Side::Before });
    assert!(
        error.to_string().starts_with("the document before: #/paths "),
        "{error}"
    );
}

/// Every pointer below a value, the value's own left out.
fn pointers(value: &Value, at: &str, into: &mut Vec<String>) {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), value)).collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(index, value)| (index.to_string(), value))
            .collect(),
        _ => Vec::new(),
    };
    for (key, child) in children {
        let pointer = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
        into.push(pointer.clone());
        pointers(child, &pointer, into);
    }
}

/// Whether a removal leaves the meaning as it was.
fn means_nothing(base: &Value, pointer: &str) -> bool {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let has = |key: &str| base.pointer(parent).unwrap().get(key).is_some();
    match key {
        // A parameter of a path is required, said or not.
        "required" => base.pointer(parent).unwrap()["in"] == "path",
        // Other keywords say the type as well.
        "type" => ["properties", "additionalProperties", "items", "enum"]
            .into_iter()
            .any(has),
        // Nothing sends this one.
        "readOnly" => parent == "/components/schemas/Entity/properties/id",
        _ => false,
    }
}

/// Compares the base with what `change` makes of it at each pointer, and returns the pointers that give no fact.
fn unseen(change: impl Fn(&str, &Value) -> Option<Value>) -> Vec<String> {
    let base = base();
    let mut all = Vec::new();
    pointers(&base, "", &mut all);
    assert!(all.len() > 500);
    let mut unseen = Vec::new();
    for pointer in all {
        let Some(patch) = change(&pointer, base.pointer(&pointer).unwrap()) else {
            continue;
        };
        let changed = patched(&base, &json!([patch]));
        // A reference that no longer leads anywhere is refused.
        let Ok(facts) = compare(&base, &changed) else {
            continue;
        };
        let said: BTreeSet<String> = facts
            .iter()
            .map(|fact| format!("{}: {}", fact.subject, fact.change))
            .collect();
        assert_eq!(said.len(), facts.len(), "{pointer}: {facts:?}");
        if said.is_empty() && !means_nothing(&base, &pointer) {
            unseen.push(pointer);
        }
    }
    unseen
}

#[test]
fn whatever_is_taken_out_of_a_document_is_seen_once() {
    let remove = |pointer: &str, _: &Value| Some(json!({"op": "remove", "path": pointer}));
    assert_eq!(unseen(remove), [""; 0]);
}

#[test]
fn whatever_is_rewritten_in_a_document_is_seen_once() {
    let rewrite = |pointer: &str, value: &Value| {
        let other = match value {
            Value::Bool(on) => json!(!on),
            Value::Number(number) => json!(number.as_f64().unwrap() + 1.0),
            Value::String(text) => json!(format!("{text}x")),
            _ => return None,
        };
        Some(json!({"op": "replace", "path": pointer, "value": other}))
    };
    assert_eq!(unseen(rewrite), [""; 0]);
}

#[test]
fn alternatives_that_contain_themselves_are_compared() {
    let with_itself = json!({ "oneOf": [{ "$ref": "#/components/schemas/Thing" }, { "type": "integer" }] });
    let found = lines(&many(1, &json!({ "type": "string" })), &many(1, &with_itself));
    assert!(!found.is_empty());
    let back = lines(&many(1, &with_itself), &many(1, &json!({ "type": "integer" })));
    assert!(!back.is_empty());
}

#[test]
fn path_parameters_that_swap_their_places_are_compared_where_they_stand() {
    let document = |path: &str, first: &str| {
        let parameter = |name: &str| {
            let kind = if name == first { "integer" } else { "string" };
            json!({ "name": name, "in": "path", "required": true, "schema": { "type": kind } })
        };
        let get = json!({
            "operationId": "get", "parameters": [parameter("x"), parameter("y")],
            "responses": { "200": { "description": "" } },
        });
        json!({ "openapi": "3.0.3", "paths": { path: { "get": get } } })
    };
    let swapped = lines(&document("/a/{x}/{y}", "x"), &document("/a/{y}/{x}", "x"));
    assert!(
        swapped.iter().any(|line| line.contains("renamed from x")),
        "{swapped:?}"
    );
    assert_eq!(
        swapped.iter().filter(|line| line.contains("type")).count(),
        2,
        "{swapped:?}"
    );
}
