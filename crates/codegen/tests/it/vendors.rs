//! What real documents contain, and what it becomes in the normalised document.

use account_provisioning_codegen::digest::digest;
use account_provisioning_codegen::{Options, canonical, generate, normalise};
use serde_json::{Value, json};

use crate::fixture::{GET, POST, and, document, it, received, sent, with};

/// What is generated, one fact per line.
fn facts(document: &Value) -> String {
    let build = normalise(document).unwrap();
    generate(&canonical::write(&build), Options::default()).unwrap();
    digest(&build).into_values().collect()
}

#[track_caller]
fn has(document: &Value, fact: &str) {
    let facts = facts(document);
    assert!(facts.lines().any(|line| line == fact), "no `{fact}` in:\n{facts}");
}

fn object(required: &[&str], properties: &[(&str, Value)]) -> Value {
    let properties: serde_json::Map<_, _> = properties.iter().map(|(k, v)| ((*k).to_owned(), v.clone())).collect();
    json!({ "type": "object", "required": required, "properties": properties })
}

fn text() -> Value {
    json!({ "type": "string" })
}

#[test]
fn document_without_components_is_generated() {
    let reply = json!({ "description": "", "content": { "application/json": { "schema": object(&["id"], &[("id", text())]) } } });
    let document = json!({
        "openapi": "3.0.3",
        "info": { "title": "Things", "version": "1" },
        "paths": { "/thing": { "get": { "operationId": "getThing", "responses": { "200": reply } } } }
    });
    has(&document, "getThing result 200: GetThingResponse");
    has(&document, "type GetThingResponse id: string, required");
}

#[test]
fn optional_body_is_an_option() {
    let document = with(&format!("{POST}/requestBody/required"), json!(false));
    has(&document, "createThing body: ThingRequest, optional");
}

#[test]
fn json_is_chosen_among_media_types() {
    let schema = json!({ "schema": { "$ref": "#/components/schemas/ThingRequest" } });
    let content = |types: &[&str]| -> Value { types.iter().map(|name| ((*name).to_owned(), schema.clone())).collect() };
    let at = format!("{POST}/requestBody/content");
    for (types, fact) in [
        (
            &["multipart/form-data", "Application/JSON; charset=utf-8"][..],
            "createThing body: ThingRequest",
        ),
        (
            &["application/x-www-form-urlencoded", "application/scim+json"],
            "createThing body: ThingRequest as application/scim+json",
        ),
        (
            &["text/plain", "application/x-www-form-urlencoded"],
            "createThing body: ThingRequest as application/x-www-form-urlencoded",
        ),
    ] {
        has(&with(&at, content(types)), fact);
    }
    let at = format!("{POST}/responses/201/content");
    for types in [&["text/csv", "application/hal+json"][..], &["*/*"]] {
        has(&with(&at, content(types)), "createThing result 201: ThingRequest");
    }
}

