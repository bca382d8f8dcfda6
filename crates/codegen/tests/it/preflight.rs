//! Every refusal: where it points, and what it says to do.

use account_provisioning_codegen::document::Document;
use account_provisioning_codegen::preflight::remarks;
use account_provisioning_codegen::{normalise, overlay};
use serde_json::{Value, json};

use crate::fixture::{GET, POST, and, document, only, received, with};

/// Asserts that normalising refuses a document for one reason.
fn refused(document: &Value, pointer: &str, message: &str, remedy: &str) {
    let error = normalise(document).expect_err("the document is refused");
    let (at, what, how) = only(&error);
    assert_eq!(at, pointer, "{error}");
    assert!(what.contains(message), "{error}");
    assert!(how.contains(remedy), "{error}");
}

fn query(extra: Value) -> (Value, String) {
    let mut parameter = json!({ "name": "q", "in": "query", "schema": { "type": "string" } });
    for (key, value) in extra.as_object().unwrap() {
        parameter[key] = value.clone();
    }
    (
        with(&format!("{GET}/parameters/-"), parameter),
        format!("{GET}/parameters/1"),
    )
}

#[test]
fn version_other_than_3_0_is_refused() {
    refused(
        &with("/openapi", json!("3.1.0")),
        "/openapi",
        "version `3.1.0`",
        "3.0.3",
    );
}

#[test]
fn reference_out_of_the_document_is_refused() {
    let document = received(json!({ "$ref": "other.yaml#/X" }));
    refused(
        &document,
        "/components/schemas/Thing/properties/it",
        "`other.yaml#/X` leads out",
        "`components`",
    );
}

#[test]
fn reference_to_nothing_is_refused() {
    let document = received(json!({ "$ref": "#/components/schemas/Nope" }));
    refused(
        &document,
        "/components/schemas/Thing/properties/it",
        "has no target",
        "correct the name",
    );
}

#[test]
fn path_item_by_reference_is_refused() {
    let document = with(
        "/paths/~1other",
        json!({ "$ref": "#/paths/~1accounts~1{account_id}~1things" }),
    );
    refused(
        &document,
        "/paths/~1other",
        "path item by reference",
        "replace the reference with the path item",
    );
}

#[test]
fn operation_without_an_id_is_refused() {
    let mut document = document();
    document
        .pointer_mut(GET)
        .unwrap()
        .as_object_mut()
        .unwrap()
        .remove("operationId");
    refused(&document, GET, "no operationId", "such as `getAccountsAccountIdThings`");
}

#[test]
fn operation_ids_that_become_one_method_are_refused() {
    let twice = with(&format!("{POST}/operationId"), json!("getThings"));
    refused(
        &twice,
        &format!("{POST}/operationId"),
        "`getThings` is used twice",
        "rename",
    );
    let alike = with(&format!("{POST}/operationId"), json!("get_things"));
    refused(
        &alike,
        &format!("{POST}/operationId"),
        "same name `get_things`",
        "rename",
    );
}

#[test]
fn retry_class_that_is_unknown_is_refused() {
    refused(
        &with(&format!("{POST}/x-retry"), json!("maybe")),
        &format!("{POST}/x-retry"),
        "\"maybe\"",
        "`never`",
    );
}

#[test]
fn request_media_types_other_than_one_we_send_are_refused() {
    let content = format!("{POST}/requestBody/content");
    let schema = json!({ "schema": { "type": "string" } });
    let several = with(&content, json!({ "multipart/form-data": schema, "text/plain": schema }));
    refused(
        &several,
        &format!("{content}/multipart~1form-data"),
        "`multipart/form-data` is not supported, and none of the others is JSON",
        "application/json",
    );
    let other = with(&content, json!({ "multipart/form-data": schema }));
    refused(
        &other,
        &format!("{content}/multipart~1form-data"),
        "`multipart/form-data` is not supported",
        "application/json",
    );
    let none = with(&content, json!({}));
    refused(&none, &content, "no media type", "application/json");
    let bare = with(&content, json!({ "application/json": {} }));
    refused(&bare, &format!("{content}/application~1json"), "no schema", "declare");
}

