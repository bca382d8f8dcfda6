//! Each rule from OpenAPI 3.1 to 3.0: what it writes, and that both forms take the same values.

use jsonschema::Draft;
use serde_json::{Value, json};
use xtask::import::downgrade;

/// Components that the rules refer to.
fn components() -> Value {
    json!({ "schemas": {
        "Text": { "type": "string", "maxLength": 3 },
        "TextOrNull": { "type": ["string", "null"] },
        "Thing": { "type": "object", "properties": { "a": { "type": "integer" } }, "required": ["a"] },
        "Tree": { "type": "object", "properties": { "inner": { "$ref": "#/components/schemas/Tree" } } },
        "Held": { "type": "object", "$defs": { "part": { "type": "integer" } }, "properties": {
            "b": { "$ref": "#/components/schemas/Held/$defs/part" }, "a": { "type": ["boolean", "null"] } } },
    } })
}

fn document(schema: &Value) -> Value {
    json!({ "openapi": "3.1.0", "info": { "version": "1" }, "components": components(), "paths": { "/p": { "get": {
        "responses": { "200": { "content": { "application/json": { "schema": schema } } } } } } } })
}

/// Brings a schema down, together with the components that it refers to.
fn lowered(schema: &Value) -> (Value, Value) {
    let document = downgrade(&document(schema), |_, _| true).unwrap().document;
    let place = "/paths/~1p/get/responses/200/content/application~1json/schema";
    (document.pointer(place).unwrap().clone(), document["components"].clone())
}

/// OpenAPI 3.0 as the JSON Schema draft 4 that it extends: `nullable` is the difference that counts here.
fn draft_4(schema: &Value) -> Value {
    let Some(map) = schema.as_object() else {
        return schema.clone();
    };
    let mut out = serde_json::Map::new();
    for (key, value) in map {
        let value = match key.as_str() {
            "properties" | "schemas" => value
                .as_object()
                .unwrap()
                .iter()
                .map(|(name, schema)| (name.clone(), draft_4(schema)))
                .collect(),
            "allOf" | "anyOf" | "oneOf" => value.as_array().unwrap().iter().map(draft_4).collect(),
            "items" | "not" | "additionalProperties" => draft_4(value),
            "nullable" => continue,
            _ => value.clone(),
        };
        out.insert(key.clone(), value);
    }
    if map.get("nullable") == Some(&json!(true)) {
        return json!({ "anyOf": [out, { "enum": [null] }] });
    }
    Value::Object(out)
}

/// Values of every kind.
fn values() -> Vec<Value> {
    let scalars = json!([
        null, true, false, 0, 1, 2, 3, 4, 5, 1.5, 2.5, -1, "", "a", "b", "abc", "abcd", "null"
    ]);
    let lists = json!([[], [1], ["a"], [null], [1, 2, 3], ["abcd"], [1, 1]]);
    let objects = json!([
        {}, { "a": 1 }, { "a": "x" }, { "a": null }, { "a": true }, { "b": 1 }, { "b": "x" }, { "a": 1, "b": 2 }, { "a": 1, "b": "x" },
        { "a": 1, "c": 1 }, { "x": "abc" }, { "x": 1 }, { "inner": {} }, { "inner": { "inner": 1 } }, { "inner": 1 },
        { "a": "abcd" }, { "kind": "one" },
    ]);
    [scalars, lists, objects]
        .iter()
        .flat_map(|list| list.as_array().unwrap().clone())
        .collect()
}

/// Asserts what a rule writes, that both forms take the same values, and that the values can tell a wrong form.
fn assert_rule(newer: &Value, expected: &Value) {
    let (older, parts) = lowered(newer);
    assert_eq!(older, *expected, "from {newer}");
    assert_same_values(newer, &older, &parts);
}

