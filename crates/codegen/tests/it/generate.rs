//! What the generated code says.

use account_provisioning_codegen::generate::excerpts;
use account_provisioning_codegen::{Options, canonical, generate, normalise};
use serde_json::{Value, json};

use crate::fixture::{GET, POST, and, document, received, sent, with};

fn code(document: &Value) -> String {
    code_with(document, Options::default())
}

fn code_with(document: &Value, options: Options) -> String {
    generate(&canonical::write(&normalise(document).unwrap()), options).unwrap()
}

/// A method or type of the code, on one line and without the spaces that its width asks for.
fn item(code: &str, name: &str) -> String {
    let text = excerpts(code, &[name])
        .remove(0)
        .unwrap_or_else(|| panic!("no `{name}` in:\n{code}"));
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace("< ", "<")
        .replace(", >", ">")
}

#[track_caller]
fn has(text: &str, part: &str) {
    assert!(text.contains(part), "no `{part}` in:\n{text}");
}

#[test]
fn generate_twice_gives_the_same_bytes() {
    assert_eq!(code(&document()), code(&document()));
}

#[test]
fn code_has_no_way_past_the_runtime() {
    let code = code(&document());
    for gone in [
        "struct Client",
        "mod prelude",
        "async fn",
        "ClientHooks",
        "api-version",
        "ResponseValue",
    ] {
        assert!(!code.contains(gone), "{gone} in:\n{code}");
    }
    has(&code, "impl ::account_provisioning_core::Request for GetThings");
}

#[test]
fn requests_have_named_fields_and_say_what_comes_back() {
    let code = code(&document());
    let create = item(&code, "create_thing");
    has(&create, "pub body: types::ThingRequest,");
    has(
        &create,
        "pub fn new(account_id: ::std::string::String, body: types::ThingRequest) -> Self",
    );
    has(
        &create,
        "type Reply = types::Thing; const REPLY: ::account_provisioning_core::ReplyKind = \
         ::account_provisioning_core::ReplyKind::Json( &[\"id\"], );",
    );
    has(
        &create,
        "const OPERATION: &'static ::account_provisioning_core::OperationInfo = &OPERATIONS[0usize];",
    );
    let get = item(&code, "get_things");
    has(
        &get,
        "#[derive(Clone, Debug, PartialEq)] #[non_exhaustive] pub struct GetThings {",
    );
    has(
        &get,
        "pub ids: ::std::option::Option<::std::vec::Vec<::std::string::String>>,",
    );
    has(&get, "Self { account_id, ids: ::std::option::Option::None, }");
    has(
        &get,
        "::account_provisioning_core::id::segment(\"account id\", account_id)",
    );
    has(
        &get,
        "::account_provisioning_core::add_query(&mut url, \"ids\", &ids)?;",
    );
}

#[test]
fn request_with_a_secret_is_not_comparable_and_redacts_it() {
    let document = with(
        "/components/schemas/ThingRequest/properties/password",
        json!({ "type": "string", "format": "password" }),
    );
    let code = code(&document);
    has(
        &item(&code, "create_thing"),
        "#[derive(Clone, Debug)] #[non_exhaustive] pub struct CreateThing",
    );
    assert!(!item(&code, "ThingRequest").contains("PartialEq"));
    has(&item(&code, "Thing"), "PartialEq");
}

/// The document with a type for the ids of things, in a response, a list, a query and a path.
fn with_ids() -> Value {
    let mut document = document();
    document["x-ids"] = json!({ "thing-id": "Identifies a thing.", "account-id": { "description": "Identifies an account.", "numbers": true } });
    document["components"]["parameters"]["AccountId"]["schema"]["format"] = json!("account-id");
    document["components"]["schemas"]["Thing"]["properties"] = json!({
        "id": { "type": "string", "format": "thing-id", "minLength": 3, "x-own": true, "description": "Its id." },
        "parents": { "type": "array", "items": { "type": "string", "format": "thing-id" } },
        "by_name": { "type": "object", "additionalProperties": { "$ref": "#/components/schemas/AnyId" } }
    });
    document["components"]["schemas"]["AnyId"] = json!({ "type": "string", "format": "thing-id", "default": "a" });
    document["components"]["schemas"]["ThingRequest"]["properties"]["parent"] =
        json!({ "type": "string", "format": "thing-id", "nullable": true });
    document["paths"]["/accounts/{account_id}/things"]["get"]["parameters"][0]["schema"]["items"]["format"] =
        json!("thing-id");
    document
}

