//! Every rule of normalisation, before and after.

use account_provisioning_codegen::normalise;
use serde_json::{Value, json};

use crate::fixture::{GET, POST, and, document, it, only, received, sent, with};

fn normal(document: &Value) -> Value {
    normalise(document).unwrap()
}

#[test]
fn responses_with_errors_keep_the_success_and_tell_the_errors() {
    let operation = normal(&document()).pointer(GET).unwrap().clone();
    let responses: Vec<&String> = operation["responses"].as_object().unwrap().keys().collect();
    assert_eq!(responses, ["2XX"]);
    assert_eq!(operation["x-errors"], json!({ "401": "Who are you?" }));
    assert_eq!(operation["x-successes"], json!(["200"]));
}

#[test]
fn responses_with_equal_successes_become_one() {
    let same = document().pointer(&format!("{POST}/responses/201")).unwrap().clone();
    let operation = normal(&with(&format!("{POST}/responses/200"), same))
        .pointer(POST)
        .unwrap()
        .clone();
    assert_eq!(operation["x-successes"], json!(["200", "201"]));
    assert!(operation["responses"]["2XX"]["content"].is_object());
}

#[test]
fn responses_without_a_success_are_refused() {
    let document = with(
        &format!("{POST}/responses"),
        json!({ "400": { "description": "Bad." } }),
    );
    assert_eq!(only(&normalise(&document).unwrap_err()).0, format!("{POST}/responses"));
}

#[test]
fn parameters_of_the_path_move_into_the_operation_unless_it_has_its_own() {
    let own = json!({ "name": "account_id", "in": "path", "required": true, "description": "mine", "schema": { "type": "string" } });
    let document = normal(&with(&format!("{GET}/parameters/-"), own));
    let names = |pointer: &str| -> Vec<(Value, Value)> {
        let parameters = document.pointer(&format!("{pointer}/parameters")).unwrap();
        let list = parameters.as_array().unwrap();
        list.iter()
            .map(|p| (p["name"].clone(), p["description"].clone()))
            .collect()
    };
    assert_eq!(
        names(GET),
        [(json!("account_id"), json!("mine")), (json!("ids"), Value::Null)]
    );
    assert_eq!(names(POST), [(json!("account_id"), Value::Null)]);
    assert!(document["components"].get("parameters").is_none());
}

#[test]
fn all_of_with_more_than_a_description_becomes_one_named_object() {
    let body = json!({ "allOf": [{ "$ref": "#/components/schemas/ThingRequest" }], "required": ["name"], "properties": { "size": { "type": "integer" } } });
    let document = normal(&with(
        &format!("{POST}/requestBody/content/application~1json/schema"),
        body,
    ));
    let schema = document
        .pointer(&format!("{POST}/requestBody/content/application~1json/schema"))
        .unwrap();
    assert_eq!(schema, &json!({ "$ref": "#/components/schemas/CreateThingRequest" }));
    let component = &document["components"]["schemas"]["CreateThingRequest"];
    assert_eq!(component["required"], json!(["name"]));
    assert_eq!(
        component["properties"],
        json!({ "name": { "type": "string" }, "size": { "type": "integer" } })
    );
    assert_eq!(component["type"], "object");
}

#[test]
fn all_of_that_only_describes_a_reference_stays() {
    let described = json!({ "allOf": [{ "$ref": "#/components/schemas/Thing" }], "description": "the parent" });
    assert_eq!(it(&received(described.clone()), "Thing"), described);
}

#[test]
fn all_of_that_includes_itself_is_refused() {
    let document = with(
        "/components/schemas/Thing",
        json!({ "allOf": [{ "$ref": "#/components/schemas/Thing" }], "required": ["id"] }),
    );
    assert!(
        normalise(&document)
            .unwrap_err()
            .to_string()
            .contains("allOf includes itself")
    );
}

