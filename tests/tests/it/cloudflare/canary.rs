//! Secrets planted wherever Cloudflare's are, and looked for wherever text comes out.

use account_provisioning::cloudflare::{Client, ClientBuilder, TokenPolicy};
use account_provisioning::{Error, RetryPolicy, Secret};
use account_provisioning_emulator::{Emulator, EmulatorBuilder, Fault, State};
use integration_tests::cloudflare::world::{self, ACCOUNT, permission_group};
use integration_tests::cloudflare::{Stage, builder};
use integration_tests::log::Captured;
use integration_tests::wording::{assert_well_worded, chain};

use crate::cloudinary::canary::{CANARY, assert_debug_silent, assert_silent};

/// The default account with the canary as token, key and service key.
fn planted() -> EmulatorBuilder {
    let mut state = State::default();
    let account = world::account(&mut state);
    for token in account.tokens.iter_mut() {
        token.value = CANARY.into();
    }
    for user in state.cloudflare.users.iter_mut() {
        user.api_key = Some(CANARY.into());
        user.service_key = Some(CANARY.into());
    }
    Emulator::builder().state(state).clock(world::noon())
}

/// A client for each way to sign in.
fn clients(stage: &Stage) -> Vec<(&'static str, Client)> {
    let base = || builder(&stage.emulator, &stage.time).retry(RetryPolicy::never());
    let email = stage.emulator.cloudflare().email().to_owned();
    [
        ("token", base().api_token(CANARY)),
        ("key", base().api_key(email, CANARY)),
        ("service key", base().user_service_key(CANARY)),
    ]
    .into_iter()
    .map(|(what, builder)| (what, builder.build().unwrap()))
    .collect()
}

fn assert_error_silent(what: &str, error: &Error) {
    for line in chain(error) {
        assert_silent(what, &line);
    }
    assert_debug_silent(what, error);
    assert_debug_silent(what, &error.vendor_errors());
    assert_silent(what, error.vendor_message().unwrap_or_default());
    assert_silent(what, &error.codes().join(" "));
    let reply = error.reply();
    assert_debug_silent(what, &reply);
    assert_debug_silent(what, &reply.map(|reply| &reply.messages));
    assert_well_worded(error);
}

fn policy() -> TokenPolicy {
    let policy = TokenPolicy::allow().permission_group(permission_group("Billing Read"));
    policy.resource(format!("com.cloudflare.api.account.{ACCOUNT}"), "*")
}

#[tokio::test]
async fn client_and_all_that_is_made_of_it_show_no_secret_in_debug() {
    let stage = Stage::with(planted(), |client| client).await;
    for (what, client) in clients(&stage) {
        assert!(
            client.account(ACCOUNT).members().list().await.is_ok(),
            "the {what} is good"
        );
        assert_debug_silent(what, &client);
        assert_debug_silent(what, client.low_level());
        let account = client.account(ACCOUNT);
        assert_debug_silent(what, &account);
        assert_debug_silent(what, &account.tokens());
        assert_debug_silent(
            what,
            &account.tokens().create(CANARY, [policy()]).header("x-token", CANARY),
        );
        assert_debug_silent(what, &account.members().list().header("x-token", CANARY).stream());
        let follow = account
            .audit_logs()
            .list(world::noon())
            .header("x-token", CANARY)
            .follow();
        assert_debug_silent(what, &follow);
        assert_debug_silent(what, &follow.checkpoint());
    }
}

#[test]
fn builder_at_every_step_and_every_refused_setting_show_no_secret() {
    let variable =
        |name: &'static str| Client::builder().vars(move |asked| (asked == name).then(|| format!("{CANARY}\n").into()));
    let builders: Vec<(&str, ClientBuilder, bool)> = vec![
        ("token", Client::builder().api_token(CANARY), true),
        (
            "token of its own type",
            Client::builder().api_token(Secret::new(CANARY)),
            true,
        ),
        ("key", Client::builder().api_key(CANARY, CANARY), true),
        ("service key", Client::builder().user_service_key(CANARY), true),
        (
            "token with a line end",
            Client::builder().api_token(format!("{CANARY}\n")),
            false,
        ),
        (
            "key with a line end",
            Client::builder().api_key("a@b", format!("{CANARY}\n")),
            false,
        ),
        (
            "email with a line end",
            Client::builder().api_key(format!("{CANARY}\n"), "k"),
            false,
        ),
        (
            "token that is the header",
            Client::builder().api_token(format!("Bearer {CANARY}")),
            false,
        ),
        (
            "two ways",
            Client::builder().api_token(CANARY).user_service_key(CANARY),
            false,
        ),
        (
            "base URL with a password",
            Client::builder()
                .api_token("t")
                .base_url(format!("https://user:{CANARY}@host")),
            false,
        ),
        ("token of the environment", variable("CLOUDFLARE_API_TOKEN"), false),
        ("half of the environment", variable("CLOUDFLARE_API_KEY"), false),
        (
            "service key of the environment",
            variable("CLOUDFLARE_API_USER_SERVICE_KEY"),
            false,
        ),
    ];
    for (what, builder, good) in builders {
        assert_debug_silent(what, &builder);
        match builder.build() {
            Ok(client) => {
                assert!(good, "{what} is refused");
                assert_debug_silent(what, &client);
            }
            Err(error) => {
                assert!(!good, "{what}: {error}");
                for line in chain(&error) {
                    assert_silent(what, &line);
                }
                assert_debug_silent(what, &error);
                assert_well_worded(&error);
            }
        }
    }
}