#[test]
fn successes_with_different_bodies_are_one_reply() {
    let responses = format!("{POST}/responses");
    let nothing = with(&format!("{responses}/204"), json!({ "description": "" }));
    has(&nothing, "createThing result 201 204: Thing or nothing");
    let other = json!({ "description": "", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Things" } } } });
    let several = with(&format!("{responses}/202"), other.clone());
    has(&several, "createThing result 201 202: CreateThingResponse");
    has(&several, "type CreateThingResponse id: string");
    has(&several, "type CreateThingResponse things: [Thing]");
    let all = with(&responses, json!({ "default": other }));
    has(&all, "createThing result default: Things");
    let redirect = with(&responses, json!({ "303": { "description": "" }, "default": other }));
    assert!(
        normalise(&redirect)
            .unwrap_err()
            .to_string()
            .contains("no response of class 2xx")
    );
}

#[test]
fn lists_in_one_parameter_name_their_separator() {
    let list = json!({ "type": "array", "items": { "type": "string" } });
    for (place, style, explode, fact) in [
        ("query", None, Some(false), "getThings query q: [string] joined by `,`"),
        (
            "query",
            Some("pipeDelimited"),
            None,
            "getThings query q: [string] joined by `|`",
        ),
        (
            "query",
            Some("spaceDelimited"),
            Some(false),
            "getThings query q: [string] joined by ` `",
        ),
        ("query", Some("form"), None, "getThings query q: [string]"),
        (
            "query",
            Some("spaceDelimited"),
            Some(true),
            "getThings query q: [string]",
        ),
        ("header", None, None, "getThings header q: [string] joined by `,`"),
    ] {
        let mut parameter = json!({ "name": "q", "in": place, "schema": list });
        if let Some(style) = style {
            parameter["style"] = json!(style);
        }
        if let Some(explode) = explode {
            parameter["explode"] = json!(explode);
        }
        has(&with(&format!("{GET}/parameters/-"), parameter), fact);
    }
}

#[test]
fn name_that_is_taken_keeps_its_name_on_the_wire() {
    let query = json!({ "name": "account_id", "in": "query", "schema": text() });
    let document = with(&format!("{GET}/parameters/-"), query);
    has(&document, "getThings query account_id: string");
    let code = generate(&canonical::write(&normalise(&document).unwrap()), Options::default()).unwrap();
    let code = code.split_whitespace().collect::<String>();
    for part in [
        "pubaccount_id_query:::std::option::Option<::std::string::String>",
        "add_query(&muturl,\"account_id\",&account_id_query",
    ] {
        assert!(code.contains(part), "no {part} in {code}");
    }
    let body = json!([{ "name": "body", "in": "query", "schema": text() }]);
    has(
        &with(&format!("{POST}/parameters"), body),
        "createThing query body: string",
    );
}

#[test]
fn parameters_with_names_of_progenitors_variables_are_sent() {
    for name in [
        "url",
        "api-version",
        "request",
        "response",
        "result",
        "info",
        "value",
        "client",
        "self",
    ] {
        for place in ["query", "header"] {
            let parameter = json!({ "name": name, "in": place, "schema": text() });
            let document = with(&format!("{GET}/parameters/-"), parameter);
            has(&document, &format!("getThings {place} {name}: string"));
        }
    }
}

#[test]
fn enumerations_of_other_values_become_their_type_and_name_the_values() {
    for (schema, new) in [
        (
            json!({ "type": "integer", "enum": [1, 2] }),
            json!({ "type": "integer", "description": "One of `1`, `2`." }),
        ),
        (
            json!({ "enum": [0.5, 1] }),
            json!({ "type": "number", "description": "One of `0.5`, `1`." }),
        ),
        (
            json!({ "type": "boolean", "enum": [true], "description": "It is gone." }),
            json!({ "type": "boolean", "description": "It is gone. Always `true`." }),
        ),
        (
            json!({ "type": "string", "enum": [1, "b"] }),
            json!({ "type": "string", "description": "One of `1`, `\"b\"`." }),
        ),
        (
            json!({ "enum": [1, "b"] }),
            json!({ "description": "One of `1`, `\"b\"`." }),
        ),
    ] {
        assert_eq!(it(&received(schema.clone()), "Thing"), new);
        facts(&received(schema));
    }
}

#[test]
fn values_of_signs_have_variants() {
    let document = received(json!({ "type": "string", "enum": ["", "*", "name", "-name", "asc", "ASC"] }));
    has(&document, "enum ThingIt = ");
    has(&document, "enum ThingIt = -name");
}

#[test]
fn required_property_without_a_schema_may_be_anything() {
    let document = and(document(), "/components/schemas/Thing/required", json!(["id", "nope"]));
    let document = and(document, "/components/schemas/ThingRequest/required", json!(["yes"]));
    has(&document, "type Thing nope: any");
    has(&document, "type ThingRequest yes: any, required");
    let document = and(
        document,
        "/components/schemas/ThingRequest/additionalProperties",
        json!({ "type": "integer" }),
    );
    has(&document, "type ThingRequest yes: integer, required");
}

#[test]
fn one_of_several_objects_is_an_enumeration_if_required_properties_tell_them_apart() {
    let one = object(&["mail"], &[("mail", text()), ("name", text())]);
    let other = object(&["phone"], &[("phone", text()), ("name", text())]);
    let document = sent(json!({ "oneOf": [one, other] }));
    has(&document, "type ThingRequestIt = ThingRequestItMail");
    has(&document, "type ThingRequestIt = ThingRequestItPhone");
    has(&document, "type ThingRequestItPhone phone: string, required");
}

#[test]
fn objects_that_cannot_be_told_apart_are_one_object_with_the_properties_of_all() {
    let cat = object(
        &["id", "kind"],
        &[
            ("id", text()),
            ("kind", json!({ "type": "string", "enum": ["cat"] })),
            ("lives", json!({ "type": "integer" })),
        ],
    );
    let dog = object(
        &["id"],
        &[
            ("id", json!({ "type": "string", "description": "Its id." })),
            ("kind", json!({ "type": "string", "enum": ["dog"] })),
            ("lives", text()),
            ("tail", json!({ "type": "boolean" })),
        ],
    );
    for keyword in ["oneOf", "anyOf"] {
        let document = received(json!({ keyword: [cat, dog] }));
        for fact in [
            "type ThingIt id: string, required",
            "type ThingIt kind: ThingItKind",
            "type ThingIt lives: any",
            "type ThingIt tail: boolean",
            "enum ThingItKind = cat",
            "enum ThingItKind = dog",
        ] {
            has(&document, fact);
        }
    }
}

#[test]
fn required_property_that_a_response_may_lack_tells_nothing_apart() {
    let at = json!({ "type": "string", "format": "date-time" });
    for mut property in [at, json!({ "type": "string", "nullable": true })] {
        property["description"] = json!("It may be missing.");
        let one = object(&["seen"], &[("seen", property)]);
        let other = object(&["phone"], &[("phone", text())]);
        has(
            &received(json!({ "oneOf": [one, other] })),
            "type ThingIt phone: string",
        );
    }
}

#[test]
fn alternatives_beside_properties_only_say_what_is_required() {
    let mut whole = object(&[], &[("mail", text()), ("phone", text())]);
    whole["anyOf"] = json!([{ "required": ["mail"] }, { "required": ["phone"] }]);
    let document = sent(whole.clone());
    has(&document, "type ThingRequestIt mail: string");
    has(&document, "type ThingRequestIt phone: string");
    let document = sent(json!({ "allOf": [whole, object(&["age"], &[("age", json!({ "type": "integer" }))])] }));
    has(&document, "type ThingRequestIt age: integer, required");
    has(&document, "type ThingRequestIt mail: string");
}

#[test]
fn other_alternatives_keep_the_value() {
    for (schema, fact) in [
        (
            json!({ "anyOf": [text(), { "type": "string", "format": "date-time" }] }),
            "type Thing it: string",
        ),
        (
            json!({ "oneOf": [{ "type": "string", "enum": ["a"] }, { "type": "string", "enum": ["b"] }] }),
            "enum ThingIt = b",
        ),
        (
            json!({ "oneOf": [text(), { "type": "integer" }] }),
            "type Thing it: any",
        ),
        (
            json!({ "anyOf": [{ "type": "integer" }, { "type": "number" }] }),
            "type Thing it: any",
        ),
        (
            json!({ "anyOf": [{ "$ref": "#/components/schemas/Things" }, { "type": "array", "items": text() }] }),
            "type Thing it: any",
        ),
        (
            json!({ "oneOf": [{ "$ref": "#/components/schemas/Things" }, { "nullable": true }] }),
            "type Thing it: Things or null",
        ),
        (
            json!({ "anyOf": [{ "type": "array", "items": text() }] }),
            "type Thing it: [string]",
        ),
        (
            json!({ "oneOf": [{ "type": "object" }, object(&[], &[("a", text())])] }),
            "type ThingIt [any other]: any",
        ),
        (json!({ "oneOf": [] }), "type Thing it: any"),
    ] {
        has(&received(schema), fact);
    }
    let raw = it(
        &received(json!({ "description": "Where.", "oneOf": [text(), { "type": "integer" }] })),
        "Thing",
    );
    assert_eq!(
        raw["description"],
        "Where. It has one of several forms, and is kept as JSON."
    );
    has(
        &sent(json!({ "nullable": true, "oneOf": [text(), { "type": "integer" }] })),
        "type ThingRequest it: any",
    );
}

#[test]
fn alternatives_that_contain_themselves_end() {
    let node = json!({ "oneOf": [{ "$ref": "#/components/schemas/Node" }, text()] });
    let document = and(
        received(json!({ "$ref": "#/components/schemas/Node" })),
        "/components/schemas/Node",
        node,
    );
    has(&document, "type Thing it: any");
    let tree = object(
        &[],
        &[
            ("left", json!({ "$ref": "#/components/schemas/Node" })),
            ("leaf", text()),
        ],
    );
    let other = object(&[], &[("leaf", text())]);
    let document = and(document, "/components/schemas/Node", json!({ "anyOf": [tree, other] }));
    has(&document, "type Node left: Node");
}
