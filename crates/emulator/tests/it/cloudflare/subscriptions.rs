use account_provisioning_emulator::Quirk;
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

#[tokio::test]
async fn downgrade_by_quirk_waits_for_the_end_of_the_period_and_can_be_cancelled() {
    let desk = Desk::start().await;
    desk.emulator.set_quirk(Quirk::DowngradesAreDelayed, true);
    let plan = |id: &str| json!({ "rate_plan": { "id": id } });
    let made = async || {
        let reply = desk.post(SUBSCRIPTIONS, plan("business")).await;
        text(&success(reply)["result"]["id"])
    };
    let (kept, lost) = (made().await, made().await);
    let shown = async |id: &str| desk.see(&format!("{SUBSCRIPTIONS}/{id}")).await["result"].take();
    for id in [&kept, &lost] {
        let path = format!("{SUBSCRIPTIONS}/{id}");
        let raised = success(desk.put(&path, plan("enterprise")).await);
        assert_eq!(
            raised["result"]["rate_plan"]["id"], "enterprise",
            "more takes effect at once"
        );
        let body = json!({ "frequency": "yearly", "rate_plan": { "id": "pro" } });
        let lowered = success(desk.put(&path, body).await);
        assert_eq!(lowered["result"]["rate_plan"]["id"], "enterprise");
        assert_eq!(shown(id).await, lowered["result"]);
    }
    let cancel = format!("{SUBSCRIPTIONS}/cancel-downgrade");
    let body = |ids: &[&str]| json!({ "subscription_ids": ids });
    assert_eq!(
        failure(&desk.post(&cancel, body(&[&lost, "nothing"])).await),
        (404, 1003)
    );
    assert_eq!(failure(&desk.post(&cancel, body(&[])).await), (400, 1004));
    success(desk.post(&cancel, body(&[&kept])).await);
    success(desk.post(&cancel, body(&[&kept])).await);
    desk.emulator.set_clock(crate::client::time("2026-02-15T12:00:00Z"));
    assert_eq!(shown(&kept).await["rate_plan"]["id"], "enterprise");
    let now = shown(&lost).await;
    assert_eq!(
        (&now["rate_plan"]["id"], &now["frequency"], &now["current_period_start"]),
        (&json!("pro"), &json!("yearly"), &json!("2026-02-15T12:00:00Z"))
    );
    assert_eq!(
        failure(&desk.get(&format!("{SUBSCRIPTIONS}/nothing")).await),
        (404, 1003)
    );
}
