use account_provisioning_emulator::Quirk;
use reqwest::Method;
use serde_json::{Value, json};

use super::{ANYBODY, NOW, bench, ids};
use crate::client::{message, time};

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
        assert!(message(&reply).contains(word), "{body}: {reply}");
    }
    for scope_id in ["env-1", "all"] {
        bench.policy(prodenv("Taken", scope_id)).await;
    }
}

#[tokio::test]
async fn create_with_a_statement_that_cedar_refuses_is_400_with_cedars_words() {
    let bench = bench().await;
    for (statement, code, word) in [
        ("permit (principal, action, resource)", "parse_error", "unexpected end"),
        (
            "permit (principal == Cloudinary::Robot::\"r\", action, resource);",
            "unrecognized_entity_type",
            "Robot",
        ),
        (
            "permit (principal, action == Cloudinary::Action::\"fly\", resource);",
            "unrecognized_action_id",
            "fly",
        ),
    ] {
        let body = json!({ "name": "P", "policy_statement": statement, "scope_type": "account" });
        let (status, reply) = bench.ask(Method::POST, "/policies/custom", Some(body)).await;
        assert_eq!((status, &reply["error"]["category"]), (400, &json!("user_error")));
        let first = &reply["error"]["details"]["errors"][0];
        assert_eq!(first["cedar_code"], code, "{reply}");
        assert!(first["cedar_message"].as_str().unwrap().contains(word), "{reply}");
        assert!(message(&reply).contains(word), "{reply}");
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
    assert!(message(&reply).contains("enabled"), "{reply}");
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
