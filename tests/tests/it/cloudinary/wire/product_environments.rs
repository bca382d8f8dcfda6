//! Product environments on the wire.

use integration_tests::wire::Wire;
use serde_json::{Value, json};

pub(super) async fn list(wire: &Wire) {
    let environments = wire.client().product_environments();
    for (call, query) in [
        (environments.list(), ""),
        (environments.list().enabled(true), "?enabled=true"),
        (environments.list().enabled(false), "?enabled=false"),
        (environments.list().ids(["env-2"]), "?ids=env-2"),
        (environments.list().ids(["env-2", "env-1"]), "?ids=env-2&ids=env-1"),
        (
            environments.list().cloud_names(["second_cloud", "first_cloud"]),
            "?cloud_names=second_cloud&cloud_names=first_cloud",
        ),
        (environments.list().prefix("Fir"), "?prefix=Fir"),
        (
            environments.list().prefix("f").ids(["env-1"]).enabled(true),
            "?enabled=true&ids=env-1&prefix=f",
        ),
    ] {
        call.await.unwrap();
        wire.sent("GET", &format!("/sub_accounts{query}"));
    }
    environments.list().enabled(true).collect().await.unwrap();
    wire.sent("GET", "/sub_accounts?enabled=true");
}

pub(super) async fn create(wire: &Wire) {
    let environments = wire.client().product_environments();
    for (call, body) in [
        (environments.create("Plain"), json!({ "name": "Plain" })),
        (
            environments.create("Named").cloud_name("named_cloud"),
            json!({ "name": "Named", "cloud_name": "named_cloud" }),
        ),
        (
            environments.create("Copied").copy_settings_from("env-1"),
            json!({ "name": "Copied", "base_sub_account_id": "env-1" }),
        ),
        (
            environments.create("Labelled").custom_attribute("tier", "premium"),
            json!({ "name": "Labelled", "custom_attributes": { "tier": "premium" } }),
        ),
        (
            environments.create("Off").enabled(false),
            json!({ "name": "Off", "enabled": false }),
        ),
        (
            environments
                .create("Whole")
                .enabled(true)
                .cloud_name("whole_cloud")
                .copy_settings_from("env-2")
                .custom_attribute("a", 1)
                .custom_attribute("b", true),
            json!({
                "name": "Whole", "enabled": true, "cloud_name": "whole_cloud", "base_sub_account_id": "env-2",
                "custom_attributes": { "a": 1, "b": true },
            }),
        ),
    ] {
        call.await.unwrap();
        wire.sent_with("POST", "/sub_accounts", body);
    }
}

pub(super) async fn get(wire: &Wire) {
    let environments = wire.client().product_environments();
    environments.get("env-1").await.unwrap();
    wire.sent("GET", "/sub_accounts/env-1");
    assert!(environments.get_opt("env-1").await.unwrap().is_some());
    wire.sent("GET", "/sub_accounts/env-1");
}

pub(super) async fn update(wire: &Wire) {
    let environments = wire.client().product_environments();
    for (call, body) in [
        (environments.update("env-1"), json!({})),
        (environments.update("env-1").name("New"), json!({ "name": "New" })),
        (
            environments.update("env-1").cloud_name("new_cloud"),
            json!({ "cloud_name": "new_cloud" }),
        ),
        (
            environments.update("env-1").custom_attribute("tier", "basic"),
            json!({ "custom_attributes": { "tier": "basic" } }),
        ),
        (environments.update("env-1").enabled(false), json!({ "enabled": false })),
        (
            environments
                .update("env-1")
                .enabled(true)
                .name("All")
                .cloud_name("all_cloud")
                .custom_attribute("tier", "x"),
            json!({ "name": "All", "cloud_name": "all_cloud", "enabled": true, "custom_attributes": { "tier": "x" } }),
        ),
    ] {
        call.await.unwrap();
        wire.sent_with("PUT", "/sub_accounts/env-1", body);
    }
}

pub(super) async fn delete(wire: &Wire) {
    let deletion = wire.client().product_environments().delete("env-1");
    let response = deletion.response().await.unwrap();
    let body: Value = serde_json::from_slice(&response.body).unwrap();
    assert_eq!(body["message"], "ok");
    wire.sent("DELETE", "/sub_accounts/env-1");
}
