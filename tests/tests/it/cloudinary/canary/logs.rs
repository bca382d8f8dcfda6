//! What is traced and logged at the most talkative level, by this SDK and by the libraries under it.

use account_provisioning_emulator::Fault;
use integration_tests::log::Captured;
use integration_tests::state;

use super::{CANARY, assert_silent, stage_with};

#[tokio::test]
async fn log_of_all_crates_at_trace_holds_no_secret() {
    let captured = Captured::start();
    let stage = stage_with(|client| client.header("x-gateway-token", CANARY)).await;
    let client = &stage.client;
    let keys = client.access_keys(state::ENVIRONMENT);

    // Replies with secrets, and requests with secret headers and personal data.
    keys.list().collect().await.unwrap();
    client.product_environments().get(state::ENVIRONMENT).await.unwrap();
    client
        .users()
        .list()
        .prefix(CANARY)
        .header("x-token", CANARY)
        .await
        .unwrap();
    client
        .users()
        .create("Ann", format!("{CANARY}@client.example"))
        .await
        .unwrap();
    // Failures of each kind, with retries.
    let echo = format!(r#"{{"error":{{"message":"no {CANARY}","code":"{CANARY}"}}}}"#);
    for fault in [
        Fault::status(503),
        Fault::body_replaced(401, "application/json", echo.clone()),
        Fault::body_replaced(429, "application/json", echo).header("set-cookie", CANARY),
        Fault::reset_before(),
        Fault::truncated(),
        Fault::malformed(),
        Fault::body_replaced(200, "text/plain", CANARY),
    ] {
        stage.emulator.inject(fault);
        keys.list().await.unwrap_err();
        keys.generate().name(CANARY).await.unwrap_err();
        client.users().list().prefix(CANARY).await.unwrap_err();
        client.users().get("a").header("x-token", CANARY).await.unwrap_err();
        stage.emulator.clear_faults();
    }

    let text = captured.text();
    for line in text.lines() {
        assert_silent("log", line);
    }
    // It was listened to: this SDK, and what is under it, spoke.
    for spoke in ["account_provisioning_core", "reqwest"] {
        assert!(text.contains(spoke), "{spoke} said nothing");
    }
}
