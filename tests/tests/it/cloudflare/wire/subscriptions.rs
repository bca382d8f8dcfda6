//! Subscriptions on the wire.

use account_provisioning::cloudflare::{RatePlanChoice, RatePlanId, SubscriptionFrequency};
use integration_tests::cloudflare::Stage;
use integration_tests::wire::Wire;
use serde_json::json;

pub(super) async fn list(wire: &Wire<Stage>) {
    wire.stage.account().subscriptions().list().await.unwrap();
    wire.sent("GET", "/subscriptions");
}

fn whole_plan() -> RatePlanChoice {
    RatePlanChoice::new(RatePlanId::Business)
        .currency("USD")
        .externally_managed(false)
        .is_contract(false)
        .public_name("Business Plan")
        .scope("zone")
        .sets(["one"])
}

fn whole_body() -> serde_json::Value {
    json!({
        "id": "business", "currency": "USD", "externally_managed": false, "is_contract": false,
        "public_name": "Business Plan", "scope": "zone", "sets": ["one"]
    })
}

pub(super) async fn create(wire: &Wire<Stage>) {
    let subscriptions = wire.stage.account().subscriptions();
    let create = subscriptions
        .create()
        .frequency(SubscriptionFrequency::Yearly)
        .rate_plan(whole_plan());
    create.await.unwrap();
    wire.sent_with(
        "POST",
        "/subscriptions",
        json!({ "frequency": "yearly", "rate_plan": whole_body() }),
    );
    subscriptions
        .create()
        .rate_plan(RatePlanChoice::new("pro"))
        .await
        .unwrap();
    wire.sent_with("POST", "/subscriptions", json!({ "rate_plan": { "id": "pro" } }));
    let free = subscriptions.create().await.unwrap().rate_plan.unwrap();
    assert_eq!(free.public_name.as_deref(), Some("Free Plan"));
    wire.sent_with("POST", "/subscriptions", json!({}));
}

pub(super) async fn replace(wire: &Wire<Stage>) {
    let subscriptions = wire.stage.account().subscriptions();
    let target = "/subscriptions/subscription-1";
    let replace = subscriptions
        .replace("subscription-1")
        .frequency("weekly")
        .rate_plan(whole_plan());
    replace.await.unwrap();
    wire.sent_with(
        "PUT",
        target,
        json!({ "frequency": "weekly", "rate_plan": whole_body() }),
    );
    subscriptions
        .replace("subscription-1")
        .rate_plan(RatePlanChoice::new(RatePlanId::Pro).sets(Vec::<String>::new()))
        .await
        .unwrap();
    wire.sent_with("PUT", target, json!({ "rate_plan": { "id": "pro", "sets": [] } }));
    subscriptions.replace("subscription-1").await.unwrap();
    wire.sent_with("PUT", target, json!({}));
}

pub(super) async fn delete(wire: &Wire<Stage>) {
    wire.stage
        .account()
        .subscriptions()
        .delete("subscription-1")
        .await
        .unwrap();
    wire.sent("DELETE", "/subscriptions/subscription-1");
}