#[test]
fn ids_have_the_type_that_their_format_chooses() {
    let code = code(&with_ids());
    let thing = item(&code, "Thing");
    has(&thing, "pub id: super::ids::ThingId,");
    has(&thing, "pub parents: ::std::vec::Vec<super::ids::ThingId>,");
    has(&thing, "BTreeMap<::std::string::String, super::ids::ThingId>");
    has(
        &item(&code, "ThingRequest"),
        "::account_provisioning_core::Nullable<super::ids::ThingId>",
    );
    let get = item(&code, "get_things");
    has(&get, "pub account_id: super::ids::AccountId,");
    has(&get, "::std::vec::Vec<super::ids::ThingId>");
    has(
        &get,
        "impl ::account_provisioning_core::PathId<super::ids::AccountId> for GetThings",
    );
    let id = item(&code, "thing_id");
    has(
        &id,
        "/// Identifies a thing. #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)] pub struct ThingId",
    );
    has(&id, "validate_path_segment(\"thing id\", &id)");
    has(&id, "::account_provisioning_core::id::text(deserializer)");
    let account = item(&code, "account_id");
    has(
        &account,
        "::account_provisioning_core::id::text_or_number(deserializer)",
    );
    has(&account, "impl ::std::convert::From<u64> for AccountId");
}

#[test]
fn id_that_does_not_get_its_type_is_refused() {
    let mut broken = normalise(&with_ids()).unwrap();
    broken["components"]["schemas"]["Thing"]["properties"]["id"]["maxLength"] = json!(3);
    let broken = canonical::write(&broken);
    let text = generate(&broken, Options::default()).unwrap_err().to_string();
    has(
        &text,
        "this place has the format of ThingId, but not the generated type",
    );
}

#[test]
fn id_declarations_that_say_nothing_or_clash_are_refused() {
    for (declared, says) in [
        (json!({ "thing-id": "" }), "has no description"),
        (json!({ "thing-id": 3 }), "has no description"),
        (
            json!({ "Thing Id": "A thing." }),
            "`Thing Id` can't be the format of an id",
        ),
        (json!({ "date": "A day." }), "`date` can't be the format of an id"),
    ] {
        let mut document = document();
        document["x-ids"] = declared;
        let text = normalise(&document).unwrap_err().to_string();
        has(&text, says);
        has(&text, "/x-ids/");
    }
}

#[test]
fn method_docs_name_the_operation_and_its_errors() {
    let text = item(&code(&document()), "get_things");
    has(
        &text,
        "/// Lists things. /// /// `getThings`: `GET /accounts/{account_id}/things`",
    );
    has(
        &text,
        "/// # Errors /// /// Statuses that the API documents: /// /// - 401: Who are you?",
    );
}

#[test]
fn response_types_are_non_exhaustive_and_request_types_are_not() {
    let code = code(&document());
    has(&item(&code, "Thing"), "#[non_exhaustive] pub struct Thing");
    assert!(!item(&code, "ThingRequest").contains("non_exhaustive"));
}

#[test]
fn response_lists_and_maps_take_null_and_absence() {
    let lenient = "deserialize_with = \"::account_provisioning_core::de::null_as_default\"";
    let document = and(document(), "/components/schemas/Things/required", json!(["things"]));
    let required = item(&code(&document), "Things");
    has(&required, lenient);
    assert!(
        !required.contains("default ,") && !required.contains("default,"),
        "absence is an error: {required}"
    );
    let lenient = "#[serde( default, skip_serializing_if";
    has(&item(&code(&received(json!({ "type": "object" }))), "Thing"), lenient);
    let map = json!({ "type": "object", "additionalProperties": { "type": "integer" } });
    let text = item(&code(&received(map)), "Thing");
    has(&text, lenient);
    has(&text, "::std::collections::BTreeMap<::std::string::String, i64>");
}

#[test]
fn objects_that_may_have_other_keys_keep_them_in_both_directions() {
    for name in ["Thing", "ThingRequest"] {
        let document = and(
            document(),
            &format!("/components/schemas/{name}/additionalProperties"),
            json!({}),
        );
        let text = item(&code(&document), name);
        has(
            &text,
            "/// The other keys of the object, which the document does not name.",
        );
        has(
            &text,
            "#[serde(flatten)] pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>",
        );
    }
}

