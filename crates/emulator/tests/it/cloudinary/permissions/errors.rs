//! The form of the errors of the permissions API.

use std::collections::BTreeSet;
use std::time::Duration;

use account_provisioning_emulator::{Fault, RateLimit};
use serde_json::{Value, json};

use super::{any, bench, setting};
use crate::client::{Bench, message};

fn is_envelope(body: &Value, category: &str, code: &str) -> bool {
    let error = body["error"].as_object().unwrap();
    error.keys().map(String::as_str).collect::<BTreeSet<_>>()
        == BTreeSet::from(["category", "code", "details", "message"])
        && (&error["category"], &error["code"]) == (&json!(category), &json!(code))
        && error["details"].is_object()
}

#[tokio::test]
async fn errors_of_permissions_have_an_envelope_that_those_of_provisioning_have_not() {
    let bench = bench().await;
    let (status, body) = bench.look("/roles/nowhere").await;
    assert_eq!(status, 404);
    assert!(is_envelope(&body, "user_error", "ACCOUNTS_00004"), "{body}");
    assert!(message(&body).contains("nowhere"));
    let (status, body) = bench.look("/roles").await;
    assert_eq!(status, 400);
    assert!(is_envelope(&body, "user_error", "ACCOUNTS_00006"), "{body}");
    let (_, body) = bench.get("/users/nobody").await;
    assert_eq!(body["error"].as_object().unwrap().len(), 1, "{body}");
}

#[tokio::test]
async fn missing_credentials_are_401_in_the_envelope() {
    let bench = bench().await;
    let url = format!(
        "{}/v2/accounts/emulator-account/permissions/roles?permission_type=global",
        bench.account.base_url()
    );
    let response = bench.http.get(url).send().await.unwrap();
    assert!(response.headers().contains_key("www-authenticate"));
    let (status, body) = any(response).await;
    assert_eq!(status, 401);
    assert!(is_envelope(&body, "user_error", "ACCOUNTS_00001"), "{body}");
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
    assert!(is_envelope(&body, "system_error", "ACCOUNTS_00050"), "{body}");
    bench.see("/roles?permission_type=global").await;
    let (status, body) = bench.look("/roles?permission_type=global").await;
    assert_eq!(status, 420);
    assert!(is_envelope(&body, "user_error", "ACCOUNTS_00020"), "{body}");
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
