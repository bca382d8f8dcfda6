//! Password, token, auth token and pin are canaries here: no text that the client produces may contain one.

use account_provisioning::Secret;
use account_provisioning::cloudspot::requests::Authenticate;
use account_provisioning::cloudspot::{Client, Session};
use account_provisioning_emulator::Fault;
use integration_tests::log::Captured;
use integration_tests::wording::chain;

use super::{ACT, Stage, USERNAME, each_error, reply};

/// It has no digit, so that nothing masks it just because it looks like a token.
const CANARY: &str = "hushcanary";

#[track_caller]
fn assert_silent(what: &str, text: &str) {
    assert!(!text.to_lowercase().contains(CANARY), "{what} shows the secret: {text}");
}

#[track_caller]
fn assert_debug_silent(what: &str, value: &impl std::fmt::Debug) {
    assert_silent(what, &format!("{value:?}{value:#?}"));
}

/// The canary is the user's password and pin, the token of every response to a login, and the token of the impersonation.
async fn stage() -> Stage {
    let stage = Stage::with(|client| client.token(CANARY)).await;
    let plant = |state: &mut account_provisioning_emulator::State| {
        let spot = &mut state.cloudspot;
        let ann = spot.users.get_mut(USERNAME).unwrap();
        ann.password = account_provisioning_emulator::cloudspot::Password::new(CANARY);
        ann.pin = Some(CANARY.into());
        spot.tokens[0].token = CANARY.into();
        spot.impersonations[0].token = CANARY.into();
    };
    stage.emulator.edit_state(plant).unwrap();
    stage
}

