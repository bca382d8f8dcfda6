use serde_json::json;

use super::{Desk, failure, success, text};

const SUBSCRIPTIONS: &str = "/accounts/{account}/subscriptions";

#[tokio::test]
async fn subscription_made_changed_and_deleted_tells_its_plan_price_and_period() {
    let desk = Desk::start().await;
    let body = json!({ "frequency": "quarterly", "rate_plan": { "id": "pro", "sets": ["a"], "is_contract": true } });
    let made = success(desk.post(SUBSCRIPTIONS, body).await);
    let id = text(&made["result"]["id"]);
    assert_eq!(
        made["result"],
        json!({
            "id": id, "currency": "USD", "frequency": "quarterly", "price": 60.0, "state": "Paid",
            "current_period_start": "2026-01-15T12:00:00Z", "current_period_end": "2026-04-15T12:00:00Z",
            "rate_plan": {
                "id": "pro", "currency": "USD", "externally_managed": false, "is_contract": true,
                "public_name": "Pro Plan", "scope": "account", "sets": ["a"],
            },
        })
    );
    let listed = desk.see(SUBSCRIPTIONS).await;
    assert_eq!(
        (&listed["result"][1], &listed["result_info"]["count"]),
        (&made["result"], &json!(2))
    );
    let path = format!("{SUBSCRIPTIONS}/{id}");
    desk.emulator.advance(std::time::Duration::from_secs(86_400));
    let changed = success(desk.put(&path, json!({ "frequency": "weekly" })).await);
    assert_eq!(
        (&changed["result"]["price"], &changed["result"]["current_period_end"]),
        (&json!(5.0), &json!("2026-01-23T12:00:00Z"))
    );
    assert_eq!(changed["result"]["rate_plan"], made["result"]["rate_plan"]);
    assert_eq!(
        success(desk.delete(&path).await)["result"],
        json!({ "subscription_id": id })
    );
    assert_eq!(failure(&desk.delete(&path).await), (404, 1003));
    assert_eq!(failure(&desk.put(&path, json!({})).await), (404, 1003));
}

#[tokio::test]
async fn subscription_without_a_plan_has_the_free_one_and_an_empty_update_keeps_it() {
    let desk = Desk::start().await;
    for body in [json!({}), json!({ "rate_plan": {} })] {
        let made = success(desk.post(SUBSCRIPTIONS, body).await)["result"].clone();
        assert_eq!(
            (&made["rate_plan"]["id"], &made["frequency"], &made["price"]),
            (&json!("free"), &json!("monthly"), &json!(0.0))
        );
        let path = format!("{SUBSCRIPTIONS}/{}", text(&made["id"]));
        assert_eq!(success(desk.put(&path, json!({})).await)["result"], made);
    }
}

#[tokio::test]
async fn subscription_with_a_plan_that_does_not_exist_is_400() {
    let desk = Desk::start().await;
    let body = json!({ "rate_plan": { "id": "gold" } });
    assert_eq!(failure(&desk.post(SUBSCRIPTIONS, body).await), (400, 1004));
}
