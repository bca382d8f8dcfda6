use reqwest::Method;
use serde_json::{Value, json};

use super::{ACCOUNT_ROLE, FOLDER_ROLE, NOW, PRODENV_ROLE, bench, reason};
use crate::client::{Bench, Reply};

async fn put(bench: &Bench, role: &str, operation: &str, principals: Value) -> Reply {
    let body = json!({ "operation": operation, "principals": principals });
    bench
        .ask(Method::PUT, &format!("/roles/{role}/principals"), Some(body))
        .await
}

fn someone(kind: &str, id: &str, folder: &str) -> Value {
    json!({ "principal_type": kind, "principal_id": id, "scope_id": "env-1", "policy_parameters": { "folder_id": folder } })
}

#[tokio::test]
async fn update_is_the_other_way_to_assign_what_update_of_a_principal_assigns() {
    let bench = bench().await;
    let both = json!([someone("user", "ann", "f1"), someone("group", "editors", "f2")]);
    assert_eq!(put(&bench, FOLDER_ROLE, "add", both).await, (200, Value::Null));
    let of_ann = "/principal_roles?principal_type=user&principal_id=ann&permission_type=content";
    assert_eq!(
        bench.see(of_ann).await["data"][0]["policy_parameters"],
        json!({ "folder_id": "f1" })
    );
    assert_eq!(
        bench.manage("remove", "user", "ann", super::on_folder("f1")).await.0,
        200
    );
    let path = format!("/roles/{FOLDER_ROLE}/principals");
    assert_eq!(
        bench.see(&path).await,
        json!({ "data": [{ "id": "editors", "type": "group" }] })
    );
    let one = json!([someone("group", "editors", "f2")]);
    assert_eq!(put(&bench, FOLDER_ROLE, "remove", one).await, (200, Value::Null));
    assert_eq!(bench.see(&path).await, json!({ "data": [] }));
}

#[tokio::test]
async fn list_shows_everything_when_verbose_and_each_principal_once_when_not() {
    let bench = bench().await;
    let both = json!([
        someone("user", "ann", "f1"),
        someone("user", "ann", "f2"),
        someone("user", "bob", "f2")
    ]);
    put(&bench, FOLDER_ROLE, "add", both).await;
    let path = format!("/roles/{FOLDER_ROLE}/principals");
    let brief = json!({ "data": [{ "id": "ann", "type": "user" }, { "id": "bob", "type": "user" }] });
    assert_eq!(bench.see(&path).await, brief);
    assert_eq!(bench.see(&format!("{path}?verbose=false")).await, brief);
    let verbose = bench.see(&format!("{path}?verbose=true")).await;
    assert_eq!(verbose["data"].as_array().unwrap().len(), 3);
    assert_eq!(
        verbose["data"][1],
        json!({
            "id": "ann", "type": "user", "role_id": FOLDER_ROLE, "policy_parameters": { "folder_id": "f2" },
            "scope_type": "prodenv", "scope_id": "env-1", "created_at": NOW, "updated_at": NOW,
        })
    );
    put(
        &bench,
        ACCOUNT_ROLE,
        "add",
        json!([{ "principal_type": "user", "principal_id": "ann", "scope_id": null }]),
    )
    .await;
    let account = bench
        .see(&format!("/roles/{ACCOUNT_ROLE}/principals?verbose=true"))
        .await;
    assert_eq!(
        (
            &account["data"][0]["scope_id"],
            &account["data"][0]["policy_parameters"]
        ),
        (&Value::Null, &json!({}))
    );
}

#[tokio::test]
async fn list_is_narrowed_by_place_and_parameters() {
    let bench = bench().await;
    put(
        &bench,
        FOLDER_ROLE,
        "add",
        json!([someone("user", "ann", "f1"), someone("user", "bob", "f2")]),
    )
    .await;
    for (query, expected) in [
        ("folder_id=f1", 1),
        ("param_key=folder_id&param_value=f2", 1),
        ("collection_id=f1", 0),
        ("scope_type=prodenv", 2),
        ("scope_type=prodenv&scope_id=env-1", 2),
        ("scope_type=prodenv&scope_id=env-2", 0),
        ("scope_type=account", 0),
    ] {
        let found = bench.see(&format!("/roles/{FOLDER_ROLE}/principals?{query}")).await;
        assert_eq!(found["data"].as_array().unwrap().len(), expected, "{query}");
    }
    let everywhere = json!([{ "principal_type": "user", "principal_id": "ann", "scope_id": "all" }]);
    put(&bench, PRODENV_ROLE, "add", everywhere).await;
    let found = bench
        .see(&format!(
            "/roles/{PRODENV_ROLE}/principals?scope_type=prodenv&scope_id=env-2"
        ))
        .await;
    assert_eq!(found, json!({ "data": [{ "id": "ann", "type": "user" }] }));
    for query in [
        "scope_type=prodenv&scope_id=env-9",
        "scope_type=account&scope_id=env-1",
        "param_key=folder_id",
    ] {
        let status = bench.look(&format!("/roles/{FOLDER_ROLE}/principals?{query}")).await.0;
        assert_eq!(status, if query.contains("env-9") { 404 } else { 400 }, "{query}");
    }
}

#[tokio::test]
async fn update_with_a_mistake_names_its_place_and_changes_nothing() {
    let bench = bench().await;
    for (second, status, word) in [
        (someone("user", "nobody", "f1"), 404, "nobody"),
        (
            json!({ "principal_type": "user", "principal_id": "bob", "scope_id": "env-1" }),
            400,
            "folder_id",
        ),
        (
            json!({ "principal_type": "user", "principal_id": "bob", "policy_parameters": { "folder_id": "f" } }),
            400,
            "scope_id",
        ),
    ] {
        let (given, reply) = put(
            &bench,
            FOLDER_ROLE,
            "add",
            json!([someone("user", "ann", "f1"), second]),
        )
        .await;
        assert_eq!(given, status);
        assert!(
            reason(&bench).starts_with("principals[1]: ") && reason(&bench).contains(word),
            "{reply}"
        );
    }
    assert_eq!(
        bench.see(&format!("/roles/{FOLDER_ROLE}/principals")).await,
        json!({ "data": [] })
    );
    for body in [
        json!({ "principals": [] }),
        json!({ "operation": "add" }),
        json!({ "operation": "add", "principals": [{ "principal_type": "user" }] }),
        json!({ "operation": "add", "principals": [{ "principal_type": "robot", "principal_id": "ann" }] }),
    ] {
        let path = format!("/roles/{FOLDER_ROLE}/principals");
        assert_eq!(bench.ask(Method::PUT, &path, Some(body.clone())).await.0, 400, "{body}");
    }
    assert_eq!(put(&bench, "nowhere", "add", json!([])).await.0, 404);
    assert_eq!(bench.look("/roles/nowhere/principals").await.0, 404);
}
