//! Accepted credentials, and the status and code for the others.

use account_provisioning_emulator::cloudflare::{RequestIp, Token, TokenCondition, TokenStatus, User};
use reqwest::Method;
use serde_json::{Value, json};

use super::{Desk, NOW, failure, message, send, success, token};
use crate::client::time;

const ACCOUNT: &str = "/accounts/{account}";

async fn with_headers(desk: &Desk, headers: &[(&str, &str)]) -> (u16, Value) {
    let mut request = desk.bare(Method::GET, ACCOUNT);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    send(request, None).await
}

#[tokio::test]
async fn credentials_of_each_kind_are_taken() {
    let desk = Desk::start().await;
    let (email, key, service) = (
        desk.account.email(),
        desk.account.api_key(),
        desk.account.user_service_key(),
    );
    for token in [desk.account.api_token(), desk.account.user_api_token()] {
        success(send(desk.with_token(token, Method::GET, ACCOUNT), None).await);
    }
    success(with_headers(&desk, &[("X-Auth-Email", email), ("X-Auth-Key", key)]).await);
    success(with_headers(&desk, &[("X-Auth-User-Service-Key", service)]).await);
    success(with_headers(&desk, &[("authorization", "bearer emulator-account-token")]).await);
    assert!(desk.emulator.requests().iter().all(|request| request.authenticated));
}

#[tokio::test]
async fn credentials_that_are_missing_halved_malformed_or_mixed_are_400() {
    let desk = Desk::start().await;
    for (headers, why) in [
        (&[][..], "no credentials"),
        (&[("x-auth-email", "canary@x.example")], "without X-Auth-Key"),
        (&[("x-auth-key", "canary")], "without X-Auth-Email"),
        (&[("authorization", "Basic canary")], "Invalid request headers"),
        (&[("authorization", "Bearer")], "Invalid request headers"),
        (&[("authorization", "Bearer canary two")], "Invalid request headers"),
        (
            &[("authorization", "Bearer canary"), ("authorization", "Bearer canary")],
            "more than one authorization",
        ),
        (
            &[
                ("authorization", "Bearer canary"),
                ("x-auth-user-service-key", "canary"),
            ],
            "more than one kind",
        ),
    ] {
        let reply = with_headers(&desk, headers).await;
        assert_eq!(failure(&reply), (400, 6003), "{why}");
        assert!(
            message(&reply).contains(why) && !reply.1.to_string().contains("canary"),
            "{reply:?}"
        );
    }
}

#[tokio::test]
async fn credentials_that_are_malformed_have_their_reason_in_the_error_chain() {
    let desk = Desk::start().await;
    for (name, value, code, reason) in [
        (
            "authorization",
            "Basic canary",
            6111,
            "Invalid format for Authorization header",
        ),
        (
            "x-auth-email",
            "canary@x.example",
            6103,
            "Invalid format for X-Auth-Key header",
        ),
        ("x-auth-key", "canary", 6102, "Invalid format for X-Auth-Email header"),
    ] {
        let reply = with_headers(&desk, &[(name, value)]).await;
        assert_eq!(failure(&reply), (400, 6003), "{reply:?}");
        let chain = json!([{ "code": code, "message": reason }]);
        assert_eq!(reply.1["errors"][0]["error_chain"], chain);
    }
    let reply = with_headers(&desk, &[]).await;
    assert_eq!(reply.1["errors"][0].get("error_chain"), None);
}

#[tokio::test]
async fn credentials_that_are_wrong_are_401_and_never_repeated() {
    let desk = Desk::start().await;
    let email = desk.account.email();
    for (headers, code) in [
        (&[("authorization", "Bearer canary")][..], 1000),
        (&[("x-auth-email", email), ("x-auth-key", "canary")], 10000),
        (
            &[
                ("x-auth-email", "canary@x.example"),
                ("x-auth-key", desk.account.api_key()),
            ],
            10000,
        ),
        (&[("x-auth-user-service-key", "canary")], 10000),
    ] {
        let reply = with_headers(&desk, headers).await;
        assert_eq!(failure(&reply), (401, code));
        assert!(!reply.1.to_string().contains("canary"));
    }
    let shown = format!("{:?}", desk.emulator.requests());
    assert!(!shown.contains("canary") && !shown.contains(desk.account.api_key()) && !shown.contains(email));
}

