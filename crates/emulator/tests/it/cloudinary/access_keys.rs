use account_provisioning_emulator::Quirk;
use account_provisioning_emulator::cloudinary::AccessKey;
use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{Bench, each, message, time};

const KEYS: &str = "/sub_accounts/emulator-environment/access_keys";

/// The default environment with exactly these keys, created one hour apart.
async fn with(keys: &[(&str, &str, bool)]) -> Bench {
    let bench = Bench::start().await;
    bench
        .emulator
        .edit_state(|state| {
            let account = state.cloudinary.accounts.get_mut("emulator-account").unwrap();
            let environment = account.product_environments.get_mut("emulator-environment").unwrap();
            environment.access_keys = keys
                .iter()
                .zip(0..)
                .map(|((api_key, name, enabled), hour)| {
                    let mut key = AccessKey::new(*api_key, "s", *name);
                    key.enabled = *enabled;
                    key.created_at = time("2026-01-01T00:00:00Z") + chrono::TimeDelta::hours(hour);
                    key
                })
                .collect();
        })
        .unwrap();
    bench
}

#[tokio::test]
async fn generate_with_and_without_fields_returns_the_key_and_its_secret() {
    let bench = Bench::start().await;
    let (status, named) = bench
        .post(KEYS, json!({ "name": "production", "enabled": false }))
        .await;
    assert_eq!(status, 200);
    assert_eq!(
        (&named["name"], &named["enabled"]),
        (&json!("production"), &json!(false))
    );
    assert_eq!(named["dedicated_for"], json!([]));
    assert_eq!(named["created_at"], "2026-01-15T12:00:00Z");
    let (_, bare) = bench.post(KEYS, json!({})).await;
    assert_eq!(bare["enabled"], true);
    assert_eq!(bare["name"], format!("key-{}", bare["api_key"].as_str().unwrap()));
    assert_ne!(bare["api_secret"], named["api_secret"]);
    let (_, environment) = bench.get("/sub_accounts/emulator-environment").await;
    assert_eq!(environment["api_access_keys"][2]["secret"], bare["api_secret"]);
}

#[tokio::test]
async fn generate_and_update_with_a_taken_name_are_409_within_the_environment_only() {
    let bench = Bench::start().await;
    let (status, body) = bench.post(KEYS, json!({ "name": "Root" })).await;
    assert_eq!(status, 409);
    assert!(message(&body).contains("Root"), "{body}");
    let (_, key) = bench.post(KEYS, json!({ "name": "other" })).await;
    let path = format!("{KEYS}/{}", key["api_key"].as_str().unwrap());
    assert_eq!(bench.put(&path, json!({ "name": "Root" })).await.0, 409);
    assert_eq!(
        bench.put(&path, json!({ "name": "other" })).await.0,
        200,
        "its own name is not taken"
    );
    let (_, environment) = bench.post("/sub_accounts", json!({ "name": "Second" })).await;
    let second = format!("/sub_accounts/{}/access_keys", environment["id"].as_str().unwrap());
    assert_eq!(bench.post(&second, json!({ "name": "other" })).await.0, 200);
}

#[tokio::test]
async fn list_without_pages_is_whole_and_newest_first() {
    let bench = with(&[("1", "a", true), ("2", "b", true), ("3", "c", true)]).await;
    let (_, body) = bench.get(KEYS).await;
    assert_eq!(each(&body, "access_keys", "api_key"), ["3", "2", "1"]);
    assert_eq!(body["total"], 3);
}

#[tokio::test]
async fn list_in_pages_loses_and_doubles_nothing() {
    let keys: Vec<(String, String)> = (0..6).map(|n| (n.to_string(), format!("k{n}"))).collect();
    let keys: Vec<(&str, &str, bool)> = keys.iter().map(|(key, name)| (&**key, &**name, true)).collect();
    let bench = with(&keys).await;
    for size in [1, 2, 3, 4, 6, 7] {
        let mut seen = Vec::new();
        for page in 1.. {
            let (_, body) = bench
                .get(&format!("{KEYS}?page={page}&page_size={size}&sort_order=asc"))
                .await;
            assert_eq!(body["total"], 6);
            let found = each(&body, "access_keys", "api_key");
            if found.is_empty() {
                break;
            }
            seen.extend(found.into_iter().map(str::to_owned));
        }
        assert_eq!(seen, ["0", "1", "2", "3", "4", "5"], "page size {size}");
    }
}

#[tokio::test]
async fn list_sorted_by_each_field_follows_it_both_ways() {
    let bench = with(&[("3", "b", true), ("1", "C", false), ("2", "a", true)]).await;
    for (by, expected) in [
        ("api_key", ["1", "2", "3"]),
        ("created_at", ["3", "1", "2"]),
        ("name", ["2", "3", "1"]),
        ("enabled", ["1", "3", "2"]),
    ] {
        let (_, body) = bench.get(&format!("{KEYS}?sort_by={by}&sort_order=asc")).await;
        assert_eq!(each(&body, "access_keys", "api_key"), expected, "{by}");
        let (_, body) = bench.get(&format!("{KEYS}?sort_by={by}")).await;
        let mut turned = expected;
        turned.reverse();
        assert_eq!(
            each(&body, "access_keys", "api_key"),
            turned,
            "{by}, descending by default"
        );
    }
}