#[test]
fn form_with_a_list_is_refused() {
    let content = format!("{POST}/requestBody/content");
    let tags =
        json!({ "type": "object", "properties": { "tags": { "type": "array", "items": { "type": "string" } } } });
    let document = with(
        &content,
        json!({ "application/x-www-form-urlencoded": { "schema": tags } }),
    );
    refused(
        &document,
        &format!("{content}/application~1x-www-form-urlencoded/schema/properties/tags"),
        "field `tags` of a form is a list",
        "in the overlay",
    );
}

#[test]
fn reply_media_types_other_than_json_are_refused() {
    let content = format!("{POST}/responses/201/content");
    let schema = json!({ "schema": { "type": "string" } });
    refused(
        &with(&content, json!({ "text/csv": schema })),
        &format!("{content}/text~1csv"),
        "`text/csv` is not supported",
        "application/json",
    );
    refused(
        &with(&content, json!({ "application/json": {} })),
        &format!("{content}/application~1json"),
        "no schema",
        "declare",
    );
}

#[test]
fn parameter_with_content_is_refused() {
    let (document, at) = query(json!({ "content": { "application/json": { "schema": { "type": "array" } } } }));
    refused(
        &document,
        &format!("{at}/content"),
        "`content` instead of a schema",
        "make it a string in the overlay",
    );
}

#[test]
fn parameter_style_that_is_not_the_default_is_refused() {
    let (document, at) = query(json!({ "style": "deepObject" }));
    refused(&document, &format!("{at}/style"), "style `deepObject`", "`form`");
    let path = with("/components/parameters/AccountId/style", json!("label"));
    refused(
        &path,
        "/components/parameters/AccountId/style",
        "style `label`",
        "`simple`",
    );
    let lists = json!({ "type": "array", "items": { "type": "array", "items": { "type": "string" } } });
    let (document, at) = query(json!({ "schema": lists, "explode": false }));
    refused(&document, &format!("{at}/schema"), "list of lists", "overlay");
}

#[test]
fn parameter_in_a_cookie_is_refused() {
    let (document, at) = query(json!({ "in": "cookie" }));
    refused(&document, &at, "`cookie`", "remove it");
}

#[test]
fn parameter_that_is_an_object_is_refused() {
    let (document, at) = query(json!({ "schema": { "type": "object" } }));
    refused(&document, &format!("{at}/schema"), "of type object", "flat");
}

#[test]
fn path_parameters_that_do_not_fit_the_path_are_refused() {
    let path = json!({ "name": "nope", "in": "path", "required": true, "schema": { "type": "string" } });
    let document = with(&format!("{GET}/parameters/-"), path);
    refused(
        &document,
        &format!("{GET}/parameters/1"),
        "is not in the path",
        "correct",
    );
    let document = with(
        "/paths/~1b~1{b}",
        json!({ "get": { "operationId": "b", "responses": { "204": { "description": "" } } } }),
    );
    refused(
        &document,
        "/paths/~1b~1{b}/get",
        "`{b}`, which is not a parameter",
        "declare the path parameter `b`",
    );
    let document = with("/components/parameters/AccountId/required", json!(false));
    assert!(
        normalise(&document)
            .unwrap_err()
            .to_string()
            .contains("`account_id` is not required")
    );
}

#[test]
fn parameters_that_become_one_argument_are_refused() {
    let (mut document, at) = query(json!({ "name": "account-id" }));
    let more = json!({ "name": "account_id_query", "in": "query", "schema": { "type": "string" } });
    document = and(document, &format!("{GET}/parameters/-"), more);
    document = and(
        document,
        &format!("{GET}/parameters/-"),
        json!({ "name": "account.id", "in": "query", "schema": { "type": "string" } }),
    );
    let at = at.replace("/1", "/3");
    refused(&document, &at, "field `account_id`, which exists already", "overlay");
    for name in ["", "[]"] {
        let (document, at) = query(json!({ "name": name }));
        refused(&document, &at, "no letter or digit in its name", "overlay");
    }
}

