//! A secret that can be recognised, planted wherever secrets are, and looked for wherever text comes out.

mod credentials;
mod errors;
mod logs;
mod models;
mod snapshots;

use account_provisioning::cloudinary::ClientBuilder;
use account_provisioning_emulator::cloudinary::{AccessKey, Credential};
use account_provisioning_emulator::{EmulatorBuilder, State};
use integration_tests::{Stage, state};

/// The secret. It is short and has no digit, so that nothing hides it by chance for looking like a token.
pub(crate) const CANARY: &str = "hushcanary";

/// The secret together with the key of the client, as HTTP Basic authentication encodes them.
const ENCODED: &str = "ZW11bGF0b3Ita2V5Omh1c2hjYW5hcnk=";

/// Fails when a text holds the canary in any form.
pub(crate) fn assert_silent(what: &str, text: &str) {
    // Encoded text can be cut anywhere, so any stretch of it counts; the first part is that of the key alone.
    let encoded = &ENCODED[17..];
    for needle in [CANARY, encoded] {
        assert!(
            !text.to_lowercase().contains(&needle.to_lowercase()),
            "{what} shows the secret: {text}"
        );
    }
    // Neither as a list of bytes.
    let bytes = format!("{:?}", CANARY.as_bytes());
    assert!(
        !text.contains(bytes.trim_matches(['[', ']'])),
        "{what} shows the secret's bytes: {text}"
    );
}

/// Looks at a value in both forms of Debug.
pub(crate) fn assert_debug_silent(what: &str, value: &impl std::fmt::Debug) {
    assert_silent(what, &format!("{value:?}"));
    assert_silent(what, &format!("{value:#?}"));
}

/// The default account with the canary as its secret, as the secret of the environment's key, and as that of each key.
fn planted() -> EmulatorBuilder {
    let mut state = State::default();
    let account = state::account(&mut state);
    account.credentials = [Credential::new("emulator-key", CANARY)].into_iter().collect();
    let environment = account.product_environments.get_mut(state::ENVIRONMENT).unwrap();
    environment.access_keys = (0..3)
        .map(|n| AccessKey::new(state::api_key(n), CANARY, format!("Key {n}")))
        .collect();
    account_provisioning_emulator::Emulator::builder().state(state)
}

async fn stage() -> Stage {
    stage_with(|client| client).await
}

async fn stage_with(configure: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Stage {
    let stage = Stage::with(planted(), configure).await;
    assert_eq!(
        stage.emulator.cloudinary().api_secret(),
        CANARY,
        "the canary is planted"
    );
    stage
}

#[test]
fn search_for_the_canary_finds_it_in_every_form() {
    for text in [
        CANARY.to_owned(),
        format!("x{}y", CANARY.to_uppercase()),
        format!("{:?}", CANARY.as_bytes()),
        format!("Basic {ENCODED}"),
    ] {
        assert!(
            std::panic::catch_unwind(|| assert_silent("text", &text)).is_err(),
            "{text}"
        );
    }
    assert_silent("text", "nothing");
}

#[tokio::test]
async fn search_for_the_encoded_canary_looks_for_what_is_sent() {
    let stage = stage().await;
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let request = http
        .get(stage.emulator.base_url())
        .basic_auth("emulator-key", Some(CANARY))
        .build()
        .unwrap();
    assert_eq!(
        request.headers()["authorization"].to_str().unwrap(),
        format!("Basic {ENCODED}")
    );
}
