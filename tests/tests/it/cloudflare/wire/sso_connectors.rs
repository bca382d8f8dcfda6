//! SSO connectors on the wire.

use account_provisioning::cloudflare::SsoVerificationStatus;
use integration_tests::cloudflare::Stage;
use integration_tests::wire::Wire;
use serde_json::json;

const CONNECTOR: &str = "/sso_connectors/sso-connector-1";

pub(super) async fn list(wire: &Wire<Stage>) {
    assert_eq!(wire.stage.account().sso_connectors().list().await.unwrap().len(), 1);
    wire.sent("GET", "/sso_connectors");
}

pub(super) async fn get(wire: &Wire<Stage>) {
    let connectors = wire.stage.account().sso_connectors();
    let verification = connectors.get("sso-connector-1").await.unwrap().verification.unwrap();
    assert_eq!(verification.status, Some(SsoVerificationStatus::Awaiting));
    wire.sent("GET", CONNECTOR);
    assert!(connectors.get_opt("none").await.unwrap().is_none());
    wire.sent("GET", "/sso_connectors/none");
}

pub(super) async fn create(wire: &Wire<Stage>) {
    let connectors = wire.stage.account().sso_connectors();
    connectors.create("one.example").await.unwrap();
    wire.sent_with("POST", "/sso_connectors", json!({ "email_domain": "one.example" }));
    connectors
        .create("two.example")
        .begin_verification(true)
        .use_fedramp_language(false)
        .await
        .unwrap();
    wire.sent_with(
        "POST",
        "/sso_connectors",
        json!({ "email_domain": "two.example", "begin_verification": true, "use_fedramp_language": false }),
    );
    let problem = connectors.create("").await.unwrap_err();
    assert!(
        problem.is_invalid_input() && problem.to_string().contains("`email_domain`"),
        "{problem}"
    );
}

pub(super) async fn update(wire: &Wire<Stage>) {
    let connectors = wire.stage.account().sso_connectors();
    connectors
        .update("sso-connector-1")
        .use_fedramp_language(true)
        .await
        .unwrap();
    wire.sent_with("PATCH", CONNECTOR, json!({ "use_fedramp_language": true }));
    connectors.update("sso-connector-1").enabled(false).await.unwrap();
    wire.sent_with("PATCH", CONNECTOR, json!({ "enabled": false }));
}

pub(super) async fn delete(wire: &Wire<Stage>) {
    wire.stage
        .account()
        .sso_connectors()
        .delete("sso-connector-1")
        .await
        .unwrap();
    wire.sent("DELETE", CONNECTOR);
}

pub(super) async fn begin_verification(wire: &Wire<Stage>) {
    wire.stage
        .account()
        .sso_connectors()
        .begin_verification("sso-connector-1")
        .await
        .unwrap();
    wire.sent("POST", &format!("{CONNECTOR}/begin_verification"));
}
