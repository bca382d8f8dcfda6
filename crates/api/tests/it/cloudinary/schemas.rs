//! The JSON schemas of the types.

use account_provisioning_api::cloudinary::types::{
    AccessKey, AssignedPrincipal, CustomPolicy, UpdateUserRequest, User, UserRole,
};
use serde_json::{Value, json};

#[test]
fn schema_of_an_open_enum_is_a_string_with_examples() {
    let schema: Value = schemars::schema_for!(UserRole).into();
    assert_eq!(schema["type"], "string");
    assert_eq!(schema["examples"], json!(UserRole::KNOWN));
    assert!(schema.get("enum").is_none());
}

#[test]
fn schema_of_a_response_keeps_its_lists_and_descriptions() {
    let schema: Value = schemars::schema_for!(User).into();
    assert_eq!(schema["properties"]["providers"]["type"], "array");
    assert_eq!(schema["properties"]["providers"]["items"]["type"], "string");
    assert_eq!(schema["properties"]["created_at"]["format"], "date-time");
    assert_eq!(schema["required"], json!(["id"]));
    assert!(schema["properties"]["email"]["description"].is_string());
    assert!(schema["$defs"]["UserRole"].is_object());
}

#[test]
fn schema_of_secrets_and_requests_exists() {
    let key: Value = schemars::schema_for!(AccessKey).into();
    assert!(key["properties"]["api_secret"].is_object());
    let update: Value = schemars::schema_for!(UpdateUserRequest).into();
    assert_eq!(
        update["properties"]["sub_account_ids"]["type"],
        json!(["array", "null"])
    );
}

#[test]
fn schema_of_seconds_since_1970_is_an_integer() {
    let policy: Value = schemars::schema_for!(CustomPolicy).into();
    assert_eq!(policy["properties"]["created_at"]["type"], json!(["integer", "null"]));
    let principal: Value = schemars::schema_for!(AssignedPrincipal).into();
    assert_eq!(
        principal["properties"]["created_at"]["type"],
        json!(["integer", "null"])
    );
}
