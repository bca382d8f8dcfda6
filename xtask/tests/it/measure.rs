//! What a vendor's document would cost.

use std::fs;

use serde_json::{Value, json};
use xtask::measure::measure;

fn operation(id: &str, schema: &Value) -> Value {
    let content = json!({ "application/json": { "schema": schema } });
    json!({ "get": { "operationId": id, "responses": { "200": { "description": "", "content": content } } } })
}

fn object(property: &Value) -> Value {
    json!({ "type": "object", "properties": { "it": property } })
}

#[test]
fn report_counts_operations_and_has_one_line_per_refused_construct() {
    let not = object(&json!({ "not": { "type": "string" } }));
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": "Things", "version": "1" },
        "paths": {
            "/a": operation("a", &object(&json!({ "type": ["string", "null"] }))),
            "/b": operation("b", &not),
            "/c": operation("c", &not),
            "/d": operation("d", &object(&json!({ "type": "string", "enum": ["a-b", "a_b"] }))),
        }
    });
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("vendor.json");
    fs::write(&file, serde_json::to_string_pretty(&document).unwrap()).unwrap();
    let report = measure(&file).unwrap().report();
    let lines: Vec<&str> = report.lines().collect();
    let [first, not, clash] = lines[..] else {
        panic!("{report}")
    };
    assert_eq!(first, "1 of 4 operations are generated");
    for part in [
        "    2  GET /b: ",
        "vendor.json:",
        "/properties/it/not: `not` cannot be expressed",
        "; remove it",
    ] {
        assert!(not.contains(part), "no {part} in {not}");
    }
    assert!(
        clash.starts_with("    1  GET /d: ") && clash.contains("same variant `AB`"),
        "{clash}"
    );
}

/// Measures a document of these paths.
fn report(paths: &Value) -> String {
    let document = json!({ "openapi": "3.0.3", "info": { "title": "Things", "version": "1" }, "paths": paths });
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("vendor.json");
    fs::write(&file, serde_json::to_string_pretty(&document).unwrap()).unwrap();
    measure(&file).unwrap().report()
}

#[test]
fn operation_without_an_operation_id_is_measured_under_a_name_of_its_method_and_path() {
    let schema = object(&json!({ "type": "string" }));
    let unnamed = |schema: &Value| {
        let mut item = operation("", schema);
        item["get"].as_object_mut().unwrap().remove("operationId");
        item
    };
    let report = report(&json!({
        "/things": operation("listThings", &schema),
        "/parts": unnamed(&schema),
        "/things/parts": unnamed(&object(&json!({ "not": {} }))),
    }));
    let mut lines = report.lines();
    assert_eq!(lines.next(), Some("2 of 3 operations are generated"), "{report}");
    let remark = lines.next_back().unwrap();
    assert!(
        remark.starts_with("    2  GET /parts: ")
            && remark.contains("vendor.json:")
            && remark.contains("#/paths/~1parts/get: the operation needs an operationId; it is measured as `getParts`"),
        "{report}"
    );
}

#[test]
fn media_types_that_are_not_chosen_are_told_with_line_and_operation() {
    let schema = object(&json!({ "type": "string" }));
    let media = |others: &[&str]| {
        let all = others.iter().chain(&["application/json"]);
        all.map(|media| ((*media).to_owned(), json!({ "schema": schema })))
            .collect::<Value>()
    };
    let mut paths = json!({
        "/a": operation("a", &schema),
        "/b": operation("b", &schema),
        "/c": operation("c", &schema),
        "/d": operation("d", &schema),
    });
    for (path, others) in [("/a", &["text/csv"][..]), ("/b", &["text/csv"]), ("/c", &["text/xml"])] {
        paths[path]["get"]["responses"]["200"]["content"] = media(others);
    }
    paths["/d"]["get"]["requestBody"] = json!({ "content": media(&["application/json; charset=utf-8"]) });
    let report = report(&paths);
    let lines: Vec<&str> = report.lines().skip(3).collect();
    let [two, one] = lines[..] else { panic!("{report}") };
    assert!(
        report.starts_with("4 of 4 operations are generated\n\nto know, although it refuses nothing:\n"),
        "{report}"
    );
    assert!(
        two.starts_with("    2  GET /a: ") && two.contains("vendor.json:")
            && two.contains("#/paths/~1a/get/responses/200/content: a response of `a` is read as `application/json`, and never as `text/csv`"),
        "{report}"
    );
    assert!(
        one.starts_with("    1  GET /c: ") && one.contains("never as `text/xml`"),
        "{report}"
    );
}