#[test]
fn alias_components_are_written_out_at_every_use() {
    let schemas = "/components/schemas";
    let document = and(
        document(),
        &format!("{schemas}/Ids"),
        json!({ "type": "array", "items": { "$ref": "#/components/schemas/Id" } }),
    );
    let document = and(
        document,
        &format!("{schemas}/Id"),
        json!({ "type": "string", "description": "an id" }),
    );
    let document = and(
        document,
        &format!("{schemas}/Thing/properties/it"),
        json!({ "$ref": "#/components/schemas/Ids" }),
    );
    assert_eq!(
        it(&document, "Thing"),
        json!({ "type": "array", "items": { "type": "string", "description": "an id" } })
    );
    assert!(normal(&document)["components"]["schemas"].get("Id").is_none());
}

#[test]
fn alias_components_in_a_circle_are_refused() {
    let document = with(
        "/components/schemas/Loop",
        json!({ "type": "array", "items": { "$ref": "#/components/schemas/Loop" } }),
    );
    let document = and(
        document,
        "/components/schemas/Thing/properties/it",
        json!({ "$ref": "#/components/schemas/Loop" }),
    );
    let error = normalise(&document).unwrap_err();
    let (at, message, _) = only(&error);
    assert_eq!(at, "/components/schemas/Loop");
    assert!(message.contains("refers to itself"), "{error}");
    let unused = with(
        "/components/schemas/Loop",
        document["components"]["schemas"]["Loop"].clone(),
    );
    assert!(normalise(&unused).is_ok(), "nothing uses it");
}

#[test]
fn inline_objects_become_components_named_after_their_place() {
    let document = normal(&received(json!({
        "type": "array",
        "items": { "type": "object", "properties": { "deep": { "type": "object", "properties": { "x": { "type": "string" } } } } }
    })));
    let schemas = &document["components"]["schemas"];
    assert_eq!(
        schemas["Thing"]["properties"]["it"]["items"],
        json!({ "$ref": "#/components/schemas/ThingItItem" })
    );
    assert_eq!(
        schemas["ThingItItem"]["properties"]["deep"],
        json!({ "$ref": "#/components/schemas/ThingItItemDeep" })
    );
    assert_eq!(schemas["ThingItItemDeep"]["x-direction"], "response");
}

#[test]
fn inline_objects_whose_name_is_taken_are_refused() {
    let document = received(json!({ "type": "object", "properties": { "x": { "type": "string" } } }));
    let document = and(
        document,
        "/components/schemas/ThingIt",
        json!({ "type": "object", "properties": { "y": { "type": "string" } } }),
    );
    let error = normalise(&document).unwrap_err();
    let (pointer, message, _) = only(&error);
    assert_eq!(pointer, "/components/schemas/Thing/properties/it");
    assert!(message.contains("`ThingIt`"), "{message}");
}

#[test]
fn inline_enums_become_components_and_equal_ones_are_shared() {
    let sort = |name: &str, values: Value| json!({ "name": name, "in": "query", "schema": { "type": "string", "enum": values, "default": "b" } });
    let document = received(json!({ "type": "string", "enum": ["x", "y", null], "description": "which" }));
    let document = and(
        document,
        &format!("{GET}/parameters/-"),
        sort("sort_by", json!(["a", "b"])),
    );
    let document = and(
        document,
        &format!("{POST}/parameters"),
        json!([sort("sort_by", json!(["a", "b"])), sort("order", json!(["a"]))]),
    );
    let document = normal(&document);
    let schemas = &document["components"]["schemas"];
    assert_eq!(schemas["SortBy"], json!({ "type": "string", "enum": ["a", "b"] }));
    assert_eq!(schemas["Order"]["enum"], json!(["a"]));
    assert_eq!(schemas["ThingIt"], json!({ "type": "string", "enum": ["x", "y"] }));
    assert_eq!(
        schemas["Thing"]["properties"]["it"],
        json!({ "allOf": [{ "$ref": "#/components/schemas/ThingIt" }], "description": "which", "nullable": true })
    );
    let parameter = document.pointer(&format!("{GET}/parameters/2")).unwrap();
    assert_eq!(parameter["schema"]["allOf"][0]["$ref"], "#/components/schemas/SortBy");
    assert_eq!(parameter["description"], "Default when absent: `b`.");
}