#[tokio::test]
async fn value_of_a_token_shows_in_no_debug_and_no_json() {
    let stage = Stage::with(planted(), |client| client).await;
    let body =
        format!(r#"{{"success":true,"errors":[],"messages":[],"result":{{"id":"t","name":"n","value":"{CANARY}"}}}}"#);
    stage
        .emulator
        .inject(Fault::body_replaced(200, "application/json", body).on("createToken"));
    let tokens = stage.client.account(ACCOUNT).tokens();
    // The stage's own client signs in with the canary too.
    let created = tokens.create("n", [policy()]).response().await.unwrap();
    assert_eq!(created.value.value.expose_secret(), CANARY);
    assert_debug_silent("response", &created);
    assert_debug_silent("created token", &created.value);
    assert_silent(
        "JSON of the created token",
        &serde_json::to_string(&created.value).unwrap(),
    );
    assert_silent(
        "JSON of the value",
        &serde_json::to_string(&created.value.value).unwrap(),
    );

    let body = format!(r#"{{"success":true,"errors":[],"messages":[],"result":"{CANARY}"}}"#);
    stage
        .emulator
        .inject(Fault::body_replaced(200, "application/json", body).on("rollToken"));
    let rolled = tokens.roll("t").response().await.unwrap();
    assert_eq!(rolled.value.expose_secret(), CANARY);
    assert_debug_silent("rolled", &rolled);
}

#[tokio::test]
async fn value_of_a_token_of_the_user_shows_in_no_debug_no_json_and_no_error() {
    let stage = Stage::start().await;
    let user = stage.as_user().user();
    assert_debug_silent("handle", &user.tokens());
    let created =
        format!(r#"{{"success":true,"errors":[],"messages":[],"result":{{"id":"t","name":"n","value":"{CANARY}"}}}}"#);
    let rolled = format!(r#"{{"success":true,"errors":[],"messages":[],"result":"{CANARY}"}}"#);
    for (operation, body) in [("createUserToken", created), ("rollUserToken", rolled)] {
        stage
            .emulator
            .inject(Fault::body_replaced(200, "application/json", body).on(operation));
    }
    let made = user.tokens().create("n", [policy()]).response().await.unwrap();
    assert_eq!(made.value.value.expose_secret(), CANARY);
    assert_debug_silent("created", &made);
    assert_silent("JSON", &serde_json::to_string(&made.value).unwrap());
    let rolled = user.tokens().roll("t").response().await.unwrap();
    assert_eq!(rolled.value.expose_secret(), CANARY);
    assert_debug_silent("rolled", &rolled);

    stage.emulator.clear_faults();
    let broken = format!(r#"{{"success":true,"errors":[],"messages":[],"result":{{"value":"{CANARY}","id":7}}}}"#);
    stage
        .emulator
        .inject(Fault::body_replaced(200, "application/json", broken));
    let tokens = user.tokens();
    assert_error_silent("created", &tokens.create("n", [policy()]).await.map(drop).unwrap_err());
    assert_error_silent("rolled", &tokens.roll("t").await.map(drop).unwrap_err());
}

#[tokio::test]
async fn replies_that_repeat_the_credentials_are_shown_without_them() {
    let stage = Stage::with(planted(), |client| client).await;
    for (what, client) in clients(&stage) {
        for status in [200, 400, 401, 403, 404, 429, 500] {
            for body in [
                format!(
                    r#"{{"success":false,"errors":[{{"code":1,"message":"bad {CANARY}","documentation_url":"https://x/{CANARY}","source":{{"pointer":"/{CANARY}"}}}}],"messages":[{{"message":"{CANARY}"}}],"result":null}}"#
                ),
                format!(r#"{{"success":false,"errors":["{CANARY}"],"messages":[],"result":null}}"#),
                format!(r#"{{"{CANARY}":1}}"#),
                format!("<html>{CANARY}</html>"),
                // A success whose value can't be read must not be quoted.
                format!(r#"{{"success":true,"errors":[],"messages":[],"result":["{CANARY}"]}}"#),
                format!(r#"{{"success":true,"errors":[],"messages":[],"result":{{"value":"{CANARY}","id":7}}}}"#),
            ] {
                stage.emulator.clear_faults();
                stage
                    .emulator
                    .inject(Fault::body_replaced(status, "application/json", body));
                let account = client.account(ACCOUNT);
                assert_error_silent(what, &account.tokens().roll("t").await.map(drop).unwrap_err());
                assert_error_silent(
                    what,
                    &account.tokens().create("n", [policy()]).await.map(drop).unwrap_err(),
                );
                assert_error_silent(what, &account.members().get("m").await.unwrap_err());
            }
        }
    }
}

#[tokio::test]
async fn traces_and_logs_hold_no_secret() {
    let captured = Captured::start();
    let stage = Stage::with(planted(), |client| client).await;
    for (_, client) in clients(&stage) {
        let account = client.account(ACCOUNT);
        account.members().list().collect().await.unwrap();
        let created = account.tokens().create("n", [policy()]).await.unwrap();
        account.tokens().roll(&created.id).await.unwrap();
        stage.emulator.inject(Fault::status(503).on("deleteToken").times(1));
        account
            .tokens()
            .delete(&created.id)
            .retry(RetryPolicy::default())
            .await
            .unwrap();
    }
    let text = captured.text();
    // That the spans are there is shown where nothing runs beside.
    assert!(text.contains("127.0.0.1"), "nothing was captured");
    assert_silent("traces", &text);
}