#[tokio::test]
async fn token_that_is_disabled_expired_or_early_is_401_until_it_is_none_of_these() {
    let desk = Desk::with(|state| {
        let mut tokens: Vec<Token> = ["off", "old", "early"]
            .into_iter()
            .map(|id| {
                token(
                    state,
                    id,
                    &["Account Settings Read"],
                    "com.cloudflare.api.account.emulator-account",
                )
            })
            .collect();
        tokens[0].status = TokenStatus::Disabled;
        tokens[1].expires_on = Some(time(NOW));
        tokens[2].not_before = Some(time("2026-01-15T12:00:01Z"));
        state
            .accounts
            .get_mut("emulator-account")
            .unwrap()
            .tokens
            .extend(tokens);
    })
    .await;
    let call = async |value: &str, path: &str| send(desk.with_token(value, Method::GET, path), None).await;
    for (value, why) in [
        ("off-value", "is disabled"),
        ("old-value", "has expired"),
        ("early-value", "is not valid yet"),
    ] {
        let reply = call(value, ACCOUNT).await;
        assert_eq!(failure(&reply), (401, 1000), "{value}");
        assert!(message(&reply).contains(why), "{reply:?}");
    }
    for (value, status) in [("off-value", "disabled"), ("old-value", "expired")] {
        let reply = success(call(value, "/accounts/{account}/tokens/verify").await);
        assert_eq!(reply["result"]["status"], status);
    }
    desk.emulator.set_clock(time("2026-01-15T12:00:01Z"));
    success(call("early-value", ACCOUNT).await);
}

#[tokio::test]
async fn token_used_from_an_address_that_its_condition_leaves_out_is_403() {
    let ip = |within: &[&str], not_in: &[&str]| {
        let texts = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
        let mut ip = RequestIp::default();
        (ip.within, ip.not_in) = (texts(within), texts(not_in));
        let mut condition = TokenCondition::default();
        condition.request_ip = Some(ip);
        condition
    };
    for (condition, expected) in [
        (ip(&[], &[]), 200),
        (ip(&["127.0.0.0/8"], &[]), 200),
        (ip(&["10.0.0.0/8", "::1"], &[]), 403),
        (ip(&["127.0.0.1"], &["127.0.0.1/32"]), 403),
        (ip(&[], &["127.0.0.2"]), 200),
    ] {
        let desk = Desk::with(|state| {
            let account = state.accounts.get_mut("emulator-account").unwrap();
            let own = account.tokens.get_mut("emulator-token-1").unwrap();
            own.condition = Some(condition.clone());
        })
        .await;
        let reply = desk.get(ACCOUNT).await;
        assert_eq!(reply.0, expected, "{condition:?}");
        if expected == 403 {
            assert_eq!(failure(&reply).1, 9109);
        }
    }
}

#[tokio::test]
async fn account_out_of_reach_is_403_whether_it_exists_or_not() {
    let desk = Desk::with(|state| {
        state
            .accounts
            .insert(account_provisioning_emulator::cloudflare::Account::new(
                "other", "Other",
            ));
        let mut stranger = User::new("stranger", "stranger@x.example");
        stranger.api_key = Some("stranger-key".into());
        state.users.insert(stranger);
    })
    .await;
    for id in ["other", "nowhere"] {
        let path = format!("/accounts/{id}");
        assert_eq!(failure(&desk.get(&path).await), (403, 9109), "{id}");
    }
    let request = desk
        .bare(Method::GET, ACCOUNT)
        .header("x-auth-email", "stranger@x.example")
        .header("x-auth-key", "stranger-key");
    assert_eq!(failure(&send(request, None).await), (403, 9109));
}

#[tokio::test]
async fn token_that_signs_a_request_in_remembers_when() {
    let desk = Desk::start().await;
    desk.see(ACCOUNT).await;
    let reply = desk.see("/accounts/{account}/tokens/emulator-token-1").await;
    assert_eq!(reply["result"]["last_used_on"], NOW);
}
