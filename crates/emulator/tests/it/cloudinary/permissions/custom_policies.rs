use account_provisioning_emulator::Quirk;
use reqwest::Method;
use serde_json::{Value, json};

use super::{ANYBODY, NOW, bench, ids, reason};
use crate::client::time;

const FORBID: &str = "forbid (principal, action, resource);";

fn account(name: &str) -> Value {
    json!({ "name": name, "policy_statement": ANYBODY, "scope_type": "account" })
}

fn prodenv(name: &str, scope_id: &str) -> Value {
    json!({ "name": name, "policy_statement": ANYBODY, "scope_type": "prodenv", "scope_id": scope_id })
}

#[tokio::test]
async fn create_answers_201_with_the_policy_enabled_unless_told_otherwise() {
    let bench = bench().await;
    for (enabled, expected) in [
        (None, true),
        (Some(Value::Null), true),
        (Some(json!(true)), true),
        (Some(json!(false)), false),
    ] {
        let mut body = prodenv(&format!("{enabled:?}"), "env-1");
        if let Some(enabled) = enabled {
            body["enabled"] = enabled;
        }
        let id = bench.policy(body.clone()).await;
        assert_eq!(
            bench.see(&format!("/policies/custom/{id}")).await,
            json!({ "data": {
                "id": id, "name": body["name"], "description": null, "policy_statement": ANYBODY, "scope_type": "prodenv",
                "scope_id": "env-1", "enabled": expected, "created_at": NOW, "updated_at": NOW,
            } })
        );
    }
    let id = bench
        .policy(json!({
            "name": "A", "policy_statement": ANYBODY, "scope_type": "account", "scope_id": null, "description": "words",
        }))
        .await;
    let shown = bench.see(&format!("/policies/custom/{id}")).await;
    assert_eq!(
        (&shown["data"]["description"], shown["data"].get("scope_id")),
        (&json!("words"), None)
    );
}

#[tokio::test]
async fn create_of_what_is_not_allowed_is_refused() {
    let bench = bench().await;
    bench.policy(account("Taken")).await;
    for (body, status, word) in [
        (account("Taken"), 409, "Taken"),
        (account(" "), 400, "name"),
        (prodenv("P", "env-9"), 400, "env-9"),
        (
            json!({ "name": "P", "policy_statement": ANYBODY, "scope_type": "prodenv" }),
            400,
            "scope_id",
        ),
        (
            json!({ "name": "P", "policy_statement": ANYBODY, "scope_type": "account", "scope_id": "all" }),
            400,
            "scope_id",
        ),
        (
            json!({ "name": "P", "policy_statement": ANYBODY, "scope_type": "galaxy" }),
            400,
            "scope_type",
        ),
        (
            json!({ "policy_statement": ANYBODY, "scope_type": "account" }),
            400,
            "name",
        ),
        (json!({ "name": "P", "scope_type": "account" }), 400, "policy_statement"),
        (json!({ "name": "P", "policy_statement": ANYBODY }), 400, "scope_type"),
        (
            json!({ "name": "P", "policy_statement": "permit (", "scope_type": "account" }),
            400,
            "policy_statement",
        ),
    ] {
        let (given, reply) = bench.ask(Method::POST, "/policies/custom", Some(body.clone())).await;
        assert_eq!(given, status, "{body}: {reply}");
        assert!(reason(&bench).contains(word), "{body}: {reply}");
    }
    for scope_id in ["env-1", "all"] {
        bench.policy(prodenv("Taken", scope_id)).await;
    }
}