#[tokio::test]
async fn list_with_wrong_parameters_is_400_and_names_them() {
    let bench = Bench::start().await;
    for (query, name) in [
        ("page=101&page_size=1", "page"),
        ("page=0", "page"),
        ("page=x", "page"),
        ("page_size=0", "page_size"),
        ("page_size=1&page_size=2", "page_size"),
        ("sort_by=secret", "sort_by"),
        ("sort_order=up", "sort_order"),
    ] {
        let (status, body) = bench.get(&format!("{KEYS}?{query}")).await;
        assert_eq!(status, 400, "{query}");
        assert!(message(&body).contains(name), "{query}: {body}");
    }
    assert_eq!(bench.get(&format!("{KEYS}?page=100&page_size=1")).await.0, 200);
}

#[tokio::test]
async fn list_with_quirks_has_no_total_ignores_the_page_or_caps_its_size() {
    let keys: Vec<(String, String)> = (0..12).map(|n| (format!("{n:02}"), format!("k{n}"))).collect();
    let keys: Vec<(&str, &str, bool)> = keys.iter().map(|(key, name)| (&**key, &**name, true)).collect();
    let bench = with(&keys).await;
    bench.emulator.set_quirk(Quirk::NoTotal, true);
    assert_eq!(bench.get(KEYS).await.1.get("total"), None);
    bench.emulator.set_quirk(Quirk::PageIgnored, true);
    let first = bench.get(&format!("{KEYS}?page=1&page_size=5")).await;
    assert_eq!(bench.get(&format!("{KEYS}?page=2&page_size=5")).await, first);
    bench.emulator.set_quirk(Quirk::PageIgnored, false);
    bench.emulator.set_quirk(Quirk::PageSizeClamped, true);
    let (_, body) = bench.get(&format!("{KEYS}?page=1&page_size=12")).await;
    assert_eq!(body["access_keys"].as_array().unwrap().len(), 10);
}

#[tokio::test]
async fn update_renames_and_switches_a_key() {
    let bench = with(&[("1", "a", true)]).await;
    let (status, key) = bench
        .put(&format!("{KEYS}/1"), json!({ "name": "b", "enabled": false }))
        .await;
    assert_eq!(status, 200);
    assert_eq!((&key["name"], &key["enabled"]), (&json!("b"), &json!(false)));
    assert_eq!(key["updated_at"], "2026-01-15T12:00:00Z");
    assert_eq!(key["created_at"], "2026-01-01T00:00:00Z");
}

#[tokio::test]
async fn update_with_a_purpose_takes_it_from_the_key_that_had_it() {
    let bench = with(&[("1", "a", true), ("2", "b", true)]).await;
    let purpose = json!({ "dedicated_for": "webhooks" });
    assert_eq!(
        bench.put(&format!("{KEYS}/1"), purpose.clone()).await.1["dedicated_for"],
        json!(["webhooks"])
    );
    assert_eq!(
        bench.put(&format!("{KEYS}/2"), purpose).await.1["dedicated_for"],
        json!(["webhooks"])
    );
    let (_, body) = bench.get(&format!("{KEYS}?sort_order=asc")).await;
    assert_eq!(body["access_keys"][0]["dedicated_for"], json!([]));
    assert_eq!(
        bench
            .put(&format!("{KEYS}/1"), json!({ "dedicated_for": "cron" }))
            .await
            .0,
        400
    );
}

#[tokio::test]
async fn delete_by_key_and_by_name_remove_the_one_key() {
    let bench = with(&[("1", "a b", true), ("2", "b", true), ("3", "c", true)]).await;
    assert_eq!(
        bench.delete(&format!("{KEYS}/2")).await,
        (200, json!({ "message": "ok" }))
    );
    assert_eq!(
        bench.delete(&format!("{KEYS}?name=a%20b")).await,
        (200, json!({ "message": "ok" }))
    );
    // The vendor's older client sends the name in the body.
    let (status, _) = bench.call(Method::DELETE, KEYS, Some(json!({ "name": "c" }))).await;
    assert_eq!(status, 200);
    assert_eq!(bench.get(KEYS).await.1, json!({ "access_keys": [], "total": 0 }));
    let last = &bench.emulator.requests_for("deleteAccessKeyByName")[1];
    assert_eq!(last.coerced, [Quirk::NameInBody]);
    assert_eq!(
        (last.query.as_deref(), last.json()),
        (None, Some(json!({ "name": "c" })))
    );
}

#[tokio::test]
async fn delete_by_name_without_a_name_is_400_in_every_form() {
    let bench = Bench::start().await;
    for body in [None, Some(json!({}))] {
        let (status, reply) = bench.call(Method::DELETE, KEYS, body).await;
        assert_eq!(status, 400);
        assert!(message(&reply).contains("name"), "{reply}");
    }
    bench.emulator.set_quirk(Quirk::NameInBody, false);
    assert_eq!(
        bench
            .call(Method::DELETE, KEYS, Some(json!({ "name": "Root" })))
            .await
            .0,
        400
    );
}

#[tokio::test]
async fn keys_that_are_not_there_are_404() {
    let bench = Bench::start().await;
    let nowhere = "/sub_accounts/nowhere/access_keys";
    let replies: [(u16, Value); 8] = [
        bench.put(&format!("{KEYS}/9"), json!({ "name": "n" })).await,
        bench.delete(&format!("{KEYS}/9")).await,
        bench.delete(&format!("{KEYS}?name=nobody")).await,
        bench.get(nowhere).await,
        bench.post(nowhere, json!({})).await,
        bench.put(&format!("{nowhere}/1"), json!({})).await,
        bench.delete(&format!("{nowhere}/1")).await,
        bench.delete(&format!("{nowhere}?name=Root")).await,
    ];
    for (status, body) in replies {
        assert_eq!(status, 404, "{body}");
    }
}
