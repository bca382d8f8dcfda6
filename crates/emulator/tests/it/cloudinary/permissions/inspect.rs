use reqwest::Method;
use serde_json::{Value, json};

use super::{ACCOUNT_ROLE, FOLDER_ROLE, PRODENV_ROLE, bench, on_folder, reason};
use crate::client::{Bench, Reply};

const ENV_1: &str = "/principal_roles/inspect?scope_type=prodenv&scope_id=env-1";

/// Ann has a role for `f1`, her group has one for `f2` and one in every environment, and a key has one of the account.
async fn given() -> Bench {
    let bench = bench().await;
    bench.assign("user", "ann", on_folder("f1")).await;
    bench.assign("group", "editors", on_folder("f2")).await;
    bench
        .assign("group", "editors", json!({ "id": PRODENV_ROLE, "scope_id": "all" }))
        .await;
    bench.assign("apiKey", "key-1", json!({ "id": ACCOUNT_ROLE })).await;
    bench
}

/// Returns each principal with the ids of its roles.
fn found(body: &Value) -> Vec<(&str, Vec<&str>)> {
    let principals = body["data"]["principals"].as_array().unwrap();
    principals
        .iter()
        .map(|one| (one["id"].as_str().unwrap(), crate::client::each(one, "roles", "id")))
        .collect()
}

async fn many(bench: &Bench, body: Value) -> Reply {
    bench.ask(Method::POST, "/principal_roles/inspect", Some(body)).await
}

#[tokio::test]
async fn inspect_finds_everyone_with_roles_in_the_place_own_and_through_groups() {
    let bench = given().await;
    let both = vec![FOLDER_ROLE, PRODENV_ROLE];
    let body = bench.see(ENV_1).await;
    assert_eq!(
        found(&body),
        [("ann", vec![FOLDER_ROLE, FOLDER_ROLE, PRODENV_ROLE]), ("editors", both)]
    );
    assert_eq!(body["data"]["principals"][0]["type"], "user");
    assert_eq!(
        body["data"]["principals"][0]["roles"][1]["policy_parameters"],
        json!({ "folder_id": "f2" })
    );
    assert_eq!(body.get("next_cursor"), None);
    let elsewhere = bench.see(&ENV_1.replace("env-1", "env-2")).await;
    assert_eq!(
        found(&elsewhere),
        [("ann", vec![PRODENV_ROLE]), ("editors", vec![PRODENV_ROLE])]
    );
    let account = bench.see("/principal_roles/inspect?scope_type=account").await;
    assert_eq!(found(&account), [("key-1", vec![ACCOUNT_ROLE])]);
}

#[tokio::test]
async fn inspect_is_narrowed_by_principal_and_parameters() {
    let bench = given().await;
    for (query, expected) in [
        ("folder_id=f1", vec![("ann", vec![FOLDER_ROLE])]),
        (
            "param_key=folder_id&param_value=f2",
            vec![("ann", vec![FOLDER_ROLE]), ("editors", vec![FOLDER_ROLE])],
        ),
        (
            "folder_id=f2&principal_type=group&principal_id=editors",
            vec![("editors", vec![FOLDER_ROLE])],
        ),
        ("collection_id=f1", vec![]),
        ("principal_type=user&principal_id=bob", vec![]),
    ] {
        assert_eq!(
            found(&bench.see(&format!("{ENV_1}&{query}")).await),
            expected,
            "{query}"
        );
    }
}

#[tokio::test]
async fn inspect_multiple_shows_exactly_who_is_named_even_without_roles() {
    let bench = given().await;
    let named = json!([{ "type": "user", "id": "bob" }, { "type": "user", "id": "ann" }]);
    let body = json!({ "scope_type": "prodenv", "scope_id": "env-1", "principals": named });
    let (status, reply) = many(&bench, body).await;
    assert_eq!(status, 200);
    assert_eq!(
        found(&reply),
        [("bob", vec![]), ("ann", vec![FOLDER_ROLE, FOLDER_ROLE, PRODENV_ROLE])]
    );
    let body = json!({ "scope_type": "prodenv", "scope_id": "env-1", "principals": named, "policy_parameters": { "folder_id": "f2" } });
    assert_eq!(
        found(&many(&bench, body).await.1),
        [("bob", vec![]), ("ann", vec![FOLDER_ROLE])]
    );
    let body = json!({ "scope_type": "account", "principals": [] });
    assert_eq!(many(&bench, body).await, (200, json!({ "data": { "principals": [] } })));
}

#[tokio::test]
async fn inspect_with_half_a_place_or_half_a_principal_is_400_and_of_unknown_ones_404() {
    let bench = given().await;
    for (query, status, word) in [
        ("", 400, "scope_type"),
        ("?scope_type=prodenv", 400, "scope_id"),
        ("?scope_type=account&scope_id=env-1", 400, "scope_id"),
        ("?scope_type=prodenv&scope_id=env-9", 404, "env-9"),
        ("?scope_type=prodenv&scope_id=all", 404, "all"),
        ("?scope_type=account&principal_type=user", 400, "principal_id"),
        ("?scope_type=account&principal_id=ann", 400, "principal_type"),
        (
            "?scope_type=account&principal_type=user&principal_id=nobody",
            404,
            "nobody",
        ),
        ("?scope_type=account&param_value=f1", 400, "param_key"),
        ("?scope_type=account&cursor=never", 400, "cursor"),
    ] {
        let (given, reply) = bench.look(&format!("/principal_roles/inspect{query}")).await;
        assert_eq!(given, status, "{query}: {reply}");
        assert!(reason(&bench).contains(word), "{query}: {reply}");
    }
    let ann = json!({ "type": "user", "id": "ann" });
    for (body, status, word) in [
        (json!({ "principals": [ann] }), 400, "scope_type"),
        (json!({ "scope_type": "account" }), 400, "principals"),
        (json!({ "scope_type": "prodenv", "principals": [ann] }), 400, "scope_id"),
        (
            json!({ "scope_type": "prodenv", "scope_id": "env-9", "principals": [ann] }),
            404,
            "env-9",
        ),
        (
            json!({ "scope_type": "account", "principals": [ann, { "type": "user", "id": "nobody" }] }),
            404,
            "principals[1]",
        ),
        (
            json!({ "scope_type": "account", "principals": [{ "type": "user" }] }),
            400,
            "id",
        ),
        (
            json!({ "scope_type": "account", "principals": [ann], "policy_parameters": { "folder_id": 1 } }),
            400,
            "folder_id",
        ),
        (
            json!({ "scope_type": "account", "principals": [ann], "cursor": "never" }),
            400,
            "cursor",
        ),
    ] {
        let (given, reply) = many(&bench, body.clone()).await;
        assert_eq!(given, status, "{body}: {reply}");
        assert!(reason(&bench).contains(word), "{body}: {reply}");
    }
}