fn login_reply() -> Fault {
    let body = format!(r#"{{"token":"{CANARY}","permissions":[]}}"#);
    reply(200, &body).on("authenticate")
}

async fn sign_in(stage: &Stage) -> Session {
    stage.emulator.inject(login_reply());
    stage.client.authenticate(USERNAME, CANARY).await.unwrap()
}

#[tokio::test]
async fn clients_sessions_and_calls_show_no_secret_in_debug() {
    let stage = stage().await;
    let client = &stage.client;
    assert_debug_silent("client", client);
    assert_debug_silent("low-level client", client.low_level());
    assert_debug_silent("builder", &Client::builder(CANARY).token(CANARY).base_url(CANARY));
    assert_debug_silent("login", &client.authenticate(USERNAME, CANARY));
    assert_debug_silent("login with response", &client.authenticate(CANARY, CANARY).response());
    assert_debug_silent("impersonation", &client.validate_impersonation(CANARY));
    assert_debug_silent("kept session", &client.kept_session());
    let session = sign_in(&stage).await;
    assert_eq!(session.token().expose_secret(), CANARY, "it is there");
    assert_debug_silent("session", &session);
    assert_debug_silent("token", session.token());
    assert_debug_silent("its low-level client", &session.profile());
    assert_debug_silent("its reading", &client.session(CANARY).read());
    assert_debug_silent("its question", &session.company_permissions(7));
    assert_debug_silent("log of the emulator", &stage.emulator.requests());
    assert_debug_silent("state of the emulator", &stage.emulator.state());
    assert_debug_silent("account of the emulator", &stage.emulator.cloudspot());
}

#[tokio::test]
async fn replies_show_their_secrets_only_when_asked() {
    let stage = stage().await;
    let profile = stage.client.session(CANARY).profile().response().await.unwrap();
    assert_eq!(profile.value.pin.as_ref().unwrap().expose_secret(), CANARY);
    assert_debug_silent("profile", &profile);
    assert_silent("profile as JSON", &serde_json::to_string(&profile.value).unwrap());
    let body =
        format!(r#"{{"token":"{CANARY}","auth_token":"{CANARY}","user":{{"pin":"{CANARY}"}},"company":"{CANARY}"}}"#);
    stage.emulator.inject(reply(200, &body));
    let act = stage.client.validate_impersonation(CANARY).await.unwrap();
    assert_eq!(act.user.as_ref().unwrap().expose_value()["pin"], CANARY);
    assert_debug_silent("impersonation", &act);
    assert_silent("impersonation as JSON", &serde_json::to_string(&act).unwrap());
    stage.emulator.clear_faults();
    stage.emulator.inject(login_reply());
    let body = serde_json::from_value(serde_json::json!({ "username": USERNAME, "password": CANARY })).unwrap();
    let request = Authenticate::new(body);
    let low = stage.client.low_level().send(&request).await.unwrap();
    assert_debug_silent("low-level reply", &low);
    assert_debug_silent("low-level request", &request);
}

#[tokio::test]
async fn errors_show_no_secret_that_a_service_repeats() {
    // The password, the token of the session and the token of the impersonation are sent, and the response repeats them.
    let echoes = [
        (401, format!(r#"{{"message":"no {CANARY}","error_code":"{CANARY}"}}"#)),
        (
            400,
            format!(r#"{{"password":["{CANARY} is wrong"],"token":["{CANARY}"]}}"#),
        ),
        (500, format!("{CANARY} failed")),
        (502, format!("<html>{CANARY}</html>")),
        (200, format!("{CANARY} failed")),
        (200, format!(r#"{{"token":["{CANARY}"],"permissions":"{CANARY}"}}"#)),
    ];
    for (status, body) in echoes {
        let stage = stage().await;
        stage.emulator.inject(reply(status, &body));
        let session = stage.client.session(CANARY);
        for outcome in [
            stage.client.authenticate(USERNAME, Secret::new(CANARY)).await.map(drop),
            session.profile().await.map(drop),
            session.permissions().await.map(drop),
            session.company_permissions(7).await.map(drop),
            stage.client.validate_impersonation(CANARY).await.map(drop),
        ] {
            // The last body can be read as a profile, which has no field of those names.
            let Err(error) = outcome else { continue };
            assert_debug_silent("error", &error);
            for line in chain(&error) {
                assert_silent("chain of errors", &line);
            }
        }
    }
}

#[tokio::test]
async fn errors_of_each_decoding_show_no_secret_of_the_reply() {
    let body = format!(
        r#"{{"token":{{"a":"{CANARY}"}},"auth_token":["{CANARY}"],"pin":["{CANARY}"],"permissions":[{{"company_id":["{CANARY}"]}}]}}"#
    );
    for (_, error) in each_error(|| reply(200, &body)).await {
        assert!(error.is_decode(), "{error}");
        assert_debug_silent("error", &error);
        assert_silent("error", &error.to_string());
    }
}

#[tokio::test]
async fn log_of_all_crates_at_trace_holds_no_secret() {
    let captured = Captured::start();
    let stage = stage().await;
    let session = sign_in(&stage).await;
    stage.emulator.clear_faults();
    session.profile().await.unwrap();
    session.permissions().await.unwrap();
    stage.client.authenticate(USERNAME, CANARY).await.unwrap();
    stage.client.validate_impersonation(CANARY).await.unwrap();
    for fault in [
        Fault::status(503),
        reply(401, &format!(r#"{{"message":"{CANARY}"}}"#)),
        Fault::reset_before(),
        Fault::malformed(),
    ] {
        stage.emulator.inject(fault);
        stage.client.authenticate(USERNAME, CANARY).await.map(drop).unwrap_err();
        session.profile().await.map(drop).unwrap_err();
        stage.client.validate_impersonation(ACT).await.map(drop).unwrap_err();
        stage.emulator.clear_faults();
    }
    let text = captured.text();
    for line in text.lines() {
        assert_silent("log", line);
    }
    // The log was captured: it has lines of this SDK and of what it is built on.
    for spoke in ["account_provisioning_core", "reqwest"] {
        assert!(text.contains(spoke), "{spoke} said nothing");
    }
}
