//! The form of the errors of the permissions API.

use std::time::Duration;

use account_provisioning_emulator::{Fault, RateLimit};
use reqwest::Method;
use serde_json::{Value, json};

use super::{ANYBODY, any, bench, reason, setting};
use crate::client::Bench;

/// Returns the body of an error.
fn error(category: &str, code: &str, message: &str, fields: Option<Value>) -> Value {
    let mut error = json!({ "category": category, "code": code, "message": message });
    if let Some(fields) = fields {
        error["details"] = json!({ "fields": fields });
    }
    json!({ "error": error })
}

fn not_found(fields: Value) -> Value {
    error("server_error", "ACCOUNTS_00003", "not found", Some(fields))
}

fn missing(fields: Value) -> Value {
    error("user_error", "ACCOUNTS_00005", "missing fields", Some(fields))
}

fn invalid(fields: Value) -> Value {
    error("user_error", "ACCOUNTS_00005", "invalid request", Some(fields))
}

fn taken(message: &str, fields: Value) -> Value {
    error("user_error", "ACCOUNTS_00006", message, Some(fields))
}

/// Requests, and the status and body of their errors.
fn refused() -> Vec<(Method, &'static str, Value, u16, Value)> {
    let policy =
        |name: &str, statement: &str| json!({ "name": name, "policy_statement": statement, "scope_type": "account" });
    let role = |name: &str| json!({ "name": name, "permission_type": "global", "scope_type": "account" });
    let misspelt = "permit (principal == Cloudinary::APIKy::\"1\", action, resource);";
    let cedar = json!([{ "cedar_message": "invalid_principal" }]);
    let refused = json!([{ "policy_statement": misspelt }, { "cedar_errors": cedar }]);
    let none = Value::Null;
    vec![
        (
            Method::GET,
            "/policies/custom/p",
            none.clone(),
            404,
            not_found(json!([{ "policy_id": "p" }])),
        ),
        (
            Method::GET,
            "/roles/r",
            none.clone(),
            404,
            not_found(json!([{ "role_id": "r" }])),
        ),
        (
            Method::GET,
            "/policies/effective?principal_type=user&principal_id=nobody",
            none.clone(),
            404,
            not_found(json!([{ "principal_id": "nobody" }])),
        ),
        (
            Method::GET,
            "/policies/effective?scope_type=prodenv&scope_id=env-9",
            none.clone(),
            404,
            not_found(json!([{ "scope_id": "env-9" }])),
        ),
        (
            Method::POST,
            "/policies/custom",
            policy("P", misspelt),
            400,
            error("user_error", "ACCOUNTS_00002", "invalid request", Some(refused)),
        ),
        (
            Method::POST,
            "/policies/custom",
            json!({}),
            400,
            missing(json!(["scope_type", "policy_statement", "name"])),
        ),
        (
            Method::GET,
            "/roles",
            none.clone(),
            400,
            missing(json!(["permission_type"])),
        ),
        (
            Method::GET,
            "/policies/effective?scope_type=prodenv",
            none.clone(),
            400,
            missing(json!(["scope_id"])),
        ),
        (
            Method::GET,
            "/policies/effective?scope_type=galaxy",
            none.clone(),
            400,
            invalid(json!([{ "scope_type": "galaxy" }])),
        ),
        (Method::POST, "/roles", role(""), 400, invalid(json!([{ "name": "" }]))),
        (
            Method::POST,
            "/roles",
            json!({ "name": 7, "permission_type": "global", "scope_type": "account" }),
            400,
            invalid(json!([{ "name": 7 }])),
        ),
        (
            Method::GET,
            "/policies/custom?cursor=never",
            none,
            400,
            invalid(json!([{ "cursor": "never" }])),
        ),
        (
            Method::POST,
            "/roles",
            role("Admin"),
            409,
            taken("already exists", json!([{ "name": "Admin" }])),
        ),
        (
            Method::POST,
            "/policies/custom",
            policy("Taken", ANYBODY),
            409,
            taken("already exists for the scope", json!([{ "name": "Taken" }])),
        ),
        (
            Method::DELETE,
            "/roles/cld::role::account::admin",
            Value::Null,
            403,
            error("user_error", "ACCOUNTS_00006", "not allowed", None),
        ),
    ]
}

#[tokio::test]
async fn every_error_has_the_vendors_code_message_and_fields() {
    let bench = bench().await;
    bench
        .policy(json!({ "name": "Taken", "policy_statement": ANYBODY, "scope_type": "account" }))
        .await;
    for (method, path, body, status, expected) in refused() {
        let body = (!body.is_null()).then_some(body);
        let reply = bench.ask(method.clone(), path, body).await;
        assert_eq!(reply, (status, expected), "{method} {path}");
        // The body says what the vendor's says; the log says why.
        assert!(!reason(&bench).is_empty());
    }
    bench.see("/roles?permission_type=global").await;
    assert_eq!(bench.emulator.requests().pop().unwrap().refusal, None);
}

#[tokio::test]
async fn errors_of_provisioning_have_a_message_alone() {
    let bench = bench().await;
    let (_, body) = bench.get("/users/nobody").await;
    assert_eq!(
        body,
        json!({ "error": { "message": "Cannot find user with id nobody" } })
    );
}

#[tokio::test]
async fn missing_credentials_are_401_without_details() {
    let bench = bench().await;
    let url = format!(
        "{}/v2/accounts/emulator-account/permissions/roles?permission_type=global",
        bench.account.base_url()
    );
    let response = bench.http.get(url).send().await.unwrap();
    assert!(response.headers().contains_key("www-authenticate"));
    let expected = error("user_error", "ACCOUNTS_00006", "invalid credentials", None);
    assert_eq!(any(response).await, (401, expected));
}

#[tokio::test]
async fn injected_statuses_and_the_rate_limit_have_the_envelope_and_bodiless_ones_have_none() {
    let bench = Bench::of(
        setting()
            .rate_limit(RateLimit::new(2, Duration::from_secs(60)))
            .start()
            .await
            .unwrap(),
    );
    bench.emulator.inject(Fault::status(503).on("getRoles").nth(1));
    let (status, body) = bench.look("/roles?permission_type=global").await;
    assert_eq!(status, 503);
    let failed = error("server_error", "ACCOUNTS_00001", "something went wrong", None);
    assert_eq!(body, failed);
    bench.see("/roles?permission_type=global").await;
    let (status, body) = bench.look("/roles?permission_type=global").await;
    assert_eq!(status, 420);
    assert_eq!(
        (&body["error"]["category"], &body["error"]["code"]),
        (&json!("user_error"), &json!("ACCOUNTS_00020"))
    );
    // Public operations do not count against the rate limit.
    bench.emulator.inject(Fault::status(400).on("getCedarSchema").nth(1));
    let url = format!("{}/v2/accounts/permissions/public/schema", bench.account.base_url());
    assert_eq!(
        any(bench.http.get(&url).send().await.unwrap()).await,
        (400, Value::Null)
    );
    assert_eq!(any(bench.http.get(&url).send().await.unwrap()).await.0, 200);
}

#[tokio::test]
async fn faults_in_the_body_of_an_answer_without_one_break_nothing_but_the_answer() {
    let bench = bench().await;
    for fault in [
        Fault::malformed(),
        Fault::truncated(),
        Fault::slow_body(Duration::from_millis(1)),
    ] {
        bench.emulator.clear_faults();
        bench.emulator.inject(fault.on("updatePrincipalRoles"));
        assert_eq!(
            bench
                .manage("add", "user", "ann", json!({ "id": super::ACCOUNT_ROLE }))
                .await,
            (200, Value::Null)
        );
    }
}