fn assert_same_values(newer: &Value, older: &Value, parts: &Value) {
    let build = |draft: Draft, schema: Value, components: Value| {
        let root = json!({ "allOf": [schema], "components": components });
        jsonschema::options().with_draft(draft).build(&root).unwrap()
    };
    let schemas = draft_4(&json!({ "schemas": parts["schemas"].as_object().cloned().unwrap_or_default() }));
    let one = build(Draft::Draft202012, newer.clone(), components());
    let other = build(Draft::Draft4, draft_4(older), schemas);
    let (mut taken, mut refused) = (0, 0);
    for value in values() {
        assert_eq!(
            one.is_valid(&value),
            other.is_valid(&value),
            "{value} against {newer} and {older}"
        );
        if one.is_valid(&value) { taken += 1 } else { refused += 1 }
    }
    let tells = *newer == json!(true)
        || *newer == json!(false)
        || newer["description"] == "takes all"
        || taken > 0 && refused > 0;
    assert!(
        tells,
        "no value tells {newer} from a wrong form: {taken} taken, {refused} refused"
    );
}

macro_rules! rules {
    ($($name:ident: $newer:tt => $older:tt;)+) => {
        $(#[test]
        fn $name() {
            assert_rule(&json!($newer), &json!($older));
        })+
    };
}

