//! Secrets that the service hands out: seen by asking for them, and in no other way.

use account_provisioning::ReceivedSecret;
use account_provisioning_emulator::Fault;
use futures::TryStreamExt as _;
use integration_tests::state;

use super::{CANARY, assert_debug_silent, assert_silent, stage};

fn assert_model_silent(what: &str, model: &(impl std::fmt::Debug + serde::Serialize)) {
    assert_debug_silent(what, model);
    assert_silent(what, &serde_json::to_string(model).unwrap());
}

fn exposed(secret: Option<&ReceivedSecret>) -> &str {
    secret.unwrap().expose_secret()
}

#[tokio::test]
async fn access_key_listed_shows_its_secret_only_when_asked() {
    let stage = stage().await;
    let list = || stage.client.access_keys(state::ENVIRONMENT).list();
    let reply = list().response().await.unwrap();
    assert_eq!(exposed(reply.items[0].api_secret.as_ref()), CANARY);
    assert_debug_silent("reply", &reply);
    assert_debug_silent("page", &reply.value);
    assert_debug_silent("iterator", &reply.value.clone().into_iter());
    for key in &reply.items {
        assert_model_silent("key", key);
        assert!(
            serde_json::to_string(key).unwrap().contains("[redacted]"),
            "it is seen that there is one"
        );
    }
    let mut stream = list().stream();
    stream.try_next().await.unwrap().unwrap();
    assert_debug_silent("stream with keys in it", &stream);
    let collected = list().collect().await.unwrap();
    assert_model_silent("keys", &collected);
}

#[tokio::test]
async fn access_key_generated_or_changed_shows_its_secret_only_when_asked() {
    let stage = stage().await;
    let body = format!(r#"{{"api_key":"1","name":"n","api_secret":"{CANARY}","enabled":true}}"#);
    stage
        .emulator
        .inject(Fault::body_replaced(200, "application/json", body));
    let keys = stage.client.access_keys(state::ENVIRONMENT);
    let generated = keys.generate().name("n").response().await.unwrap();
    assert_eq!(generated.api_secret.expose_secret(), CANARY);
    assert_debug_silent("reply", &generated);
    assert_model_silent("generated key", &generated.value);
    assert_model_silent("its key", &generated.value.key);
    assert_model_silent("its secret", &generated.value.api_secret);
    let secret = generated.into_value().api_secret.into_secret();
    assert_debug_silent("its secret, to be sent", &secret);

    let updated = keys.update("1").name("m").await.unwrap();
    assert_eq!(exposed(updated.api_secret.as_ref()), CANARY);
    assert_model_silent("updated key", &updated);
}

#[tokio::test]
async fn product_environment_shows_the_secrets_of_its_keys_only_when_asked() {
    let stage = stage().await;
    let environment = stage
        .client
        .product_environments()
        .get(state::ENVIRONMENT)
        .await
        .unwrap();
    assert_eq!(exposed(environment.api_access_keys[0].secret.as_ref()), CANARY);
    assert_model_silent("environment", &environment);
    assert_model_silent("its key", &environment.api_access_keys[0]);
    let listed = stage.client.product_environments().list().collect().await.unwrap();
    assert_eq!(exposed(listed[0].api_access_keys[0].secret.as_ref()), CANARY);
    assert_model_silent("environments", &listed);
    let updated = stage
        .client
        .product_environments()
        .update(state::ENVIRONMENT)
        .name("New")
        .await
        .unwrap();
    assert_model_silent("updated environment", &updated);
}

#[tokio::test]
async fn reply_shows_the_names_of_its_headers_and_not_their_values() {
    let stage = stage().await;
    let fault = Fault::body_replaced(200, "application/json", r#"{"users":[]}"#);
    stage
        .emulator
        .inject(fault.header("set-cookie", format!("session={CANARY}")));
    let reply = stage.client.users().list().response().await.unwrap();
    assert!(reply.meta.headers["set-cookie"].to_str().unwrap().contains(CANARY));
    assert_debug_silent("reply", &reply);
    assert!(format!("{:?}", reply.meta).contains("set-cookie"));
}

#[tokio::test]
async fn emulator_shows_its_secrets_in_its_state_document_alone() {
    let stage = stage().await;
    assert_debug_silent("builder", &super::planted());
    stage.client.access_keys(state::ENVIRONMENT).list().await.unwrap();
    assert_debug_silent("emulator", &stage.emulator);
    assert_debug_silent("account", &stage.emulator.cloudinary());
    assert_debug_silent("state", &stage.emulator.state());
    let requests = stage.emulator.requests();
    assert!(requests[0].authenticated);
    assert_debug_silent("log", &requests);
    assert_silent("log as JSON", &serde_json::to_string(&requests).unwrap());
    assert!(
        stage.emulator.state().to_json().contains(CANARY),
        "a state file is whole"
    );
}
