//! The surface digest.

use account_provisioning_codegen::digest::{SHARED, digest};
use account_provisioning_codegen::normalise;
use serde_json::{Value, json};

use crate::fixture::{GET, POST, and, document, received, with};

fn parts(document: &Value) -> std::collections::BTreeMap<String, String> {
    digest(&normalise(document).unwrap())
}

#[test]
fn digest_lists_operations_before_types_a_line_a_fact() {
    assert_eq!(
        parts(&document())["Things"],
        "createThing = POST /accounts/{account_id}/things\n\
         createThing body: ThingRequest\n\
         createThing result 201: Thing\n\
         getThings = GET /accounts/{account_id}/things\n\
         getThings errors: 401\n\
         getThings query ids: [string]\n\
         getThings result 200: Things\n\
         type Thing (response)\n\
         type Thing id: string, required\n\
         type ThingRequest (request)\n\
         type ThingRequest name: string\n\
         type Things (response)\n\
         type Things things: [Thing]\n"
    );
}

#[test]
fn digest_says_what_does_not_go_without_saying() {
    for (document, line) in [
        (
            with(&format!("{POST}/x-retry"), json!("never")),
            "createThing retry: never\n",
        ),
        (
            with(&format!("{POST}/security"), json!([])),
            "createThing authentication: none\n",
        ),
        (
            with("/components/parameters/AccountId/schema/type", json!("integer")),
            "createThing path account_id: integer, required\n",
        ),
    ] {
        let text = &parts(&document)["Things"];
        assert!(text.contains(line), "no `{line}` in:\n{text}");
    }
}

#[test]
fn digest_tells_kinds_of_values_apart() {
    for (schema, line) in [
        (
            json!({ "type": "string", "format": "password" }),
            "type Thing it: secret\n",
        ),
        (json!({ "type": "string", "format": "date" }), "type Thing it: date\n"),
        (
            json!({ "type": "integer", "format": "int32" }),
            "type Thing it: int32\n",
        ),
        (
            json!({ "type": "integer", "format": "epoch-seconds" }),
            "type Thing it: epoch-seconds\n",
        ),
        (
            json!({ "type": "string", "nullable": true }),
            "type Thing it: string or null\n",
        ),
        (json!({ "type": "object" }), "type Thing it: object\n"),
        (
            json!({ "type": "integer", "x-reads": "integer-or-text" }),
            "type Thing it: integer or text\n",
        ),
        (
            json!({ "type": "array", "items": { "type": "string" }, "x-reads": "one-or-many" }),
            "type Thing it: [string] or one\n",
        ),
        (
            json!({ "type": "object", "additionalProperties": { "type": "string" } }),
            "type Thing it: {string}\n",
        ),
        (
            json!({ "type": "string", "enum": ["b", "a"] }),
            "enum ThingIt = a\nenum ThingIt = b\n",
        ),
    ] {
        let text = &parts(&received(schema))["Things"];
        assert!(text.contains(line), "no `{line}` in:\n{text}");
    }
    let nullable = with(
        "/components/schemas/ThingRequest/properties/it",
        json!({ "type": "string", "nullable": true }),
    );
    assert!(parts(&nullable)["Things"].contains("type ThingRequest it: string or null\n"));
}

#[test]
fn types_of_several_tags_stand_under_shared() {
    let document = with(&format!("{GET}/tags"), json!(["Lists"]));
    let parts = parts(&document);
    assert_eq!(parts.keys().collect::<Vec<_>>(), ["Lists", SHARED, "Things"]);
    assert_eq!(
        parts[SHARED],
        "type Thing (response)\ntype Thing id: string, required\n"
    );
}

#[test]
fn descriptions_do_not_show() {
    let described = and(
        with(&format!("{POST}/description"), json!("new")),
        "/components/schemas/Thing/description",
        json!("new"),
    );
    assert_eq!(parts(&described), parts(&document()));
}