rules! {
    type_with_null_becomes_nullable: { "type": ["string", "null"] } => { "type": "string", "nullable": true };
    type_in_a_list_of_one_becomes_the_type: { "type": ["integer"] } => { "type": "integer" };
    type_null_alone_becomes_an_enumeration_of_null:
        { "type": "null" } => { "type": "string", "nullable": true, "enum": [null] };
    types_become_alternatives: { "type": ["string", "integer"], "maxLength": 3 }
        => { "oneOf": [{ "type": "string" }, { "type": "integer" }], "maxLength": 3 };
    types_with_null_become_nullable_alternatives: { "type": ["string", "boolean", "null"] }
        => { "oneOf": [{ "type": "string" }, { "type": "boolean" }], "nullable": true };
    types_number_and_integer_beside_another_become_number: { "type": ["integer", "string", "number"] }
        => { "oneOf": [{ "type": "string" }, { "type": "number" }] };
    types_number_and_integer_become_number: { "type": ["number", "integer", "null"] }
        => { "type": "number", "nullable": true };
    types_beside_any_of_stand_beside_it:
        { "type": ["string", "integer"], "anyOf": [{ "maxLength": 1 }, { "minimum": 2 }] }
        => { "anyOf": [{ "maxLength": 1 }, { "minimum": 2 }], "oneOf": [{ "type": "string" }, { "type": "integer" }] };
    types_beside_one_of_stay_apart:
        { "type": ["string", "integer"], "oneOf": [{ "enum": ["a", 1] }, { "enum": ["b", true] }] }
        => { "oneOf": [{ "enum": ["a", 1] }, { "enum": ["b", true] }], "allOf": [{ "oneOf": [{ "type": "string" }, { "type": "integer" }] }] };
    types_with_null_beside_one_of_stay_apart:
        { "type": ["string", "integer", "null"], "oneOf": [{ "enum": ["a", null] }, { "enum": ["b", true] }] }
        => { "oneOf": [{ "type": "string", "enum": ["a", null], "nullable": true }, { "enum": ["b", true] }], "nullable": true,
            "allOf": [{ "oneOf": [{ "type": "string" }, { "type": "integer" }], "nullable": true }] };
    const_becomes_an_enumeration_of_one: { "const": "a" } => { "type": "string", "enum": ["a"] };
    const_null_becomes_an_enumeration_of_null:
        { "const": null } => { "type": "string", "nullable": true, "enum": [null] };
    const_among_the_values_of_an_enumeration_is_the_one: { "type": "string", "enum": ["a", "b"], "const": "b" }
        => { "type": "string", "enum": ["b"] };
    enum_with_null_and_no_type_becomes_nullable: { "enum": ["a", null] }
        => { "type": "string", "nullable": true, "enum": ["a", null] };
    enum_with_null_that_the_type_excludes_loses_it: { "type": "string", "enum": ["a", null] }
        => { "type": "string", "enum": ["a"] };
    enum_without_null_under_a_type_with_null_is_not_nullable: { "type": ["string", "null"], "enum": ["a"] }
        => { "type": "string", "enum": ["a"] };
    enum_of_several_kinds_stays_without_a_type: { "enum": ["a", 1, null] } => { "enum": ["a", 1, null] };
    exclusive_minimum_becomes_a_flag: { "type": "integer", "exclusiveMinimum": 1 }
        => { "type": "integer", "minimum": 1, "exclusiveMinimum": true };
    exclusive_maximum_becomes_a_flag: { "type": "number", "exclusiveMaximum": 2.5 }
        => { "type": "number", "maximum": 2.5, "exclusiveMaximum": true };
    exclusive_minimum_below_the_minimum_says_nothing: { "type": "integer", "minimum": 3, "exclusiveMinimum": 1 }
        => { "type": "integer", "minimum": 3 };
    exclusive_minimum_at_the_minimum_wins: { "type": "integer", "minimum": 3, "exclusiveMinimum": 3 }
        => { "type": "integer", "minimum": 3, "exclusiveMinimum": true };
    exclusive_maximum_below_the_maximum_wins: { "type": "integer", "maximum": 4, "exclusiveMaximum": 3 }
        => { "type": "integer", "maximum": 3, "exclusiveMaximum": true };
    reference_with_words_stays_a_reference: { "$ref": "#/components/schemas/Text", "description": "words" }
        => { "$ref": "#/components/schemas/Text" };
    reference_with_keywords_becomes_all_of: { "$ref": "#/components/schemas/Text", "minLength": 2 }
        => { "allOf": [{ "$ref": "#/components/schemas/Text" }], "minLength": 2 };
    reference_beside_all_of_joins_it: { "$ref": "#/components/schemas/Thing", "allOf": [{ "required": ["b"] }] }
        => { "allOf": [{ "$ref": "#/components/schemas/Thing" }, { "required": ["b"] }] };
    reference_with_null_beside_is_not_nullable_when_the_component_is_not:
        { "$ref": "#/components/schemas/Text", "type": ["string", "null"] }
        => { "allOf": [{ "$ref": "#/components/schemas/Text" }], "type": "string" };
    reference_or_null_becomes_nullable: { "anyOf": [{ "$ref": "#/components/schemas/Thing" }, { "type": "null" }] }
        => { "allOf": [{ "$ref": "#/components/schemas/Thing" }], "nullable": true };
    one_of_reference_or_null_becomes_nullable: { "oneOf": [{ "$ref": "#/components/schemas/Thing" }, { "type": "null" }] }
        => { "allOf": [{ "$ref": "#/components/schemas/Thing" }], "nullable": true };
    schema_or_null_becomes_nullable: { "anyOf": [{ "type": "array", "items": { "type": "integer" } }, { "type": "null" }] }
        => { "type": "array", "items": { "type": "integer" }, "nullable": true };
    several_or_null_become_nullable_alternatives:
        { "anyOf": [{ "$ref": "#/components/schemas/Text" }, { "type": "integer" }, { "type": "null" }] }
        => { "anyOf": [{ "$ref": "#/components/schemas/Text" }, { "type": "integer" }], "nullable": true };
    null_among_alternatives_that_the_type_excludes_is_dropped:
        { "type": "object", "anyOf": [{ "required": ["a"] }, { "type": "null" }] }
        => { "type": "object", "allOf": [{ "required": ["a"] }] };
    type_with_null_over_alternatives_without_it_is_not_nullable:
        { "type": ["object", "null"], "anyOf": [{ "$ref": "#/components/schemas/Thing" }, { "$ref": "#/components/schemas/Text" }] }
        => { "type": "object", "anyOf": [{ "$ref": "#/components/schemas/Thing" }, { "$ref": "#/components/schemas/Text" }] };
    type_with_null_over_alternatives_with_it_is_nullable:
        { "type": ["string", "null"], "anyOf": [{ "$ref": "#/components/schemas/TextOrNull" }, { "type": "integer" }] }
        => { "type": "string", "nullable": true, "anyOf": [{ "$ref": "#/components/schemas/TextOrNull" }, { "type": "integer" }] };
    schema_true_takes_anything: true => {};
    schema_false_takes_nothing: false => { "not": {} };
    property_that_is_false_takes_nothing: { "type": "object", "properties": { "a": false } }
        => { "type": "object", "properties": { "a": { "not": {} } } };
    items_that_are_false_take_nothing: { "type": "array", "items": false } => { "type": "array", "items": { "not": {} } };
    array_without_items_gets_them: { "type": ["array", "null"] } => { "type": "array", "items": {}, "nullable": true };
    additional_properties_that_are_false_stay_so: { "type": "object", "properties": { "a": true }, "additionalProperties": false }
        => { "type": "object", "properties": { "a": {} }, "additionalProperties": false };
    additional_properties_are_brought_down: { "type": "object", "additionalProperties": { "type": ["string", "null"] } }
        => { "type": "object", "additionalProperties": { "type": "string", "nullable": true } };
    unevaluated_properties_of_one_schema_are_additional_ones:
        { "type": "object", "properties": { "a": { "type": "integer" } }, "unevaluatedProperties": false }
        => { "type": "object", "properties": { "a": { "type": "integer" } }, "additionalProperties": false };
    pattern_for_every_property_is_additional_properties: { "type": "object", "patternProperties": { "^.*$": { "type": "integer" } } }
        => { "type": "object", "additionalProperties": { "type": "integer" } };
    keywords_that_say_nothing_are_dropped:
        { "type": "object", "propertyNames": { "type": "string" }, "unevaluatedItems": true, "$comment": "c", "$anchor": "a", "then": {} }
        => { "type": "object" };
    examples_and_words_are_dropped: { "type": "string", "examples": ["a"], "title": "t", "description": "d", "x-more": 1 }
        => { "type": "string" };
    inner_schemas_are_brought_down:
        { "type": "object", "properties": { "a": { "type": ["integer", "null"] } }, "not": { "required": ["b"] } }
        => { "type": "object", "properties": { "a": { "type": "integer", "nullable": true } }, "not": { "required": ["b"] } };
    schemas_that_contain_themselves_end: { "$ref": "#/components/schemas/Tree" } => { "$ref": "#/components/schemas/Tree" };
    definitions_inside_a_schema_become_components: { "$ref": "#/components/schemas/Held" } => { "$ref": "#/components/schemas/Held" };
    bytes_in_base64_get_a_format: { "type": "string", "contentEncoding": "base64" } => { "type": "string", "format": "byte" };
    bytes_as_they_are_get_a_format: { "type": "string", "contentMediaType": "application/octet-stream" }
        => { "type": "string", "format": "binary" };
    media_type_of_bytes_in_base64_is_dropped:
        { "type": "string", "contentEncoding": "base64", "contentMediaType": "image/png" }
        => { "type": "string", "format": "byte" };
}