#[test]
fn inline_enums_with_other_values_take_the_longer_name_or_are_refused() {
    let parameter =
        |values: Value| json!([{ "name": "sort_by", "in": "query", "schema": { "type": "string", "enum": values } }]);
    let document = with("/components/schemas/SortBy", json!({ "type": "string", "enum": ["z"] }));
    let document = and(document, &format!("{GET}/parameters"), parameter(json!(["a"])));
    assert_eq!(
        normal(&document)["components"]["schemas"]["GetThingsSortBy"]["enum"],
        json!(["a"])
    );
    let document = and(
        document,
        "/components/schemas/GetThingsSortBy",
        json!({ "type": "string", "enum": ["q"] }),
    );
    let error = normalise(&document).unwrap_err();
    assert_eq!(only(&error).0, format!("{GET}/parameters/1/schema"));
}

#[test]
fn schemas_used_both_ways_are_split_and_enums_are_not() {
    let document = with(
        "/components/schemas/Both",
        json!({
            "type": "object",
            "required": ["made", "kept"],
            "properties": {
                "made": { "type": "string", "readOnly": true },
                "kept": { "type": "string" },
                "pin": { "type": "string", "writeOnly": true },
                "kind": { "$ref": "#/components/schemas/Kind" },
                "inner": { "$ref": "#/components/schemas/Both" }
            }
        }),
    );
    let document = and(
        document,
        "/components/schemas/Kind",
        json!({ "type": "string", "enum": ["a"] }),
    );
    let document = and(
        document,
        "/components/schemas/Thing/properties/it",
        json!({ "$ref": "#/components/schemas/Both" }),
    );
    let document = and(
        document,
        "/components/schemas/ThingRequest/properties/it",
        json!({ "$ref": "#/components/schemas/Both" }),
    );
    let document = normal(&document);
    let schemas = &document["components"]["schemas"];
    assert_eq!(
        schemas["Thing"]["properties"]["it"]["$ref"],
        "#/components/schemas/Both"
    );
    assert_eq!(
        schemas["ThingRequest"]["properties"]["it"]["$ref"],
        "#/components/schemas/BothRequest"
    );
    assert_eq!(
        schemas["BothRequest"]["properties"]["inner"]["$ref"],
        "#/components/schemas/BothRequest"
    );
    assert_eq!(schemas["BothRequest"]["x-direction"], "request");
    assert_eq!(schemas["BothRequest"]["required"], json!(["kept"]));
    assert!(schemas["BothRequest"]["properties"].get("made").is_none());
    assert!(schemas["Both"]["properties"].get("pin").is_none());
    assert_eq!(schemas["Both"]["required"], json!(["made", "kept"]));
    assert_eq!(
        schemas["BothRequest"]["properties"]["kind"],
        schemas["Both"]["properties"]["kind"]
    );
}

#[test]
fn schemas_used_both_ways_whose_copy_has_no_name_are_refused() {
    let document = with(
        "/components/schemas/Thing/properties/it",
        json!({ "$ref": "#/components/schemas/Both" }),
    );
    let document = and(
        document,
        "/components/schemas/ThingRequest/properties/it",
        json!({ "$ref": "#/components/schemas/Both" }),
    );
    let both = json!({ "type": "object", "properties": { "x": { "type": "string" } } });
    let document = and(document, "/components/schemas/Both", both.clone());
    let document = and(document, "/components/schemas/BothRequest", both);
    let error = normalise(&document).unwrap_err();
    assert_eq!(only(&error).0, "/components/schemas/Both");
}

#[test]
fn schemas_that_no_operation_reaches_are_dropped() {
    let document = with(
        "/components/schemas/ErrorBody",
        json!({ "anyOf": [{ "type": "string" }] }),
    );
    assert!(normal(&document)["components"]["schemas"].get("ErrorBody").is_none());
}

