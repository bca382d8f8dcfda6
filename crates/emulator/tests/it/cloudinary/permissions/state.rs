//! Roles, assignments and policies in the state file.

use account_provisioning_emulator::{Emulator, State};
use serde_json::{Value, json};

use super::{FOLDER_ROLE, ids};
use crate::client::Bench;

fn full() -> Value {
    json!({ "cloudinary": { "accounts": [{
        "account_id": "acme",
        "credentials": [{ "api_key": "k", "api_secret": "s" }],
        "product_environments": [{
            "id": "env", "name": "E", "cloud_name": "e",
            "folders": [{ "id": "outer" }, { "id": "inner", "parent_id": "outer" }],
            "assets": [{ "id": "a", "folder_id": "inner", "collection_ids": ["c"] }],
        }],
        "users": [{ "id": "u", "name": "U", "email": "u@x.example" }],
        "custom_roles": [{
            "id": "mine", "name": "Mine", "permission_type": "content", "scope_type": "prodenv",
            "system_policy_ids": ["cld::policy::content::folder::view_download"],
        }],
        "role_assignments": [
            { "role_id": "mine", "principal_type": "user", "principal_id": "u", "scope_id": "env", "policy_parameters": { "folder_id": "f" } },
            { "role_id": FOLDER_ROLE, "principal_type": "provisioningKey", "principal_id": "k", "scope_id": "all", "policy_parameters": { "folder_id": "f" } },
        ],
        "custom_policies": [
            { "id": "p", "name": "P", "policy_statement": "permit (principal, action == Tomorrow::Action::\"x\", resource);", "scope_type": "account" },
        ],
    }] } })
}

#[tokio::test]
async fn state_with_permissions_is_served_and_survives_a_round_trip() {
    let state = State::from_json(&full().to_string()).unwrap();
    assert_eq!(State::from_json(&state.to_json()).unwrap(), state);
    let bench = Bench::of(Emulator::builder().state(state).start().await.unwrap());
    let held = bench
        .see("/principal_roles?principal_type=user&principal_id=u&permission_type=content")
        .await;
    assert_eq!(
        (ids(&held), &held["data"][0]["created_at"]),
        (vec!["mine"], &json!(1_704_067_200))
    );
    assert_eq!(ids(&bench.see("/policies/custom").await), ["p"]);
    let effective = bench
        .see("/policies/effective?principal_type=user&principal_id=u")
        .await;
    assert_eq!(effective["data"]["custom_policies"][0]["id"], "p");
}

#[test]
fn state_whose_permissions_are_inconsistent_is_refused_with_the_json_path() {
    for (pointer, value, reason) in [
        ("/custom_roles/0/id", json!(FOLDER_ROLE), "system role"),
        ("/custom_roles/0/id", json!(""), "empty"),
        ("/custom_roles/0/name", json!("Folder Viewer"), "another role"),
        ("/custom_roles/0/scope_type", json!("galaxy"), "galaxy"),
        (
            "/custom_roles/0/system_policy_ids/0",
            json!("cld::policy::nowhere"),
            "nowhere",
        ),
        (
            "/custom_roles/0/system_policy_ids/0",
            json!("cld::policy::global::users_and_groups::view"),
            "account",
        ),
        ("/role_assignments/0/role_id", json!("nowhere"), "nowhere"),
        (
            "/role_assignments/0/role_id",
            json!("cld::role::content::folder::viewer"),
            "cld::role::folder::viewer",
        ),
        (
            "/product_environments/0/folders/0/parent_id",
            json!("nowhere"),
            "nowhere",
        ),
        ("/product_environments/0/folders/0/parent_id", json!("inner"), "itself"),
        ("/product_environments/0/folders/0/id", json!(""), "empty"),
        (
            "/product_environments/0/assets/0/folder_id",
            json!("nowhere"),
            "nowhere",
        ),
        ("/product_environments/0/assets/0/id", json!(""), "empty"),
        ("/role_assignments/0/principal_id", json!("nobody"), "nobody"),
        ("/role_assignments/0/principal_type", json!("robot"), "robot"),
        ("/role_assignments/0/scope_id", json!("nowhere"), "nowhere"),
        ("/role_assignments/0/scope_id", Value::Null, "required"),
        ("/role_assignments/0/policy_parameters", json!({}), "folder_id"),
        ("/custom_policies/0/scope_id", json!("env"), "prodenv"),
        ("/custom_policies/0/name", json!(""), "empty"),
        ("/custom_policies/0/policy_statement", json!("permit"), "unexpected end"),
    ] {
        let mut state = full();
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        let parent = state.pointer_mut(&format!("/cloudinary/accounts/0{parent}")).unwrap();
        match name.parse::<usize>() {
            Ok(place) if parent.is_array() => parent[place] = value,
            _ => parent[name] = value,
        }
        let error = State::from_json(&state.to_string()).unwrap_err();
        let path = format!(
            "cloudinary.accounts[0]{}",
            pointer.replace("/0", "[0]").replace('/', ".")
        );
        assert_eq!(error.path(), path, "{error}");
        assert!(error.reason().contains(reason), "{error}");
    }
    let mut twice = full();
    let assignments = &mut twice["cloudinary"]["accounts"][0]["role_assignments"];
    assignments[1] = assignments[0].clone();
    let error = State::from_json(&twice.to_string()).unwrap_err();
    assert_eq!(error.path(), "cloudinary.accounts[0].role_assignments[1]");
}
