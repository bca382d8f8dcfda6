//! A change of a token's condition touches what it names, and no other limit.

use account_provisioning::Field;
use account_provisioning::cloudflare::{GrantedTokenCondition, TokenCondition};
use integration_tests::cloudflare::Stage;
use serde_json::{Value, json};

use super::{answer, put, token};

/// The condition that is sent when a token with this condition is changed.
async fn sent(current: Value, change: impl Into<Field<TokenCondition>>) -> Option<Value> {
    let stage = Stage::start().await;
    let mut token = token();
    token["condition"] = current;
    // The emulator itself takes no limit that the document doesn't name.
    answer(&stage.emulator, "getToken", "result", &token);
    answer(&stage.emulator, "updateToken", "result", &token);
    let update = stage.account().tokens().update("token-1");
    update.condition(change).await.unwrap();
    put(&stage.emulator).get("condition").cloned()
}

#[tokio::test]
async fn condition_that_is_set_or_cleared_keeps_limits_that_it_does_not_know() {
    let current = json!({
        "request_ip": { "in": ["127.0.0.0/8"], "not_in": ["203.0.113.7/32"], "asn": [13335] },
        "request_country": { "in": ["BE"] }
    });
    let office = TokenCondition::new().request_ip_in(["127.0.0.0/16"]);
    let set = sent(current.clone(), office).await.unwrap();
    let expected = json!({
        "request_ip": { "in": ["127.0.0.0/16"], "asn": [13335] }, "request_country": { "in": ["BE"] }
    });
    assert_eq!(set, expected);
    for cleared in [
        sent(current.clone(), Field::Clear).await.unwrap(),
        sent(current, TokenCondition::new()).await.unwrap(),
    ] {
        let expected = json!({ "request_ip": { "asn": [13335] }, "request_country": { "in": ["BE"] } });
        assert_eq!(cleared, expected);
    }
}

#[tokio::test]
async fn condition_that_is_cleared_and_has_no_other_limit_is_not_sent() {
    let current = json!({ "request_ip": { "in": ["127.0.0.0/8"] } });
    assert_eq!(sent(current, Field::Clear).await, None);
    assert_eq!(sent(Value::Null, Field::Clear).await, None);
    let office = TokenCondition::new().request_ip_in(["127.0.0.0/16"]);
    let expected = json!({ "request_ip": { "in": ["127.0.0.0/16"] } });
    assert_eq!(sent(Value::Null, office).await, Some(expected));
}

#[tokio::test]
async fn condition_that_was_read_can_be_sent_with_every_limit() {
    let current = json!({
        "request_ip": { "in": ["127.0.0.0/8"], "not_in": ["203.0.113.7/32"], "asn": [13335] },
        "request_country": { "in": ["BE"] }
    });
    let granted: GrantedTokenCondition = serde_json::from_value(current.clone()).unwrap();
    let condition = TokenCondition::from(&granted);
    let networks: Vec<_> = condition.networks_in().map(|network| network.to_string()).collect();
    assert_eq!(
        (networks, condition.networks_not_in().count()),
        (vec!["127.0.0.0/8".to_owned()], 1)
    );
    assert_eq!(sent(json!({}), condition).await, Some(current));
}
