//! Applying overlays, and what is wrong with those that cannot be applied.

use account_provisioning_codegen::document::Document;
use account_provisioning_codegen::overlay::{self, Overlaid};
use account_provisioning_codegen::{Error, Problem};
use serde_json::{Value, json};

const FILE: &str = "openapi/things/overlay.yaml";

const SOURCE: &str = "\
a: {b: 1, list: [1, 2, 3], keep: true}
items: [{name: x}, {name: y}, {name: x}]
paths:
  /p/{id}:
    get: {deep: {}}
";

fn apply(actions: &str) -> Result<Value, Error> {
    overlaid(actions).map(|overlaid| overlaid.value().clone())
}

fn overlaid(actions: &str) -> Result<Overlaid, Error> {
    let yaml = format!("overlay: 1.0.0\ninfo: {{title: t, version: '1'}}\nactions:\n{actions}");
    let source = Document::parse("openapi/things/openapi.yaml", SOURCE)?;
    overlay::apply(source, Document::parse(FILE, &yaml)?)
}

#[test]
fn update_merges_objects_appends_lists_and_replaces_the_rest() {
    let result = apply("- {target: $.a, description: why, update: {b: 2, c: {d: 3}, list: [4]}}").unwrap();
    assert_eq!(
        result["a"],
        json!({ "b": 2, "c": { "d": 3 }, "list": [1, 2, 3, 4], "keep": true })
    );
}

#[test]
fn update_of_a_list_appends_the_value() {
    let result = apply("- {target: $.a.list, description: why, update: 9}").unwrap();
    assert_eq!(result["a"]["list"], json!([1, 2, 3, 9]));
}

#[test]
fn update_reaches_every_match_and_paths_with_slashes() {
    let result = apply("- {target: \"$.items[?@.name == 'x']\", description: why, update: {seen: true}}\n- {target: \"$.paths['/p/{id}'].get\", description: why, update: {deep: {x: 1}}}").unwrap();
    assert_eq!(
        result["items"],
        json!([{ "name": "x", "seen": true }, { "name": "y" }, { "name": "x", "seen": true }])
    );
    assert_eq!(result.pointer("/paths/~1p~1{id}/get/deep/x"), Some(&json!(1)));
}

#[test]
fn remove_takes_out_keys_and_every_matching_item() {
    let result = apply("- {target: $.a.b, description: why, remove: true}\n- {target: \"$.items[?@.name == 'x']\", description: why, remove: true}\n- {target: \"$.paths['/p/{id}']\", description: why, remove: true}").unwrap();
    assert_eq!(result["a"].get("b"), None);
    assert_eq!(result["items"], json!([{ "name": "y" }]));
    assert_eq!(result["paths"], json!({}));
}

#[test]
fn actions_see_what_earlier_actions_did() {
    let result = apply(
        "- {target: $.a, description: why, update: {new: {}}}\n- {target: $.a.new, description: why, update: {x: 1}}",
    )
    .unwrap();
    assert_eq!(result["a"]["new"]["x"], 1);
}

#[test]
fn target_that_matches_nothing_names_file_line_action_and_remedy() {
    let error =
        apply("- {target: $.a, description: why, update: {}}\n- {target: $.nope.x, description: why, remove: true}")
            .unwrap_err();
    assert_eq!(
        error.to_string(),
        "openapi/things/overlay.yaml:5: #/actions/1/target: target `$.nope.x` matches nothing in the document; \
         correct the path, or remove the action if the document no longer needs it"
    );
}

