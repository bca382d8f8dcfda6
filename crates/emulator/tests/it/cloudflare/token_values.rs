//! The values of tokens: returned once, rolled and verified.

use reqwest::Method;
use serde_json::json;

use super::{Desk, failure, message, send, success, text};

const VERIFY: &str = "/accounts/{account}/tokens/verify";

#[tokio::test]
async fn token_rolled_works_with_its_new_value_alone() {
    let desk = Desk::start().await;
    let (id, old) = desk.token(&["Account Settings Read"]).await;
    let roll = format!("/accounts/{{account}}/tokens/{id}/value");
    let new = text(&success(desk.put(&roll, json!({})).await)["result"]);
    assert!(new.len() == 40 && new != old);
    let verify = async |value: &str| send(desk.with_token(value, Method::GET, VERIFY), None).await;
    assert_eq!(failure(&verify(&old).await), (401, 1000));
    let verified = success(verify(&new).await);
    assert_eq!(verified["result"], json!({ "id": id, "status": "active" }));
    success(desk.delete(&format!("/accounts/{{account}}/tokens/{id}")).await);
    assert_eq!(failure(&verify(&new).await), (401, 1000));
}

#[tokio::test]
async fn token_that_rolls_itself_is_answered_and_then_unknown() {
    let desk = Desk::start().await;
    let (id, old) = desk.token(&["Account API Tokens Write"]).await;
    let path = format!("/accounts/{{account}}/tokens/{id}/value");
    let reply = success(send(desk.with_token(&old, Method::PUT, &path), Some(json!({}))).await);
    assert_eq!(
        failure(&send(desk.with_token(&old, Method::GET, VERIFY), None).await),
        (401, 1000)
    );
    success(send(desk.with_token(&text(&reply["result"]), Method::GET, VERIFY), None).await);
}

#[tokio::test]
async fn verifying_what_is_no_token_of_the_account_is_401() {
    let desk = Desk::start().await;
    let of_user = send(
        desk.with_token(desk.account.user_api_token(), Method::GET, VERIFY),
        None,
    )
    .await;
    assert_eq!(failure(&of_user), (401, 1000));
    assert!(message(&of_user).contains("belongs to the account"));
    assert_eq!(
        failure(&send(desk.as_user(Method::GET, VERIFY), None).await),
        (401, 1000)
    );
}

#[tokio::test]
async fn values_are_neither_in_the_log_nor_in_debug_nor_in_the_audit_log() {
    let desk = Desk::start().await;
    let (id, value) = desk.token(&["Account Settings Read"]).await;
    send(desk.with_token(&value, Method::GET, "/accounts/{account}"), None).await;
    let rolled = success(
        desk.put(&format!("/accounts/{{account}}/tokens/{id}/value"), json!({}))
            .await,
    );
    let rolled = text(&rolled["result"]);
    let audit = desk
        .see("/accounts/{account}/logs/audit?since=2026-01-01&before=2026-02-01")
        .await;
    assert_eq!(audit["result"].as_array().unwrap().len(), 2);
    let requests = desk.emulator.requests();
    let bodies: String = requests
        .iter()
        .map(|request| String::from_utf8_lossy(&request.body).into_owned())
        .collect();
    for shown in [
        audit.to_string(),
        bodies,
        format!("{requests:?}"),
        format!("{:?}", desk.emulator.state()),
        format!("{:?}", desk.emulator),
    ] {
        for secret in [&value, &rolled, desk.account.api_token()] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }
    assert!(
        desk.emulator.state().to_json().contains(&rolled),
        "the state is the oracle's own"
    );
}
