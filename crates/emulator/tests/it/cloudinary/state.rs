use account_provisioning_emulator::{Emulator, State};
use serde_json::{Value, json};

use crate::client::Bench;

/// A state with one of everything.
fn full() -> Value {
    json!({ "cloudinary": { "accounts": [{
        "account_id": "Acme-1",
        "credentials": [{ "api_key": "k", "api_secret": "canary-1" }],
        "product_environments": [{
            "id": "any id/at all", "name": "E", "cloud_name": "e",
            "custom_attributes": { "tier": ["gold", null, 1.5] },
            "access_keys": [{ "api_key": "1", "api_secret": "canary-2", "name": "n", "dedicated_for": ["webhooks"] }],
        }],
        "users": [
            { "id": "u1", "name": "U", "email": "u@x.example", "role": "a_role_of_tomorrow", "last_login": "2026-01-01T00:00:00Z" },
            { "id": "u2", "name": "V", "email": "v@x.example", "sub_account_ids": [] },
        ],
        "user_groups": [{ "id": "g", "name": "G", "user_ids": ["u2", "u1"] }],
        "billing": { "plan_name": "P", "cycle": "annual", "started_on": "2025-01-01", "limits": { "credit": 10.0 } },
    }] } })
}

#[tokio::test]
async fn state_file_with_chosen_ids_is_served_and_survives_a_round_trip() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("state.json");
    std::fs::write(&path, full().to_string()).unwrap();
    let bench = Bench::of(Emulator::builder().state_file(&path).start().await.unwrap());
    assert_eq!(bench.account.url(), "account://k:canary-1@Acme-1");
    let (status, environment) = bench.get("/sub_accounts/any%20id%2Fat%20all").await;
    assert_eq!(
        (status, &environment["custom_attributes"]),
        (200, &json!({ "tier": ["gold", null, 1.5] }))
    );
    let (_, user) = bench.get("/users/u1").await;
    assert_eq!(
        (&user["role"], &user["last_login"]),
        (&json!("a_role_of_tomorrow"), &json!("2026-01-01T00:00:00Z"))
    );
    assert_eq!(user["created_at"], "2024-01-01T00:00:00Z");

    std::fs::write(&path, bench.emulator.state().to_json()).unwrap();
    let again = Emulator::builder().state_file(&path).start().await.unwrap();
    assert_eq!(again.state(), bench.emulator.state());
    assert_eq!(again.state(), State::from_json(&full().to_string()).unwrap());
}

#[test]
fn state_formatted_with_debug_hides_every_secret() {
    let state = State::from_json(&full().to_string()).unwrap();
    assert!(!format!("{state:?}").contains("canary"));
    assert!(state.to_json().contains("canary-1") && state.to_json().contains("canary-2"));
}

#[test]
fn state_that_is_inconsistent_is_refused_with_the_json_path() {
    let account = "/cloudinary/accounts/0";
    for (pointer, value, path, reason) in [
        ("/cloudinary/accounts", json!({}), "cloudinary.accounts", "list"),
        ("/account_id", json!(""), "cloudinary.accounts[0].account_id", "empty"),
        (
            "/credentials/0/api_key",
            json!("a:b"),
            "cloudinary.accounts[0].credentials[0].api_key",
            "colon",
        ),
        (
            "/credentials/0/api_secret",
            json!(1),
            "cloudinary.accounts[0].credentials[0].api_secret",
            "string",
        ),
        (
            "/product_environments/0/cloud_name",
            json!("a b"),
            "cloudinary.accounts[0].product_environments[0].cloud_name",
            "letters",
        ),
        (
            "/product_environments/0/access_keys/0/enabled",
            json!("yes"),
            "cloudinary.accounts[0].product_environments[0].access_keys[0].enabled",
            "boolean",
        ),
        (
            "/users/1/id",
            json!("u1"),
            "cloudinary.accounts[0].users",
            "two entries have the id \"u1\"",
        ),
        (
            "/users/1/email",
            json!("U@X.example"),
            "cloudinary.accounts[0].users[1].email",
            "another user",
        ),
        (
            "/users/1/email",
            json!("v"),
            "cloudinary.accounts[0].users[1].email",
            "not an email",
        ),
        (
            "/users/1/sub_account_ids",
            json!(["gone"]),
            "cloudinary.accounts[0].users[1].sub_account_ids[0]",
            "gone",
        ),
        (
            "/users/1/last_login",
            json!("today"),
            "cloudinary.accounts[0].users[1].last_login",
            "invalid",
        ),
        (
            "/user_groups/0/user_ids/1",
            json!("gone"),
            "cloudinary.accounts[0].user_groups[0].user_ids[1]",
            "gone",
        ),
        (
            "/billing/ended_on",
            json!("2024-12-31"),
            "cloudinary.accounts[0].billing.ended_on",
            "after",
        ),
        (
            "/billing/cycle",
            json!("weekly"),
            "cloudinary.accounts[0].billing.cycle",
            "weekly",
        ),
        (
            "/billing/colour",
            json!("red"),
            "cloudinary.accounts[0].billing.colour",
            "unknown field",
        ),
    ] {
        let mut state = full();
        let pointer = if pointer.starts_with("/cloudinary") {
            pointer.to_owned()
        } else {
            format!("{account}{pointer}")
        };
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        let parent = state.pointer_mut(parent).unwrap();
        match name.parse::<usize>() {
            Ok(place) if parent.is_array() => parent[place] = value,
            _ => parent[name] = value,
        }
        let error = State::from_json(&state.to_string()).unwrap_err();
        assert_eq!(error.path(), path, "{error}");
        assert!(error.reason().contains(reason), "{error}");
        assert!(!error.to_string().contains("canary"), "{error}");
    }
    assert!(State::from_json("{} {}").is_err());
}

#[test]
fn state_with_one_credential_or_cloud_name_in_two_accounts_is_refused() {
    for (field, path) in [
        ("credentials", "cloudinary.accounts[1].credentials[0].api_key"),
        (
            "product_environments",
            "cloudinary.accounts[1].product_environments[0].cloud_name",
        ),
    ] {
        let mut state = full();
        let shared = state["cloudinary"]["accounts"][0][field].clone();
        let second = json!({ "account_id": "second", field: shared });
        state["cloudinary"]["accounts"].as_array_mut().unwrap().push(second);
        assert_eq!(State::from_json(&state.to_string()).unwrap_err().path(), path);
    }
}