#[test]
fn optional_request_lists_and_maps_can_be_sent_empty() {
    let list = json!({ "type": "array", "items": { "type": "string" } });
    assert_eq!(it(&sent(list.clone()), "ThingRequest")["nullable"], true);
    assert_eq!(
        it(&sent(json!({ "type": "object" })), "ThingRequest"),
        json!({ "type": "object", "nullable": true })
    );
    let required = and(sent(list), "/components/schemas/ThingRequest/required", json!(["it"]));
    assert!(it(&required, "ThingRequest").get("nullable").is_none());
}

#[test]
fn response_lists_and_maps_lose_nullable() {
    let list = json!({ "type": "array", "items": { "type": "string" }, "nullable": true });
    assert!(it(&received(list), "Thing").get("nullable").is_none());
    assert!(
        it(&received(json!({ "type": "object", "nullable": true })), "Thing")
            .get("nullable")
            .is_none()
    );
}

#[test]
fn required_response_values_that_may_be_null_may_be_missing() {
    let document = and(
        received(json!({ "type": "string", "nullable": true })),
        "/components/schemas/Thing/required",
        json!(["id", "it"]),
    );
    assert_eq!(
        normal(&document)["components"]["schemas"]["Thing"]["required"],
        json!(["id"])
    );
}

#[test]
fn optional_request_scalars_that_may_be_null_become_a_component() {
    let text = sent(json!({ "type": "string", "nullable": true, "description": "d", "maxLength": 5 }));
    let document = normal(&text);
    assert_eq!(
        document["components"]["schemas"]["ThingRequest"]["properties"]["it"],
        json!({ "allOf": [{ "$ref": "#/components/schemas/NullableString" }], "description": "d At most `5` characters." })
    );
    assert_eq!(
        document["components"]["schemas"]["NullableString"]["x-nullable"],
        json!({ "type": "string" })
    );
    let moment = sent(json!({ "type": "string", "format": "date-time", "nullable": true }));
    assert_eq!(
        it(&moment, "ThingRequest")["$ref"],
        "#/components/schemas/NullableStringDateTime"
    );
    let kind = and(
        sent(json!({ "allOf": [{ "$ref": "#/components/schemas/Kind" }], "nullable": true })),
        "/components/schemas/Kind",
        json!({ "type": "string", "enum": ["a"] }),
    );
    assert_eq!(it(&kind, "ThingRequest")["$ref"], "#/components/schemas/NullableKind");
}

#[test]
fn optional_response_scalars_stay_nullable_options() {
    assert_eq!(
        it(&received(json!({ "type": "string", "nullable": true })), "Thing"),
        json!({ "type": "string", "nullable": true })
    );
}

#[test]
fn request_defaults_and_limits_are_told_instead() {
    let schema = json!({ "type": "integer", "default": 20, "minimum": 3, "maximum": 100, "description": "How many, up to 100." });
    assert_eq!(
        it(&sent(schema), "ThingRequest"),
        json!({ "type": "integer", "description": "How many, up to 100. At least `3`. Default when absent: `20`." })
    );
    let parameter = json!([{ "name": "ids", "in": "query", "schema": { "type": "array", "items": { "type": "string" }, "maxItems": 7 } }]);
    let document = normal(&with(&format!("{GET}/parameters"), parameter));
    let ids = document.pointer(&format!("{GET}/parameters/1")).unwrap();
    assert_eq!(ids["description"], "At most `7` items.");
    assert_eq!(ids["schema"], json!({ "type": "array", "items": { "type": "string" } }));
}

#[test]
fn secrets_by_direction_lose_everything_beside_their_format() {
    let secret = json!({ "type": "string", "format": "password", "minLength": 8, "example": "x", "description": "d" });
    assert_eq!(
        it(&sent(secret.clone()), "ThingRequest"),
        json!({ "type": "string", "format": "password", "description": "d At least `8` characters." })
    );
    assert_eq!(
        it(&received(secret), "Thing"),
        json!({ "type": "string", "format": "received-secret", "description": "d" })
    );
}

