//! SSO connectors and the verification of their domains.

use std::time::Duration;

use account_provisioning_emulator::cloudflare::Account;
use reqwest::Method;
use serde_json::{Value, json};

use super::{Desk, NOW, each, failure, message, send, success, text};

const CONNECTORS: &str = "/accounts/{account}/sso_connectors";

async fn made(desk: &Desk, domain: &str, begin: bool) -> Value {
    let body = json!({ "email_domain": domain, "begin_verification": begin });
    success(desk.post(CONNECTORS, body).await)["result"].take()
}

async fn status(desk: &Desk, path: &str) -> String {
    text(&desk.see(path).await["result"]["verification"]["status"])
}

#[tokio::test]
async fn connector_is_enabled_only_when_its_domain_is_verified() {
    let desk = Desk::start().await;
    let connector = made(&desk, "Client.example", false).await;
    let path = format!("{CONNECTORS}/{}", text(&connector["id"]));
    assert_eq!(
        connector,
        json!({
            "id": connector["id"], "email_domain": "client.example", "enabled": false, "use_fedramp_language": false,
            "verification": { "code": connector["verification"]["code"], "status": "awaiting" },
            "created_on": NOW, "updated_on": NOW,
        })
    );
    let enable = async || desk.call(Method::PATCH, &path, Some(json!({ "enabled": true }))).await;
    let begin = format!("{path}/begin_verification");
    let refused = enable().await;
    assert_eq!(failure(&refused), (409, 1005));
    assert!(message(&refused).contains("not verified"));
    let acknowledged = success(desk.call(Method::POST, &begin, None).await);
    assert_eq!(acknowledged.get("result"), None);
    assert_eq!(status(&desk, &path).await, "pending");
    desk.emulator.advance(Duration::from_secs(59));
    // Asking again does not start again.
    success(desk.call(Method::POST, &begin, None).await);
    assert_eq!(failure(&enable().await), (409, 1005));
    desk.emulator.advance(Duration::from_secs(1));
    assert_eq!(status(&desk, &path).await, "verified");
    assert_eq!(desk.see(&path).await["result"]["updated_on"], "2026-01-15T12:01:00Z");
    assert_eq!(success(enable().await)["result"]["enabled"], true);
    success(desk.call(Method::POST, &begin, None).await);
    assert_eq!(status(&desk, &path).await, "verified");
    let body = json!({ "use_fedramp_language": true });
    let changed = success(desk.call(Method::PATCH, &path, Some(body)).await)["result"].take();
    assert_eq!(
        (&changed["enabled"], &changed["use_fedramp_language"]),
        (&json!(true), &json!(true)),
        "what is absent stays"
    );
    assert_eq!(
        success(desk.delete(&path).await)["result"],
        json!({ "id": connector["id"] })
    );
    for gone in [
        desk.get(&path).await,
        desk.delete(&path).await,
        enable().await,
        desk.call(Method::POST, &begin, None).await,
    ] {
        assert_eq!(failure(&gone), (404, 1003));
    }
}

#[tokio::test]
async fn verification_of_a_domain_without_a_record_fails_and_can_begin_again() {
    let desk = Desk::with(|state| {
        state.unverifiable_domains.insert("Parked.example".to_owned());
    })
    .await;
    let connector = made(&desk, "parked.example", true).await;
    let path = format!("{CONNECTORS}/{}", text(&connector["id"]));
    assert_eq!(connector["verification"]["status"], "pending");
    desk.emulator.advance(Duration::from_secs(60));
    assert_eq!(status(&desk, &path).await, "failed");
    desk.emulator
        .edit_state(|state| state.cloudflare.unverifiable_domains.clear())
        .unwrap();
    assert_eq!(status(&desk, &path).await, "failed");
    success(
        desk.call(Method::POST, &format!("{path}/begin_verification"), None)
            .await,
    );
    desk.emulator.advance(Duration::from_secs(60));
    assert_eq!(status(&desk, &path).await, "verified");
}

#[tokio::test]
async fn connector_for_a_domain_that_is_none_or_has_one_is_refused() {
    let desk = Desk::with(|state| {
        state.accounts.insert(Account::new("other", "Other"));
    })
    .await;
    for domain in ["", " ", "client", "a@client.example", "-.example", "a..example"] {
        let reply = desk.post(CONNECTORS, json!({ "email_domain": domain })).await;
        assert_eq!(failure(&reply), (400, 1004), "{domain:?}");
    }
    made(&desk, "client.example", false).await;
    let body = Some(json!({ "email_domain": "CLIENT.example" }));
    let elsewhere = desk.as_user(Method::POST, "/accounts/other/sso_connectors");
    assert_eq!(failure(&send(elsewhere, body).await), (409, 1005));
    made(&desk, "second.example", false).await;
    let listed = desk.see(CONNECTORS).await;
    assert_eq!(each(&listed, "email_domain"), ["client.example", "second.example"]);
}
