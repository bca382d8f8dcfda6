use account_provisioning_emulator::Emulator;
use account_provisioning_emulator::cloudinary::{Account, ProductEnvironment, User};
use serde_json::json;

use crate::client::{Bench, each, message, time};

#[tokio::test]
async fn create_with_every_field_returns_them_and_one_key() {
    let bench = Bench::start().await;
    let body = json!({ "name": "Portal", "cloud_name": "portal_1", "custom_attributes": { "tier": { "level": 3 } } });
    let (status, made) = bench.post("/sub_accounts", body).await;
    assert_eq!(status, 200);
    assert_eq!(made["name"], "Portal");
    assert_eq!(made["cloud_name"], "portal_1");
    assert_eq!(made["enabled"], true);
    assert_eq!(made["custom_attributes"], json!({ "tier": { "level": 3 } }));
    assert_eq!(made["created_at"], "2026-01-15T12:00:00Z");
    let keys = made["api_access_keys"].as_array().unwrap();
    assert_eq!(keys.len(), 1);
    assert_eq!(keys[0]["key"].as_str().unwrap().len(), 15);
    assert_eq!(keys[0]["secret"].as_str().unwrap().len(), 27);
    assert_eq!(keys[0]["enabled"], true);

    let id = made["id"].as_str().unwrap();
    assert_eq!(bench.get(&format!("/sub_accounts/{id}")).await, (200, made.clone()));
    let (_, listed) = bench.get(&format!("/sub_accounts/{id}/access_keys")).await;
    assert_eq!(listed["access_keys"][0]["name"], "Root");
    assert_eq!(listed["access_keys"][0]["api_secret"], keys[0]["secret"]);
}

#[tokio::test]
async fn create_without_a_cloud_name_makes_one_up() {
    let bench = Bench::start().await;
    let (_, one) = bench.post("/sub_accounts", json!({ "name": "One" })).await;
    let (_, two) = bench.post("/sub_accounts", json!({ "name": "Two" })).await;
    assert_eq!(one["cloud_name"].as_str().unwrap().len(), 9);
    assert_ne!(one["cloud_name"], two["cloud_name"]);
}

#[tokio::test]
async fn create_and_update_with_a_taken_cloud_name_are_409_over_all_accounts_and_cases() {
    let mut other = Account::new("other");
    other
        .product_environments
        .insert(ProductEnvironment::new("e", "E", "Taken"));
    let bench = Bench::start().await;
    bench
        .emulator
        .edit_state(|state| drop(state.cloudinary.accounts.insert(other)))
        .unwrap();
    for name in ["taken", "EMULATOR"] {
        let (status, body) = bench
            .post("/sub_accounts", json!({ "name": "N", "cloud_name": name }))
            .await;
        assert_eq!(status, 409, "{body}");
        assert!(message(&body).contains("cloud_name"), "{body}");
    }
    let (status, _) = bench
        .put("/sub_accounts/emulator-environment", json!({ "cloud_name": "taken" }))
        .await;
    assert_eq!(status, 409);
    let (status, _) = bench
        .put(
            "/sub_accounts/emulator-environment",
            json!({ "cloud_name": "Emulator" }),
        )
        .await;
    assert_eq!(status, 200, "its own name is not taken");
}

#[tokio::test]
async fn create_with_wrong_fields_is_400_and_names_them() {
    let bench = Bench::start().await;
    for (body, field) in [
        (json!({}), "name"),
        (json!({ "name": "" }), "name"),
        (json!({ "name": 1 }), "name"),
        (json!({ "name": "N", "cloud_name": "a b" }), "cloud_name"),
        (json!({ "name": "N", "custom_attributes": "x" }), "custom_attributes"),
        (
            json!({ "name": "N", "base_sub_account_id": "nowhere" }),
            "base_sub_account_id",
        ),
    ] {
        let (status, reply) = bench.post("/sub_accounts", body.clone()).await;
        assert_eq!(status, 400, "{body}");
        assert!(message(&reply).contains(field), "{body}: {reply}");
    }
    assert_eq!(bench.emulator.state(), account_provisioning_emulator::State::default());
}

#[tokio::test]
async fn create_from_a_base_copies_its_attributes_unless_given() {
    let bench = Bench::start().await;
    let base = json!({ "name": "Base", "custom_attributes": { "tier": "gold" } });
    let (_, base) = bench.post("/sub_accounts", base).await;
    let (_, copy) = bench
        .post(
            "/sub_accounts",
            json!({ "name": "Copy", "base_sub_account_id": base["id"] }),
        )
        .await;
    assert_eq!(copy["custom_attributes"], json!({ "tier": "gold" }));
    let own = json!({ "name": "Own", "base_sub_account_id": base["id"], "custom_attributes": {} });
    assert_eq!(bench.post("/sub_accounts", own).await.1["custom_attributes"], json!({}));
}

