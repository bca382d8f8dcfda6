//! Replies that repeat a secret, and the errors made of them.

use account_provisioning::cloudinary::requests::GetUser;
use account_provisioning::cloudinary::{AccountId, Principal, Scope, UserId};
use account_provisioning::{Error, RetryPolicy};
use account_provisioning_emulator::Fault;
use integration_tests::state;
use integration_tests::wording::{assert_well_worded, chain};

use super::{CANARY, ENCODED, assert_debug_silent, assert_silent, stage_with};

/// Checks an error and everything under it.
fn assert_error_silent(what: &str, error: &Error) {
    for line in chain(error) {
        assert_silent(what, &line);
    }
    assert_debug_silent(what, error);
    assert_silent(what, error.vendor_message().unwrap_or_default());
    assert_silent(what, &error.codes().join(" "));
    assert_debug_silent(what, &error.reply());
    assert_well_worded(error);
}

/// Lets operations of each kind meet a reply, and checks their errors.
async fn check(what: &str, fault: Fault) {
    for retry in [RetryPolicy::never(), RetryPolicy::default()] {
        let stage = stage_with(|client| client.retry(retry)).await;
        stage.emulator.inject(fault.clone());
        let client = &stage.client;
        let key = client.access_keys(state::ENVIRONMENT).generate().name("n").await;
        assert_error_silent(what, &key.unwrap_err());
        assert_error_silent(what, &client.users().get("a").await.unwrap_err());
        // What isn't a list's may well be read as an empty one.
        if let Err(error) = client.access_keys(state::ENVIRONMENT).list().collect().await {
            assert_error_silent(what, &error);
        }
        if let Err(error) = client.product_environments().list().await {
            assert_error_silent(what, &error);
        }
    }
}

fn refusal(status: u16, message: &str) -> Fault {
    let body = serde_json::json!({ "error": { "message": message } });
    Fault::body_replaced(status, "application/json", body.to_string())
}

#[tokio::test]
async fn refusal_that_repeats_the_credentials_is_shown_without_them() {
    for status in [400, 401, 404, 429, 503] {
        for echo in [
            format!("wrong secret {CANARY}!"),
            CANARY.to_owned(),
            format!("header was Basic {ENCODED}"),
            format!("got key emulator-key:{CANARY}@emulator-account"),
            format!("secret={CANARY};secret={CANARY}"),
            format!("({CANARY}-suffix-0123456789)"),
        ] {
            check(&echo, refusal(status, &echo)).await;
        }
    }
}

#[tokio::test]
async fn refusal_seen_through_the_low_level_client_is_shown_without_the_credentials() {
    let stage = stage_with(|client| client.retry(RetryPolicy::never())).await;
    for status in [400, 503] {
        stage
            .emulator
            .inject(refusal(status, &format!("wrong: {CANARY}, {ENCODED}")).times(1));
        let user = GetUser::new(AccountId::new("emulator-account").unwrap(), UserId::new("a").unwrap());
        let error = stage.client.low_level().send(&user).await.unwrap_err();
        assert!(error.to_string().contains("[redacted]"), "{error}");
        assert_silent("low-level error", &error.to_string());
        assert_debug_silent("low-level error", &error);
    }
}

#[tokio::test]
async fn refusal_that_repeats_the_credentials_where_it_is_cut_shows_no_part_of_them() {
    for padding in 385..=400 {
        let message = format!(
            "{}{CANARY} and more words to follow",
            "x ".repeat(padding / 2) + &"y".repeat(padding % 2)
        );
        let stage = stage_with(|client| client).await;
        stage.emulator.inject(refusal(400, &message));
        let error = stage.client.users().get("a").await.unwrap_err();
        assert_error_silent("cut message", &error);
        assert!(!error.to_string().contains("hushc"), "{padding}: {error}");
    }
    for padding in 65..=85 {
        let text = format!(
            "{}{CANARY} and more",
            "x ".repeat(padding / 2) + &"y".repeat(padding % 2)
        );
        for status in [200, 400] {
            let stage = stage_with(|client| client).await;
            stage
                .emulator
                .inject(Fault::body_replaced(status, "text/plain", text.clone()));
            let error = stage.client.users().get("a").await.unwrap_err();
            assert_error_silent("cut text", &error);
            assert!(!error.to_string().contains("hushc"), "{padding}: {error}");
        }
    }
}