#[test]
fn definition_inside_a_schema_is_named_by_its_place() {
    let (_, components) = lowered(&json!({ "$ref": "#/components/schemas/Held" }));
    assert_eq!(components["schemas"]["HeldPart"], json!({ "type": "integer" }));
    assert_eq!(
        components["schemas"]["Held"]["properties"]["b"],
        json!({ "$ref": "#/components/schemas/HeldPart" })
    );
}

#[test]
fn components_that_nothing_reaches_stay_out() {
    let (_, components) = lowered(&json!({ "$ref": "#/components/schemas/Text" }));
    assert_eq!(
        components["schemas"],
        json!({ "Text": { "type": "string", "maxLength": 3 } })
    );
}

#[test]
fn downgrade_of_a_document_of_3_0_ignores_what_stands_beside_a_reference() {
    let mut document = document(&json!({ "$ref": "#/components/schemas/Text", "nullable": true }));
    document["openapi"] = json!("3.0.1");
    document["components"]["schemas"]["Text"] =
        json!({ "type": "string", "nullable": true, "minimum": 1, "exclusiveMinimum": true });
    let lowered = downgrade(&document, |_, _| true).unwrap().document;
    assert_eq!(
        lowered["components"]["schemas"]["Text"],
        document["components"]["schemas"]["Text"]
    );
    let place = "/paths/~1p/get/responses/200/content/application~1json/schema";
    assert_eq!(
        lowered.pointer(place),
        Some(&json!({ "$ref": "#/components/schemas/Text" }))
    );
}

#[test]
fn downgrade_of_a_shared_path_item_writes_it_out() {
    let mut document = document(&json!({ "type": "string" }));
    document["components"]["pathItems"] = json!({ "P": document["paths"]["/p"] });
    document["paths"]["/p"] = json!({ "$ref": "#/components/pathItems/P" });
    let lowered = downgrade(&document, |_, _| true).unwrap().document;
    assert_eq!(
        lowered["paths"]["/p"]["get"]["responses"]["200"]["content"]["application/json"]["schema"],
        json!({ "type": "string" })
    );
}