#[test]
fn response_constraints_are_stripped() {
    let strict = json!({
        "type": "array", "minItems": 1, "maxItems": 3, "uniqueItems": true,
        "items": { "type": "string", "minLength": 1, "maxLength": 2, "pattern": "^a", "default": "a", "title": "T", "example": "a", "format": "email" }
    });
    assert_eq!(
        it(&received(strict), "Thing"),
        json!({ "type": "array", "items": { "type": "string" } })
    );
    let number = json!({ "type": "number", "minimum": 1, "exclusiveMinimum": true, "maximum": 9, "multipleOf": 3, "format": "float" });
    assert_eq!(it(&received(number), "Thing"), json!({ "type": "number" }));
    let closed = and(
        document(),
        "/components/schemas/Thing/additionalProperties",
        json!(false),
    );
    assert!(
        normal(&closed)["components"]["schemas"]["Thing"]
            .get("additionalProperties")
            .is_none()
    );
}

#[test]
fn formats_with_a_type_of_their_own_stay() {
    for format in ["date", "date-time"] {
        assert_eq!(
            it(&received(json!({ "type": "string", "format": format })), "Thing")["format"],
            format
        );
    }
    for format in ["int32", "int64"] {
        assert_eq!(
            it(&received(json!({ "type": "integer", "format": format })), "Thing")["format"],
            format
        );
    }
    for format in ["uuid", "ipv4", "email", "binary"] {
        assert!(
            it(&received(json!({ "type": "string", "format": format })), "Thing")
                .get("format")
                .is_none()
        );
    }
}

#[test]
fn normalise_twice_gives_the_same_document() {
    assert_eq!(normal(&document()), normal(&document()));
}

/// The parts of a whole may each say something of a property, and none of it may be lost: least of all that it is a secret.
#[test]
fn property_in_several_parts_of_all_of_keeps_what_each_says() {
    let whole = |known: Value, more: Value| {
        let parts = json!([
            { "type": "object", "properties": { "key": known } },
            { "properties": { "key": more } },
        ]);
        let document = with("/components/schemas/Whole", json!({ "allOf": parts }));
        let whole = json!({ "$ref": "#/components/schemas/Whole" });
        let document = normal(&and(document, "/components/schemas/Thing/properties/it", whole));
        document["components"]["schemas"]["Whole"]["properties"]["key"].clone()
    };
    let secret = json!({ "type": "string", "format": "password" });
    let key = whole(secret.clone(), json!({ "description": "The key." }));
    assert_eq!(
        (&key["format"], &key["description"]),
        (&json!("received-secret"), &json!("The key."))
    );
    let key = whole(json!({ "description": "The key." }), secret.clone());
    assert_eq!(
        (&key["format"], &key["description"]),
        (&json!("received-secret"), &json!("The key."))
    );
    let key = whole(secret, json!({ "nullable": true, "description": "The key." }));
    assert_eq!(
        (&key["format"], &key["nullable"]),
        (&json!("received-secret"), &json!(true))
    );
    let key = whole(json!({ "type": "integer" }), json!({ "format": "int32" }));
    assert_eq!((&key["type"], &key["format"]), (&json!("integer"), &json!("int32")));
}

#[test]
fn schemas_that_contain_themselves_many_times_end() {
    let again = json!({ "$ref": "#/components/schemas/Again" });
    let many = json!({ "type": "object", "properties": { "a": again, "b": again, "c": again } });
    let mixed = json!({ "oneOf": [{ "type": "string" }, again] });
    let document = and(received(mixed), "/components/schemas/Again", many);
    assert_eq!(it(&document, "Thing").get("type"), None, "it may be anything");
    let around = json!({ "properties": { "x": { "type": "string" } }, "anyOf": [again, again, again] });
    let document = and(received(again.clone()), "/components/schemas/Again", around);
    // Refused or not, it ends.
    assert!(normalise(&document).is_ok());
}