#[tokio::test]
async fn refusal_that_repeats_the_credentials_in_its_code_or_a_key_is_shown_without_them() {
    for body in [
        format!(r#"{{"error":{{"code":"{CANARY}","message":"m"}}}}"#),
        format!(r#"{{"error":"{CANARY}"}}"#),
        format!(r#"{{"{CANARY}":1}}"#),
        format!(r#"["{CANARY}"]"#),
        format!(r#""{CANARY}""#),
    ] {
        for status in [400, 500] {
            check(&body, Fault::body_replaced(status, "application/json", body.clone())).await;
        }
    }
}

#[tokio::test]
async fn refusal_of_the_permissions_that_repeats_the_credentials_anywhere_is_shown_without_them() {
    let body = format!(
        r#"{{"error":{{"category":"{CANARY}","code":"{CANARY}","message":"no {CANARY}","details":{{"sent":"{CANARY}"}}}}}}"#
    );
    for status in [400, 401, 403, 409, 500] {
        let stage = stage_with(|client| client.retry(RetryPolicy::never())).await;
        stage
            .emulator
            .inject(Fault::body_replaced(status, "application/json", body.clone()));
        let client = &stage.client;
        let ann = Principal::user("u").unwrap();
        for error in [
            client.roles().get("r").await.map(drop).unwrap_err(),
            client
                .principals()
                .inspect(Scope::Account)
                .collect()
                .await
                .map(drop)
                .unwrap_err(),
            client
                .policies()
                .custom()
                .update("p")
                .enabled(true)
                .await
                .map(drop)
                .unwrap_err(),
            client
                .policies()
                .effective()
                .principal(ann)
                .await
                .map(drop)
                .unwrap_err(),
            client.public().catalog().await.map(drop).unwrap_err(),
        ] {
            assert_error_silent("refusal", &error);
            assert_silent("category", error.category().unwrap());
            assert!(error.details().is_some(), "the details are for whoever asks");
        }
    }
}

#[tokio::test]
async fn page_of_a_gateway_that_repeats_the_credentials_is_shown_without_them() {
    for body in [
        format!("<html><body>upstream said no to {CANARY}</body></html>"),
        format!("authorization: Basic {ENCODED}"),
        CANARY.to_owned(),
    ] {
        for status in [200, 401, 502] {
            check(&body, Fault::body_replaced(status, "text/html", body.clone())).await;
        }
    }
}

#[tokio::test]
async fn success_that_cannot_be_read_is_described_without_the_secrets_in_it() {
    for body in [
        // Whole, but of the wrong type: the value itself would be natural to quote.
        format!(r#"{{"api_key":"1","api_secret":"{CANARY}","enabled":"{CANARY}"}}"#),
        format!(r#"{{"api_key":["{CANARY}"],"api_secret":"{CANARY}"}}"#),
        format!(r#"{{"api_secret":"{CANARY}"}}"#),
        format!(r#"{{"api_key":"1","api_secret":{{"value":"{CANARY}"}}}}"#),
        format!(r#"{{"api_key":"1","api_secret":["{CANARY}"]}}"#),
        format!(r#"{{"access_keys":[{{"api_secret":"{CANARY}"}}],"users":7,"sub_accounts":"{CANARY}","id":7}}"#),
        format!(r#""{CANARY}""#),
        // Not JSON, though it began as such.
        format!(r#"{{"api_key":"1","api_secret":"{CANARY}"#),
        format!(r#"{{"api_key":"1","api_secret":"{CANARY}" "enabled":true}}"#),
        format!(r#"{{"api_secret":"{CANARY}",}}"#),
        format!(r#"{{'api_secret':'{CANARY}'}}"#),
        format!(r#"[{{"api_secret":"{CANARY}"}}}}"#),
        format!(r#")]}}' {{"api_secret":"{CANARY}"}}"#),
        format!("\u{feff}{{\"api_secret\":\"{CANARY}\"}}"),
    ] {
        check(&body, Fault::body_replaced(200, "application/json", body.clone())).await;
    }
}

/// A secret that is not the client's own, so that scrubbing the client's credentials can't be what hides it.
#[tokio::test]
async fn success_that_cannot_be_read_is_described_without_secrets_of_others() {
    for body in [
        r#"{"api_key":"1","api_secret":"othersecret" "enabled":true}"#,
        r#"{"api_secret":"othersecret",}"#,
        r#"{'api_secret':'othersecret'}"#,
        r#"[{"api_secret":"othersecret"}}"#,
        r#")]}' {"api_secret":"othersecret"}"#,
        "\u{feff}{\"api_secret\":\"othersecret\"}",
        r#"{"api_key":"1","api_secret":"othersecret","enabled":"othersecret"}"#,
        r#"{"api_secret":"othersecret"}"#,
        r#""othersecret""#,
    ] {
        for status in [200, 500] {
            let stage = stage_with(|client| client).await;
            stage
                .emulator
                .inject(Fault::body_replaced(status, "application/json", body));
            let error = stage
                .client
                .access_keys(state::ENVIRONMENT)
                .generate()
                .await
                .unwrap_err();
            let shown = format!("{error} {error:?}");
            assert!(!shown.contains("othersecret"), "{body}: {shown}");
            assert_well_worded(&error);
        }
    }
}

#[tokio::test]
async fn failure_of_the_connection_shows_neither_credentials_nor_url() {
    for fault in [
        Fault::reset_before(),
        Fault::truncated(),
        Fault::latency(std::time::Duration::from_secs(20)),
    ] {
        let stage = stage_with(|client| client).await;
        stage.emulator.inject(fault);
        let list = stage.client.users().list().prefix(CANARY).header("x-token", CANARY);
        let error = list
            .attempt_timeout(std::time::Duration::from_millis(300))
            .await
            .unwrap_err();
        assert_error_silent("connection", &error);
        let shown = format!("{:?} {error:?}", chain(&error));
        assert!(
            !shown.contains("emulator-account") && !shown.contains("http://"),
            "{shown}"
        );
    }
}