#[test]
fn response_properties_are_read_in_the_further_form_that_they_ask_for() {
    let count = json!({ "type": "integer", "x-reads": "integer-or-text" });
    let text = item(&code(&received(count.clone())), "Thing");
    has(&text, "pub it: ::std::option::Option<i64>");
    // Without the default, a reply that lacks the field would be refused.
    has(
        &text,
        "default, deserialize_with = \"::account_provisioning_core::de::integer_or_text\"",
    );
    let list = json!({ "type": "array", "items": { "type": "string" }, "x-reads": "one-or-many" });
    let text = item(&code(&received(list)), "Thing");
    has(&text, "default, skip_serializing_if");
    has(
        &text,
        "deserialize_with = \"::account_provisioning_core::de::one_or_many\"",
    );
    assert!(!code(&sent(count)).contains("integer_or_text"));
}

#[test]
fn request_lists_and_maps_are_options() {
    let list = sent(json!({ "type": "array", "items": { "type": "string" } }));
    has(
        &item(&code(&list), "ThingRequest"),
        "pub it: ::std::option::Option<::std::vec::Vec<::std::string::String>>",
    );
    let map = sent(json!({ "type": "object" }));
    has(
        &item(&code(&map), "ThingRequest"),
        "pub it: ::std::option::Option<::serde_json::Map<",
    );
    assert!(!item(&code(&map), "ThingRequest").contains("is_empty"));
}

#[test]
fn request_values_that_may_be_null_are_nullable() {
    let nullable = |schema: Value| item(&code(&sent(schema)), "ThingRequest");
    let text = nullable(json!({ "type": "string", "nullable": true }));
    has(
        &text,
        "pub it: ::std::option::Option<::account_provisioning_core::Nullable<::std::string::String>>",
    );
    has(&text, "skip_serializing_if = \"::std::option::Option::is_none\"");
    has(
        &nullable(json!({ "type": "integer", "nullable": true })),
        "Nullable<i64>",
    );
    has(
        &nullable(json!({ "type": "string", "format": "password", "nullable": true })),
        "Nullable<::account_provisioning_core::Secret>",
    );
    let kind = and(
        sent(json!({ "allOf": [{ "$ref": "#/components/schemas/Kind" }], "nullable": true })),
        "/components/schemas/Kind",
        json!({ "type": "string", "enum": ["a"] }),
    );
    let code = code(&kind);
    has(&item(&code, "ThingRequest"), "Nullable<super::types::Kind>");
    has(&item(&code, "Kind"), "pub enum Kind");
}

#[test]
fn secrets_have_the_types_of_their_direction() {
    let secret = json!({ "type": "string", "format": "password", "minLength": 8, "description": "d" });
    has(
        &item(&code(&sent(secret.clone())), "ThingRequest"),
        "Option<::account_provisioning_core::Secret>",
    );
    has(
        &item(&code(&received(secret)), "Thing"),
        "Option<::account_provisioning_core::ReceivedSecret>",
    );
}

#[test]
fn dates_and_numbers_have_types_of_their_own() {
    for (schema, rust) in [
        (
            json!({ "type": "string", "format": "date-time" }),
            "::chrono::DateTime<::chrono::offset::Utc>",
        ),
        (
            json!({ "type": "string", "format": "date" }),
            "::chrono::naive::NaiveDate",
        ),
        (json!({ "type": "integer" }), "i64"),
        (json!({ "type": "integer", "format": "int32", "minimum": 1 }), "i32"),
        (json!({ "type": "number" }), "f64"),
        (json!({ "type": "string", "format": "uuid" }), "::std::string::String"),
        (json!({}), "::serde_json::Value"),
    ] {
        has(
            &item(&code(&received(schema)), "Thing"),
            &format!("pub it: ::std::option::Option<{rust}>"),
        );
    }
}