#[tokio::test]
async fn create_with_a_statement_that_cedar_refuses_is_400_with_cedars_words() {
    let bench = bench().await;
    for (statement, word) in [
        ("permit (principal, action, resource)", "unexpected end"),
        ("permit (principal == ?principal, action, resource);", "template"),
        (
            "permit (principal == Cloudinary::APIKy::\"1234\", action, resource);",
            "invalid_principal",
        ),
        (
            "permit (principal, action == Cloudinary::Action::\"fly\", resource);",
            "invalid_action",
        ),
        (
            "permit (principal, action, resource); permit (principal, action, resource is Cloudinary::Asse);",
            "invalid_resource",
        ),
        (
            "permit (principal, action, resource is Cloudinary::Asset) when { resource.colour == \"red\" };",
            "colour",
        ),
    ] {
        let body = json!({ "name": "P", "policy_statement": statement, "scope_type": "account" });
        let (status, reply) = bench.ask(Method::POST, "/policies/custom", Some(body)).await;
        assert_eq!(status, 400);
        let error = &reply["error"];
        let said = (&error["category"], &error["code"], &error["message"]);
        let expected = (
            &json!("user_error"),
            &json!("ACCOUNTS_00002"),
            &json!("invalid request"),
        );
        assert_eq!(said, expected);
        let fields = error["details"]["fields"].as_array().unwrap();
        assert_eq!(fields[0], json!({ "policy_statement": statement }));
        let first = &fields[1]["cedar_errors"][0];
        assert_eq!(first.as_object().unwrap().len(), 1, "{first}");
        assert!(first["cedar_message"].as_str().unwrap().contains(word), "{reply}");
        assert_eq!(fields.len(), 2);
        assert!(reason(&bench).contains(word), "{reply}");
    }
}

#[tokio::test]
async fn statement_of_several_policies_is_shown_as_it_was_sent_and_judged_as_a_whole() {
    let bench = bench().await;
    let ann = "permit (principal == Cloudinary::User::\"ann\", action, resource is Cloudinary::Report);";
    let key = "permit (principal == Cloudinary::APIKey::\"key-1\", action, resource is Cloudinary::Asset);";
    let statement = format!("{ann}\n{key}");
    let mut body = prodenv("Two", "env-1");
    body["policy_statement"] = statement.as_str().into();
    let id = bench.policy(body).await;
    let shown = bench.see(&format!("/policies/custom/{id}")).await;
    assert_eq!(shown["data"]["policy_statement"], statement.as_str());
    // Either policy makes it one of the principal's.
    for (principal, count) in [
        ("principal_type=user&principal_id=ann", 1),
        ("principal_type=apiKey&principal_id=key-1", 1),
        ("principal_type=user&principal_id=bob", 0),
    ] {
        let path = format!("/policies/effective?scope_type=prodenv&scope_id=env-1&{principal}");
        let effective = bench.see(&path).await;
        let custom = effective["data"]["custom_policies"].as_array().unwrap();
        assert_eq!(custom.len(), count, "{principal}");
        assert!(
            custom
                .iter()
                .all(|policy| policy["policy_statement"] == statement.as_str())
        );
    }
}

#[tokio::test]
async fn list_is_narrowed_by_scope_and_by_enabled() {
    let bench = bench().await;
    let one = bench.policy(account("A")).await;
    let mut off = account("B");
    off["enabled"] = json!(false);
    let two = bench.policy(off).await;
    let here = bench.policy(prodenv("P", "env-1")).await;
    let everywhere = bench.policy(prodenv("Q", "all")).await;
    for (query, expected) in [
        ("", vec![&one, &two]),
        ("?scope_type=account", vec![&one, &two]),
        ("?scope_type=account&enabled=true", vec![&one]),
        ("?enabled=false", vec![&two]),
        ("?scope_type=prodenv&scope_id=env-1", vec![&here, &everywhere]),
        ("?scope_type=prodenv&scope_id=env-2", vec![&everywhere]),
    ] {
        assert_eq!(
            ids(&bench.see(&format!("/policies/custom{query}")).await),
            expected,
            "{query}"
        );
    }
    for query in [
        "?scope_type=prodenv",
        "?scope_type=prodenv&scope_id=env-9",
        "?scope_type=prodenv&scope_id=all",
        "?scope_id=env-1",
        "?enabled=perhaps",
        "?cursor=never",
    ] {
        assert_eq!(bench.look(&format!("/policies/custom{query}")).await.0, 400, "{query}");
    }
}

