//! Custom attributes: absent, empty and given are three requests, and their values keep their types.

use account_provisioning::Field;
use integration_tests::wire::Wire;
use serde_json::{Map, Value, json};

fn attributes() -> Map<String, Value> {
    let attributes = json!({
        "text": "prémium \"x\"", "zero": 0, "negative": -7, "large": 9_007_199_254_740_993_u64, "fraction": 1.5,
        "yes": true, "no": false, "nothing": null, "list": [1, "two", [true]], "nested": { "a": { "b": [] } }, "ключ": "",
    });
    attributes.as_object().unwrap().clone()
}

#[tokio::test]
async fn custom_attributes_absent_empty_and_given_on_create_are_three_requests() {
    let wire = Wire::start().await;
    let create = |name: &str| wire.client().product_environments().create(name);
    for (call, sent, kept) in [
        (create("A"), None, Map::new()),
        (create("A").custom_attributes(Field::Keep), None, Map::new()),
        (create("A").custom_attributes(Map::new()), Some(json!({})), Map::new()),
        (create("A").custom_attributes(Field::Clear), Some(json!({})), Map::new()),
        (
            create("A").custom_attributes(attributes()),
            Some(attributes().into()),
            attributes(),
        ),
    ] {
        let environment = call.await.unwrap();
        let mut body = json!({ "name": "A" });
        if let Some(sent) = sent {
            body["custom_attributes"] = sent;
        }
        wire.sent_with("POST", "/sub_accounts", body);
        assert_eq!(environment.custom_attributes, kept);
    }
}

#[tokio::test]
async fn custom_attributes_empty_on_create_from_another_environment_copy_none() {
    let wire = Wire::start().await;
    let environments = wire.client().product_environments();
    environments.update("env-1").custom_attribute("tier", 1).await.unwrap();
    let copied = environments.create("A").copy_settings_from("env-1").await.unwrap();
    assert_eq!(copied.custom_attributes["tier"], 1);
    let emptied = environments
        .create("B")
        .copy_settings_from("env-1")
        .custom_attributes(Field::Clear);
    assert_eq!(emptied.await.unwrap().custom_attributes, Map::new());
}

#[tokio::test]
async fn custom_attributes_absent_empty_and_given_on_update_are_three_requests() {
    let wire = Wire::start().await;
    let update = || wire.client().product_environments().update("env-1");
    for (call, sent, kept) in [
        (
            update().custom_attributes(attributes()),
            Some(attributes().into()),
            attributes(),
        ),
        (update(), None, attributes()),
        (update().custom_attributes(Field::Keep), None, attributes()),
        (update().custom_attributes(Map::new()), Some(json!({})), Map::new()),
        (
            update().custom_attributes(attributes()),
            Some(attributes().into()),
            attributes(),
        ),
        (update().custom_attributes(Field::Clear), Some(json!({})), Map::new()),
    ] {
        call.await.unwrap();
        let body = sent.map_or(json!({}), |sent: Value| json!({ "custom_attributes": sent }));
        wire.sent_with("PUT", "/sub_accounts/env-1", body);
        let environment = wire.client().product_environments().get("env-1").await.unwrap();
        assert_eq!(environment.custom_attributes, kept);
        wire.sent("GET", "/sub_accounts/env-1");
    }
}
