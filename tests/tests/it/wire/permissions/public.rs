//! The public operations on the wire: no account in the path, no credentials in the headers.

use account_provisioning::cloudinary::Client;
use integration_tests::wire::Wire;
use serde_json::json;

pub(in super::super) async fn catalog(wire: &Wire) {
    let catalog = wire.client().public().catalog().await.unwrap();
    assert!(catalog.contains_key("roles"), "the free-form catalog arrives whole");
    wire.sent("GET", "/permissions/public/catalog");
}

pub(in super::super) async fn schema(wire: &Wire) {
    let schema = wire.client().public().cedar_schema().await.unwrap();
    assert!(schema.as_json().contains_key("Cloudinary"));
    wire.sent("GET", "/permissions/public/schema");
}

pub(in super::super) async fn validate(wire: &Wire) {
    let public = wire.client().public();
    for (statement, valid) in [
        ("permit (principal, action, resource);", true),
        ("permit (principal,\n\taction \"é\"", false),
    ] {
        let verdict = public.validate(statement).await.unwrap();
        assert_eq!((verdict.valid, verdict.errors.is_empty()), (valid, valid));
        wire.sent_with("POST", "/permissions/public/validate", json!({ "policy": statement }));
    }
}

#[tokio::test]
async fn public_operations_of_a_client_without_an_account_go_out_the_same() {
    let wire = Wire::start().await;
    let public = Client::builder()
        .vars(|_| None)
        .base_url(wire.stage.emulator.cloudinary().base_url())
        .build_public();
    // Neither account nor credentials: the environment that was asked for has none.
    let public = public.unwrap();
    public.catalog().await.unwrap();
    wire.sent("GET", "/permissions/public/catalog");
    public.cedar_schema().await.unwrap();
    wire.sent("GET", "/permissions/public/schema");
    assert!(!public.validate("permit").await.unwrap().valid);
    wire.sent_with("POST", "/permissions/public/validate", json!({ "policy": "permit" }));
    assert!(public.validate(" \n").await.unwrap_err().is_invalid_input());
    wire.sent_nothing();
}

#[tokio::test]
async fn public_client_keeps_no_credentials_that_it_was_given() {
    let wire = Wire::start().await;
    let builder = Client::builder().account_url(wire.stage.emulator.cloudinary().url());
    let public = builder
        .base_url(wire.stage.emulator.cloudinary().base_url())
        .build_public()
        .unwrap();
    assert!(!format!("{public:?}").contains("world-"), "{public:?}");
    public.catalog().header("x-team", "media").await.unwrap();
    let request = wire.sent("GET", "/permissions/public/catalog");
    assert_eq!(request.header("x-team"), Some("media"));
    let error = public
        .low_level()
        .get_roles("Acc-1", None, "global".into(), None, None)
        .await;
    assert!(error.unwrap_err().to_string().contains("needs credentials"));
    wire.sent_nothing();
}