#[test]
fn seconds_since_1970_are_moments_that_travel_as_numbers() {
    let seconds = json!({ "type": "integer", "format": "epoch-seconds", "description": "d" });
    let optional = received(seconds.clone());
    let text = item(&code(&optional), "Thing");
    has(
        &text,
        "pub it: ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>",
    );
    has(
        &text,
        "default, serialize_with = \"::account_provisioning_core::epoch_seconds::option::serialize\", \
         deserialize_with = \"::account_provisioning_core::de::optional_time\"",
    );
    // A time of a response that the document requires may be missing all the same.
    let required = and(
        optional.clone(),
        "/components/schemas/Thing/required",
        json!(["id", "it"]),
    );
    assert_eq!(code(&required), code(&optional));
    let request = item(&code(&sent(seconds.clone())), "ThingRequest");
    has(
        &request,
        "#[serde(default, with = \"::account_provisioning_core::epoch_seconds::option\")]",
    );
    has(
        &item(&code(&sent(seconds)), "ThingRequest"),
        "pub it: ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>",
    );
    let schemas = Options::default().with_json_schema(true);
    has(
        &item(&code_with(&optional, schemas), "Thing"),
        "#[schemars(with = \"::std::option::Option<i64>\")]",
    );
}

#[test]
fn times_of_responses_cost_nothing_when_they_can_not_be_read_and_those_of_requests_do() {
    let time = json!({ "type": "string", "format": "date-time", "description": "d" });
    let optional = received(time.clone());
    let lenient = "deserialize_with = \"::account_provisioning_core::de::optional_time\"";
    has(&item(&code(&optional), "Thing"), lenient);
    let required = and(
        optional.clone(),
        "/components/schemas/Thing/required",
        json!(["id", "it"]),
    );
    assert_eq!(code(&required), code(&optional));
    let request = item(&code(&sent(time)), "ThingRequest");
    assert!(!request.contains("optional_time"), "{request}");
}

#[test]
fn seconds_since_1970_where_they_can_not_be_moments_are_refused() {
    let seconds = json!({ "type": "integer", "format": "epoch-seconds" });
    let list = received(json!({ "type": "array", "items": seconds }));
    let parameter = with(
        &format!("{GET}/parameters/-"),
        json!({ "name": "since", "in": "query", "schema": seconds }),
    );
    for document in [list, parameter] {
        let build = canonical::write(&normalise(&document).unwrap());
        let error = generate(&build, Options::default()).unwrap_err();
        has(&error.to_string(), "give the property itself the format");
    }
}

#[test]
fn texts_that_come_as_numbers_too_are_read_from_either() {
    for (format, ty) in [
        ("text-or-number", "::std::string::String"),
        (
            "received-secret-or-number",
            "::account_provisioning_core::ReceivedSecret",
        ),
    ] {
        let optional = received(json!({ "type": "string", "format": format }));
        let text = item(&code(&optional), "Thing");
        has(&text, &format!("pub it: ::std::option::Option<{ty}>"));
        has(
            &text,
            "default, deserialize_with = \"::account_provisioning_core::de::optional_text_or_number\"",
        );
        let required = and(
            optional.clone(),
            "/components/schemas/Thing/required",
            json!(["id", "it"]),
        );
        let text = item(&code(&required), "Thing");
        has(&text, &format!("pub it: {ty}"));
        has(
            &text,
            "#[serde(deserialize_with = \"::account_provisioning_core::de::text_or_number\")]",
        );
        let list = received(json!({ "type": "array", "items": { "type": "string", "format": format } }));
        let build = canonical::write(&normalise(&list).unwrap());
        let error = generate(&build, Options::default()).unwrap_err();
        has(&error.to_string(), "give the property itself the format");
    }
}

#[test]
fn opaque_values_are_shown_by_no_debug() {
    let document = received(json!({ "type": "string", "format": "opaque" }));
    has(
        &item(&code(&document), "Thing"),
        "pub it: ::std::option::Option<::account_provisioning_core::OpaqueValue>",
    );
}

#[test]
fn enums_are_open_and_documented() {
    let document = received(json!({
        "type": "string", "enum": ["big_one", "unknown"], "description": "How big.",
        "x-enum-descriptions": { "big_one": "Very." }
    }));
    let text = item(&code(&document), "ThingIt");
    has(
        &text,
        "#[non_exhaustive] pub enum ThingIt { /// `big_one`: Very. BigOne, /// `unknown`. UnknownValue,",
    );
    has(&text, "Unknown(::std::string::String), }");
    has(&text, "other => Self::Unknown(other.to_owned())");
    assert!(!text.contains("Copy"), "{text}");
}