#[test]
fn actions_that_cannot_be_applied_are_refused_with_their_place() {
    for (action, pointer, message) in [
        (
            "- {target: 'a b', description: why, remove: true}",
            "/actions/0/target",
            "is not a JSONPath expression",
        ),
        ("- {description: why, remove: true}", "/actions/0", "no target"),
        ("- {target: $.a, remove: true}", "/actions/0", "has no reason"),
        (
            "- {target: $.a, description: why}",
            "/actions/0",
            "either update or remove",
        ),
        (
            "- {target: $.a, description: why, remove: true, update: {}}",
            "/actions/0",
            "either update or remove",
        ),
        (
            "- {target: $.a.b, description: why, update: {}}",
            "/actions/0/update",
            "cannot be merged into",
        ),
        (
            "- {target: $.a, description: why, update: 1}",
            "/actions/0/update",
            "cannot be merged into",
        ),
        (
            "- {target: $, description: why, remove: true}",
            "/actions/0/target",
            "cannot be removed",
        ),
    ] {
        let error = apply(action).unwrap_err();
        let problem = &error.problems()[0];
        assert_eq!(
            (problem.file.as_str(), problem.pointer.as_str()),
            (FILE, pointer),
            "{error}"
        );
        assert!(problem.message.contains(message), "{error}");
        assert!(problem.line.is_some() && !problem.remedy.is_empty(), "{error}");
    }
}

#[test]
fn overlay_of_another_version_or_without_actions_is_refused() {
    let document = Document::parse(FILE, "overlay: 2.0.0\n").unwrap();
    let error = overlay::apply(Document::parse("openapi.yaml", "{}").unwrap(), document).unwrap_err();
    let pointers: Vec<&str> = error
        .problems()
        .iter()
        .map(|problem| problem.pointer.as_str())
        .collect();
    assert_eq!(pointers, ["/actions", "/overlay"]);
}

#[test]
fn problems_in_what_an_action_wrote_point_into_the_overlay() {
    let overlaid = overlaid(
        "- {target: $.a, description: why, update: {keep: false}}\n\
         - target: $.paths['/p/{id}'].get\n  description: why\n  update:\n    deep:\n      x: 1\n\
         - {target: $.items, description: why, update: {name: z}}",
    )
    .unwrap();
    for (pointer, place) in [
        ("/a/b", "openapi/things/openapi.yaml:1"),
        ("/a/keep", "openapi/things/overlay.yaml:4"),
        ("/paths/~1p~1{id}/get/deep", "openapi/things/openapi.yaml:5"),
        ("/paths/~1p~1{id}/get/deep/x/y", "openapi/things/overlay.yaml:9"),
        ("/items/3/name/z", "openapi/things/overlay.yaml:10"),
        ("/nowhere", "openapi/things/openapi.yaml:1"),
    ] {
        let error = overlaid.locate(Problem::new(pointer, "m", "r").into());
        assert_eq!(error.to_string(), format!("{place}: #{pointer}: m; r"));
    }
}

#[test]
fn extensions_of_the_overlay_in_the_document_are_refused_with_line_and_remedy() {
    let overlay = "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions: []\n";
    let source = "paths:\n  /p:\n    get:\n      x-retry: never\ncomponents:\n  schemas:\n    A:\n      properties:\n        \
                  x-retry: {type: string}\n        a: {type: array, x-reads: one-or-many}\nx-ids: {}\n";
    let file = "openapi/things/openapi.yaml";
    let source = Document::parse(file, source).unwrap();
    let error = overlay::apply(source, Document::parse(FILE, overlay).unwrap()).unwrap_err();
    let lines: Vec<String> = error.to_string().lines().map(str::to_owned).collect();
    let starts = [
        "openapi/things/openapi.yaml:10: #/components/schemas/A/properties/a/x-reads: `x-reads` decides about",
        "openapi/things/openapi.yaml:4: #/paths/~1p/get/x-retry: `x-retry` decides about the Rust client",
        "openapi/things/openapi.yaml:11: #/x-ids: `x-ids` decides about",
    ];
    assert_eq!(lines.len(), starts.len(), "{lines:#?}");
    for (line, start) in lines.iter().zip(starts) {
        assert!(
            line.starts_with(start) && line.contains("move it to an action of `overlay.yaml`"),
            "{line}"
        );
    }
}
