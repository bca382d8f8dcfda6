use account_provisioning_emulator::cloudinary::{Account, Credential};
use serde_json::Value;

use crate::client::{Bench, message, read};

async fn send(bench: &Bench, authorization: Option<&str>) -> (u16, Value, Option<String>) {
    let mut request = bench.http.get(bench.url("/users"));
    if let Some(value) = authorization {
        request = request.header("authorization", value);
    }
    let response = request.send().await.unwrap();
    let challenge = response
        .headers()
        .get("www-authenticate")
        .map(|value| value.to_str().unwrap().to_owned());
    let (status, body) = read(response).await;
    (status, body, challenge)
}

#[tokio::test]
async fn credentials_that_are_wrong_are_401_and_the_message_says_how_without_repeating_them() {
    let bench = Bench::start().await;
    for (authorization, why) in [
        (None, "no credentials"),
        (Some("Bearer emulator-secret"), "another scheme"),
        (Some("Basic"), "no colon"),
        (Some("Basic !emulator-secret!"), "not base64"),
        // emulator-secret
        (Some("Basic ZW11bGF0b3Itc2VjcmV0"), "no colon"),
        // nobody:emulator-secret
        (Some("Basic bm9ib2R5OmVtdWxhdG9yLXNlY3JldA=="), "API key is not known"),
        // emulator-key:emulator-secretx
        (
            Some("Basic ZW11bGF0b3Ita2V5OmVtdWxhdG9yLXNlY3JldHg="),
            "secret does not belong",
        ),
    ] {
        let (status, body, challenge) = send(&bench, authorization).await;
        assert_eq!(status, 401, "{why}");
        assert!(message(&body).contains(why), "{why}: {body}");
        assert!(!body.to_string().contains("emulator-secret"), "{body}");
        assert!(challenge.unwrap().starts_with("Basic "));
    }
    assert!(
        bench
            .emulator
            .requests()
            .iter()
            .all(|request| !request.authenticated && !request.applied)
    );
    // emulator-key:emulator-secret, the scheme in another case
    let (status, ..) = send(&bench, Some("basic ZW11bGF0b3Ita2V5OmVtdWxhdG9yLXNlY3JldA==")).await;
    assert_eq!(status, 200);
}

#[tokio::test]
async fn credentials_sent_twice_are_401() {
    let bench = Bench::start().await;
    let account = &bench.account;
    let request = bench
        .request(reqwest::Method::GET, "/users")
        .header("authorization", "Basic eDp5");
    assert_eq!(read(request.send().await.unwrap()).await.0, 401);
    assert_eq!(account.account_id(), "emulator-account");
}

#[tokio::test]
async fn credentials_of_another_account_or_disabled_are_401() {
    let bench = Bench::start().await;
    bench
        .emulator
        .edit_state(|state| {
            let mut other = Account::new("other");
            other.credentials.insert(Credential::new("other-key", "other-secret"));
            let mut off = Credential::new("off-key", "off-secret");
            off.enabled = false;
            state
                .cloudinary
                .accounts
                .get_mut("emulator-account")
                .unwrap()
                .credentials
                .insert(off);
            state.cloudinary.accounts.insert(other);
        })
        .unwrap();
    for (key, secret, why) in [
        (
            "other-key",
            "other-secret",
            "does not belong to the account in the path",
        ),
        ("off-key", "off-secret", "disabled"),
    ] {
        let response = bench
            .http
            .get(bench.url("/users"))
            .basic_auth(key, Some(secret))
            .send()
            .await
            .unwrap();
        let (status, body) = read(response).await;
        assert_eq!(status, 401);
        assert!(message(&body).contains(why), "{body}");
    }
    // The error does not reveal whether the account exists.
    let url = bench.url("/users").replace("emulator-account", "nowhere");
    let response = bench
        .http
        .get(url)
        .basic_auth("emulator-key", Some("emulator-secret"))
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 401);
    let second = bench.url("/users").replace("emulator-account", "other");
    let response = bench
        .http
        .get(second)
        .basic_auth("other-key", Some("other-secret"))
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 200);
}

#[tokio::test]
async fn credentials_are_checked_before_the_request_is() {
    let bench = Bench::start().await;
    let response = bench.http.post(bench.url("/users")).body("{").send().await.unwrap();
    assert_eq!(response.status(), 401);
}