#[test]
fn fields_say_what_their_property_or_its_type_says() {
    let document = and(
        received(json!({ "$ref": "#/components/schemas/Kind" })),
        "/components/schemas/Kind",
        json!({ "type": "string", "enum": ["a"], "description": "What kind.\n\nMore." }),
    );
    let document = and(
        document,
        "/components/schemas/Thing/properties/type",
        json!({ "type": "string", "description": "Own." }),
    );
    let text = item(&code(&document), "Thing");
    has(&text, "/// What kind. #[serde(");
    has(&text, "/// Own. #[serde(rename = \"type\"");
    assert!(!text.contains("JSON schema"), "{text}");
}

#[test]
fn alternatives_have_the_names_of_their_components() {
    let object =
        |own: &str| json!({ "type": "object", "required": [own], "properties": { own: { "type": "string" } } });
    let document =
        received(json!({ "oneOf": [{ "$ref": "#/components/schemas/Cat" }, { "$ref": "#/components/schemas/Dog" }] }));
    let document = and(document, "/components/schemas/Cat", object("purr"));
    let document = and(document, "/components/schemas/Dog", object("bark"));
    let text = item(&code(&document), "ThingIt");
    has(&text, "#[serde(untagged)]");
    has(&text, "#[non_exhaustive]");
    has(&text, "Cat(Cat), Dog(Dog),");
}

#[test]
fn operations_say_how_they_are_sent() {
    let row = |id: &str, method: &str, auth: &str, retry: &str| {
        format!(
            "::account_provisioning_core::OperationInfo::new( \"{}\", \"{id}\", \"{method}\", \
             \"/accounts/{{account_id}}/things\", ::account_provisioning_core::AuthRequirement::{auth}, \
             ::account_provisioning_core::RetryClass::{retry}, )",
            if id == "getThings" {
                "get_things"
            } else {
                "create_thing"
            }
        )
    };
    let table = |document: &Value| {
        let code = code(document);
        let start = code.find("pub static OPERATIONS").unwrap();
        code[start..].split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let text = table(&document());
    has(
        &text,
        &format!(
            "{}, {}",
            row("createThing", "POST", "Required", "NotIdempotent"),
            row("getThings", "GET", "Required", "Safe")
        ),
    );
    for class in [("safe", "Safe"), ("idempotent", "Idempotent"), ("never", "Never")] {
        let text = table(&with(&format!("{POST}/x-retry"), json!(class.0)));
        has(&text, &row("createThing", "POST", "Required", class.1));
    }
    for public in [json!([]), json!([{}])] {
        has(
            &table(&with(&format!("{GET}/security"), public)),
            &row("getThings", "GET", "None", "Safe"),
        );
    }
}

#[test]
fn json_schema_is_derived_when_asked_for() {
    let document = received(json!({ "type": "string", "enum": ["a"] }));
    let plain = code(&document);
    assert!(!plain.contains("schemars"), "{plain}");
    let code = code_with(&document, Options::default().with_json_schema(true));
    has(&item(&code, "Thing"), "::schemars::JsonSchema");
    has(&item(&code, "ThingIt"), "impl ::schemars::JsonSchema for ThingIt");
    has(&item(&code, "ThingIt"), "\"examples\" : [\"a\"]");
}

#[test]
fn generate_with_an_unreadable_document_says_what_to_do() {
    for text in ["{", "{\"openapi\": \"3.0.3\"}"] {
        let error = generate(text, Options::default()).unwrap_err();
        has(&error.to_string(), "run `cargo xtask generate`");
    }
}

#[test]
fn generate_where_progenitor_panics_is_an_error() {
    let mut raw = normalise(&document()).unwrap();
    let other = json!({ "description": "", "content": {} });
    raw.pointer_mut(POST).unwrap()["responses"]["204"] = other;
    let error = generate(&canonical::write(&raw), Options::default()).unwrap_err();
    has(
        &error.to_string(),
        "progenitor refused the normalised document: assertion failed",
    );
}

#[test]
fn document_without_ids_of_its_own_has_an_empty_module_for_them() {
    let code: String = code(&document()).split_whitespace().collect();
    assert!(code.contains("pubmodids{}"), "every API has the same modules");
}
