//! The JSON schemas of the types.

use account_provisioning_api::cloudflare::types::{CreatedToken, CursorInfo, PolicyResourceGroup, Role};
use serde_json::{Value, json};

#[test]
fn schema_of_what_arrives_in_two_forms_is_that_of_the_rust_type() {
    let cursor: Value = schemars::schema_for!(CursorInfo).into();
    assert_eq!(cursor["properties"]["count"]["type"], json!(["integer", "null"]));
    let group: Value = schemars::schema_for!(PolicyResourceGroup).into();
    assert_eq!(group["properties"]["scope"]["type"], "array");
    assert_eq!(group["required"], json!(["id"]));
}

#[test]
fn schema_of_secrets_and_maps_exists() {
    let token: Value = schemars::schema_for!(CreatedToken).into();
    assert!(token["properties"]["value"].is_object());
    let role: Value = schemars::schema_for!(Role).into();
    assert!(role["properties"]["permissions"]["additionalProperties"].is_object());
}