#[test]
fn component_names_that_become_one_type_are_refused() {
    let document = with(
        "/components/schemas/things",
        json!({ "type": "object", "properties": {} }),
    );
    refused(&document, "/components/schemas/things", "same type `Things`", "rename");
}

#[test]
fn property_names_that_become_one_field_are_refused() {
    let document = with("/components/schemas/Thing/properties/ID", json!({ "type": "string" }));
    refused(
        &document,
        "/components/schemas/Thing/properties/id",
        "same field `id`",
        "overlay",
    );
}

#[test]
fn property_name_without_a_letter_is_refused() {
    for name in ["", "$"] {
        let at = format!("/components/schemas/Thing/properties/{name}");
        let document = with(&at, json!({ "type": "string" }));
        refused(&document, &at, "no letter or digit in its name", "overlay");
    }
}

#[test]
fn not_is_refused() {
    refused(
        &received(json!({ "not": { "type": "string" } })),
        "/components/schemas/Thing/properties/it/not",
        "`not`",
        "overlay",
    );
}

#[test]
fn type_lists_of_openapi_3_1_are_refused() {
    let at = "/components/schemas/Thing/properties/it/type";
    refused(
        &received(json!({ "type": ["string", "null"] })),
        at,
        "not one of OpenAPI 3.0",
        "nullable: true",
    );
}

#[test]
fn keywords_of_another_type_are_refused() {
    let at = "/components/schemas/Thing/properties/it";
    for (keyword, value, of) in [
        ("additionalProperties", json!({ "type": "string" }), "object"),
        ("items", json!({ "type": "string" }), "array"),
        ("properties", json!({ "id": { "type": "string" } }), "object"),
        ("required", json!([]), "object"),
    ] {
        for kind in ["string", "array", "object"].into_iter().filter(|kind| *kind != of) {
            let document = received(json!({ "type": kind, keyword: value }));
            let message = format!("`{keyword}` only applies to type {of}, but the type is {kind}");
            refused(
                &document,
                &format!("{at}/{keyword}"),
                &message,
                &format!("remove `{keyword}`"),
            );
        }
        assert!(normalise(&received(json!({ "type": of, keyword: value }))).is_ok());
    }
}

#[test]
fn overlay_that_gives_an_object_the_type_of_a_text_is_refused() {
    let at = "/components/schemas/Thing/properties/company";
    let company = json!({ "type": "object", "properties": { "name": { "type": "string" } } });
    let actions = "
overlay: 1.0.0
info: {title: t, version: '1'}
actions:
- target: $.components.schemas.Thing.properties.company
  description: The form is not told.
  update: {type: string, format: opaque}
";
    let source = Document::parse("openapi.yaml", &with(at, company).to_string()).unwrap();
    let overlaid = overlay::apply(source, Document::parse("overlay.yaml", actions).unwrap()).unwrap();
    refused(
        overlaid.value(),
        &format!("{at}/properties"),
        "`properties` only applies to type object, but the type is string",
        "in the overlay, or remove the action",
    );
}

#[test]
fn enums_that_are_empty_or_clash_are_refused() {
    let at = "/components/schemas/Thing/properties/it/enum";
    refused(
        &received(json!({ "type": "string", "enum": [] })),
        at,
        "no values",
        "list them",
    );
    refused(
        &received(json!({ "type": "string", "enum": ["a-b", "a_b"] })),
        at,
        "same variant `AB`",
        "remove one",
    );
}

#[test]
fn further_form_that_does_not_suit_its_property_is_refused() {
    let at = "/components/schemas/Thing/properties/it/x-reads";
    for schema in [
        json!({ "type": "string", "x-reads": "integer-or-text" }),
        json!({ "type": "integer", "x-reads": "one-or-many" }),
        json!({ "type": "integer", "x-reads": "roman" }),
    ] {
        refused(&received(schema), at, "does not allow it", "`one-or-many` on a list");
    }
    let required = and(
        received(json!({ "type": "integer", "x-reads": "integer-or-text" })),
        "/components/schemas/Thing/required",
        json!(["id", "it"]),
    );
    refused(&required, at, "does not allow it", "not required");
}