#[tokio::test]
async fn update_changes_what_it_names_and_nothing_else() {
    let bench = Bench::start().await;
    let (_, made) = bench
        .post("/sub_accounts", json!({ "name": "A", "custom_attributes": { "a": 1 } }))
        .await;
    let path = format!("/sub_accounts/{}", made["id"].as_str().unwrap());
    bench.emulator.set_clock(time("2026-01-16T00:00:00Z"));
    let (status, changed) = bench.put(&path, json!({ "enabled": false })).await;
    assert_eq!(status, 200);
    let mut expected = made.clone();
    expected["enabled"] = json!(false);
    expected["updated_at"] = json!("2026-01-16T00:00:00Z");
    assert_eq!(changed, expected);
    let (_, changed) = bench
        .put(&path, json!({ "name": "B", "custom_attributes": { "b": 2 } }))
        .await;
    assert_eq!(
        (&changed["name"], &changed["custom_attributes"]),
        (&json!("B"), &json!({ "b": 2 }))
    );
}

#[tokio::test]
async fn get_update_and_delete_of_an_unknown_environment_are_404() {
    let bench = Bench::start().await;
    for (status, body) in [
        bench.get("/sub_accounts/nowhere").await,
        bench.put("/sub_accounts/nowhere", json!({ "name": "N" })).await,
        bench.delete("/sub_accounts/nowhere").await,
    ] {
        assert_eq!(status, 404);
        assert_eq!(message(&body), "Cannot find sub account with id nowhere");
    }
}

#[tokio::test]
async fn delete_takes_the_keys_and_the_users_access_with_it() {
    let bench = Bench::start().await;
    let (_, made) = bench
        .post("/sub_accounts", json!({ "name": "A", "cloud_name": "again" }))
        .await;
    let id = made["id"].as_str().unwrap();
    let user = json!({ "name": "U", "email": "u@x.example", "sub_account_ids": [id, "emulator-environment"] });
    let (_, user) = bench.post("/users", user).await;
    assert_eq!(
        bench.delete(&format!("/sub_accounts/{id}")).await,
        (200, json!({ "message": "ok" }))
    );
    assert_eq!(bench.get(&format!("/sub_accounts/{id}/access_keys")).await.0, 404);
    let (_, user) = bench.get(&format!("/users/{}", user["id"].as_str().unwrap())).await;
    assert_eq!(user["sub_account_count"], 1);
    let (status, _) = bench
        .post("/sub_accounts", json!({ "name": "B", "cloud_name": "again" }))
        .await;
    assert_eq!(status, 200, "the cloud name is free again");
}

/// Environments `e0` to `e4`, every other one disabled.
async fn five() -> Bench {
    let emulator = Emulator::start().await.unwrap();
    emulator
        .edit_state(|state| {
            let account = state.cloudinary.accounts.get_mut("emulator-account").unwrap();
            account.product_environments.remove("emulator-environment");
            for (number, name) in ["Alpha", "alphabet", "Beta", "ALPINE", "gamma"].iter().enumerate() {
                let mut environment = ProductEnvironment::new(format!("e{number}"), *name, format!("cloud{number}"));
                environment.enabled = number % 2 == 0;
                account.product_environments.insert(environment);
            }
            account.users.insert(User::new("u", "U", "u@x.example"));
        })
        .unwrap();
    Bench::of(emulator)
}

#[tokio::test]
async fn list_with_each_filter_shows_what_matches_in_order_of_creation() {
    let bench = five().await;
    for (query, expected) in [
        ("", vec!["e0", "e1", "e2", "e3", "e4"]),
        ("?enabled=true", vec!["e0", "e2", "e4"]),
        ("?enabled=false", vec!["e1", "e3"]),
        ("?prefix=ALP", vec!["e0", "e1", "e3"]),
        ("?prefix=alp&enabled=true", vec!["e0"]),
        ("?prefix=zzz", vec![]),
        ("?cloud_names=cloud3&cloud_names=cloud1", vec!["e1", "e3"]),
        ("?cloud_names=CLOUD3&enabled=true", vec![]),
        ("?ids=e3&ids=e0&ids=nowhere", vec!["e0", "e3"]),
        ("?ids=e3&enabled=true&prefix=zzz", vec!["e3"]),
    ] {
        let (status, body) = bench.get(&format!("/sub_accounts{query}")).await;
        assert_eq!(status, 200, "{query}: {body}");
        assert_eq!(each(&body, "sub_accounts", "id"), expected, "{query}");
    }
}

#[tokio::test]
async fn list_with_more_than_100_ids_or_cloud_names_is_400() {
    let bench = five().await;
    for name in ["ids", "cloud_names"] {
        let query = |count: usize| format!("/sub_accounts?{}", vec![format!("{name}=x"); count].join("&"));
        assert_eq!(bench.get(&query(100)).await.0, 200);
        let (status, body) = bench.get(&query(101)).await;
        assert_eq!(status, 400);
        assert!(message(&body).contains(name), "{body}");
    }
}
