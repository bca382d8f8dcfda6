//! What OpenAPI 3.0 cannot say is refused with its place and the reason.

use serde_json::{Value, json};
use xtask::import::downgrade;

const SCHEMA: &str = "/paths/~1p/get/responses/200/content/application~1json/schema";

fn refusal(schema: &Value) -> (String, String) {
    let document = json!({ "openapi": "3.1.1", "paths": { "/p": { "get": { "responses": { "200": { "content": {
        "application/json": { "schema": schema } } } } } } } });
    let error = downgrade(&document, |_, _| true).expect_err("the schema is refused");
    let problem = &error.problems()[0];
    assert!(!problem.remedy.is_empty());
    (problem.pointer.clone(), problem.message.clone())
}

macro_rules! refusals {
    ($($name:ident: $schema:tt at $place:literal says $reason:literal;)+) => {
        $(#[test]
        fn $name() {
            let (place, message) = refusal(&json!($schema));
            assert_eq!(place, format!("{SCHEMA}{}", $place), "{message}");
            assert!(message.contains($reason), "{message}");
        })+
    };
}

refusals! {
    prefix_items_are_refused: { "prefixItems": [{}] } at "/prefixItems" says "each position of a list";
    pattern_properties_are_refused: { "patternProperties": { "^x-": {} } } at "/patternProperties" says "by a pattern for their names";
    pattern_for_every_property_beside_properties_is_refused:
        { "properties": { "a": {} }, "patternProperties": { ".*": { "type": "string" } } } at "/patternProperties" says "pattern";
    property_names_are_refused: { "propertyNames": { "maxLength": 3 } } at "/propertyNames" says "names of properties";
    dependent_schemas_are_refused: { "dependentSchemas": { "a": { "required": ["b"] } } } at "/dependentSchemas" says "depend on another";
    dependent_required_is_refused: { "dependentRequired": { "a": ["b"] } } at "/dependentRequired" says "depend on another";
    contains_is_refused: { "contains": { "type": "string" } } at "/contains" says "a certain item";
    unevaluated_properties_over_parts_are_refused:
        { "allOf": [{}], "unevaluatedProperties": false } at "/unevaluatedProperties" says "what other schemas";
    unevaluated_items_are_refused: { "unevaluatedItems": false } at "/unevaluatedItems" says "what other schemas";
    conditions_are_refused: { "if": { "required": ["a"] }, "then": { "required": ["b"] } } at "/if" says "depend on another";
    dynamic_references_are_refused: { "$dynamicRef": "#node" } at "/$dynamicRef" says "depends on the evaluation";
    schema_with_an_id_is_refused: { "$id": "https://schemas.example/a" } at "/$id" says "references";
    schema_inside_a_text_is_refused: { "type": "string", "contentSchema": {} } at "/contentSchema" says "encodes";
    encodings_without_a_format_are_refused: { "type": "string", "contentEncoding": "quoted-printable" } at "/contentEncoding" says "no format";
    schema_of_another_dialect_is_refused: { "$schema": "http://json-schema.org/draft-07/schema#" } at "/$schema" says "another dialect";
    const_that_no_value_of_the_enumeration_is_refused: { "enum": ["a"], "const": "b" } at "/const" says "no value is valid";
    null_that_fits_two_of_one_of_is_refused:
        { "oneOf": [{ "type": ["string", "null"] }, { "type": "null" }] } at "/oneOf" says "more than one";
    schema_that_is_none_is_refused: { "items": "string" } at "/items" says "not a schema";
    reference_out_of_the_document_is_refused: { "$ref": "other.yaml#/a" } at "" says "leads out of the document";
    reference_to_nothing_is_refused: { "$ref": "#/components/schemas/None" } at "" says "has no target";
}

#[test]
fn downgrade_shows_every_refusal_at_once() {
    let schema = json!({ "properties": { "a": { "contains": {"type": "string"} }, "b": { "$id": "b" } } });
    let document = json!({ "openapi": "3.1.0", "paths": { "/p": { "get": { "responses": { "200": { "content": {
        "application/json": { "schema": schema } } } } } } } });
    assert_eq!(downgrade(&document, |_, _| true).unwrap_err().problems().len(), 2);
}

#[test]
fn downgrade_ignores_what_no_kept_operation_reaches() {
    let document = json!({ "openapi": "3.1.0", "components": { "schemas": { "Odd": { "prefixItems": [{}] } } },
        "paths": { "/odd": { "get": { "responses": { "200": { "content": { "application/json": {
            "schema": { "$ref": "#/components/schemas/Odd" } } } } } } }, "/p": { "get": { "responses": {} } } } });
    assert!(downgrade(&document, |path, _| path == "/p").is_ok());
    let error = downgrade(&document, |_, _| true).unwrap_err();
    assert_eq!(error.problems()[0].pointer, "/components/schemas/Odd/prefixItems");
}

#[test]
fn downgrade_of_another_version_or_dialect_is_refused() {
    let error = downgrade(&json!({ "openapi": "4.0.0" }), |_, _| true).unwrap_err();
    assert_eq!(error.problems()[0].pointer, "/openapi");
    let other = json!({ "openapi": "3.1.0", "jsonSchemaDialect": "https://schemas.example/own", "paths": {} });
    assert_eq!(
        downgrade(&other, |_, _| true).unwrap_err().problems()[0].pointer,
        "/jsonSchemaDialect"
    );
}