#[test]
fn alternatives_of_different_kinds_with_a_secret_are_refused() {
    let secret = json!({ "type": "object", "properties": { "pin": { "type": "string", "format": "password" } } });
    refused(
        &received(json!({ "oneOf": [{ "type": "string" }, secret] })),
        "/components/schemas/Thing",
        "contain a secret",
        "one object",
    );
}

#[test]
fn schemas_of_errors_alone_are_not_inspected() {
    let error =
        json!({ "description": "", "content": { "application/json": { "schema": { "not": { "type": "string" } } } } });
    assert!(normalise(&with(&format!("{POST}/responses/400"), error)).is_ok());
}

#[test]
fn remarks_are_the_media_types_that_are_not_chosen() {
    assert_eq!(remarks(&document()), []);
    let schema = json!({ "schema": { "type": "string" } });
    let document = with(
        &format!("{POST}/requestBody/content/application~1x-www-form-urlencoded"),
        schema.clone(),
    );
    let document = and(document, &format!("{GET}/responses/200/content/text~1csv"), schema);
    let found = remarks(&document);
    let lines: Vec<_> = found
        .iter()
        .map(|one| (one.pointer.as_str(), one.message.as_str()))
        .collect();
    assert_eq!(
        lines,
        [
            (
                format!("{GET}/responses/200/content").as_str(),
                "a response of `getThings` is read as `application/json`, and never as `text/csv`"
            ),
            (
                format!("{POST}/requestBody/content").as_str(),
                "the body of `createThing` is sent as `application/json`, and never as `application/x-www-form-urlencoded`"
            ),
        ]
    );
    normalise(&document).unwrap();
}

#[test]
fn header_whose_name_no_header_can_have_is_refused() {
    for name in ["X Y", "\u{dc}", "x:y"] {
        let header = json!({ "name": name, "in": "header", "schema": { "type": "string" } });
        refused(
            &with(&format!("{GET}/parameters/-"), header),
            &format!("{GET}/parameters/1/name"),
            "no header can have",
            "correct the name",
        );
    }
}

#[test]
fn what_has_to_be_an_object_and_is_none_is_refused_where_it_stands() {
    let thing = "/components/schemas/Thing/properties/it";
    for (value, below) in [
        (json!(null), ""),
        (json!("string"), ""),
        (
            json!({ "type": "object", "properties": { "a": null } }),
            "/properties/a",
        ),
        (json!({ "type": "array", "items": "string" }), "/items"),
    ] {
        refused(
            &received(value),
            &format!("{thing}{below}"),
            "not a schema",
            "write the schema",
        );
    }
    let response = format!("{GET}/responses/200");
    refused(
        &with(&response, json!("hello")),
        &response,
        "not a response",
        "write the response",
    );
    refused(
        &with("/paths/~1empty", json!(null)),
        "/paths/~1empty",
        "not a path item",
        "write the path item",
    );
}

#[test]
fn parameter_that_is_an_object_by_its_parts_is_refused() {
    let parts = json!({ "allOf": [{ "type": "object", "properties": { "a": { "type": "string" } } }] });
    for place in ["query", "header"] {
        let parameter = json!({ "name": "q", "in": place, "schema": parts });
        refused(
            &with(&format!("{GET}/parameters/-"), parameter),
            &format!("{GET}/parameters/1/schema"),
            "is of type object",
            "flat parameters",
        );
    }
}

#[test]
fn headers_that_openapi_ignores_are_left_out_with_a_remark() {
    for name in ["Accept", "authorization", "Content-Type"] {
        let header = json!({ "name": name, "in": "header", "schema": { "type": "string" } });
        let document = with(&format!("{GET}/parameters/-"), header);
        let normal = normalise(&document).unwrap();
        let parameters = normal.pointer(&format!("{GET}/parameters")).unwrap();
        assert_eq!(parameters.as_array().map(Vec::len), Some(2), "{parameters:#}");
        let told = remarks(&document);
        assert!(told.iter().any(|remark| remark.message.contains(name)), "{told:?}");
    }
}