#[tokio::test]
async fn update_replaces_the_whole_policy() {
    let bench = bench().await;
    let id = bench.policy(json!({
        "name": "P", "policy_statement": ANYBODY, "scope_type": "prodenv", "scope_id": "env-1", "description": "words",
    })).await;
    bench.emulator.set_clock(time("2026-02-01T00:00:00Z"));
    let path = format!("/policies/custom/{id}");
    let body = json!({ "name": "P2", "policy_statement": FORBID, "scope_type": "account", "enabled": false });
    let (status, reply) = bench.ask(Method::PUT, &path, Some(body)).await;
    assert_eq!(status, 200);
    assert_eq!(
        reply["data"],
        json!({
            "id": id, "name": "P2", "description": null, "policy_statement": FORBID, "scope_type": "account",
            "enabled": false, "created_at": NOW, "updated_at": 1_769_904_000,
        })
    );
    assert_eq!(bench.see(&path).await, reply);
}

#[tokio::test]
async fn update_without_enabled_is_400_and_with_null_takes_the_default() {
    let bench = bench().await;
    let id = bench.policy(account("P")).await;
    let path = format!("/policies/custom/{id}");
    let mut body = json!({ "name": "P", "policy_statement": FORBID, "scope_type": "account" });
    let (status, reply) = bench.ask(Method::PUT, &path, Some(body.clone())).await;
    assert_eq!(status, 400);
    assert!(reason(&bench).contains("enabled"), "{reply}");
    body["enabled"] = Value::Null;
    let (status, reply) = bench.ask(Method::PUT, &path, Some(body)).await;
    assert_eq!((status, &reply["data"]["enabled"]), (200, &json!(true)));
}

#[tokio::test]
async fn update_to_a_name_that_is_taken_or_to_the_statement_it_has_is_409() {
    let bench = bench().await;
    bench.policy(account("Taken")).await;
    let id = bench.policy(account("P")).await;
    let path = format!("/policies/custom/{id}");
    let taken = json!({ "name": "Taken", "policy_statement": FORBID, "scope_type": "account", "enabled": true });
    assert_eq!(bench.ask(Method::PUT, &path, Some(taken)).await.0, 409);
    let same = json!({ "name": "P", "policy_statement": ANYBODY, "scope_type": "account", "enabled": false });
    assert_eq!(bench.ask(Method::PUT, &path, Some(same.clone())).await.0, 409);
    bench.emulator.set_quirk(Quirk::SameStatementIsAccepted, true);
    let (status, reply) = bench.ask(Method::PUT, &path, Some(same)).await;
    assert_eq!((status, &reply["data"]["enabled"]), (200, &json!(false)));
    let wrong = json!({ "name": "P", "policy_statement": "no", "scope_type": "account", "enabled": false });
    assert_eq!(bench.ask(Method::PUT, &path, Some(wrong)).await.0, 400);
}

#[tokio::test]
async fn delete_is_204_and_what_is_gone_404() {
    let bench = bench().await;
    let id = bench.policy(account("P")).await;
    let path = format!("/policies/custom/{id}");
    assert_eq!(bench.ask(Method::DELETE, &path, None).await, (204, Value::Null));
    assert_eq!(bench.look(&path).await.0, 404);
    assert_eq!(bench.ask(Method::DELETE, &path, None).await.0, 404);
    let body = json!({ "name": "P", "policy_statement": FORBID, "scope_type": "account", "enabled": true });
    assert_eq!(bench.ask(Method::PUT, &path, Some(body)).await.0, 404);
}

#[tokio::test]
async fn deletion_of_an_environment_takes_its_policies_along_and_leaves_those_of_all() {
    let bench = bench().await;
    let here = bench.policy(prodenv("P", "env-1")).await;
    let everywhere = bench.policy(prodenv("Q", "all")).await;
    assert_eq!(bench.delete("/sub_accounts/env-1").await.0, 200);
    assert_eq!(bench.look(&format!("/policies/custom/{here}")).await.0, 404);
    assert_eq!(bench.look(&format!("/policies/custom/{everywhere}")).await.0, 200);
}
