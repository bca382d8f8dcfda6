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
