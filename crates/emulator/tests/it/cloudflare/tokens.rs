use reqwest::Method;
use serde_json::{Value, json};

use super::{Desk, NOW, each, failure, send, success, text};
use crate::client::time;

const TOKENS: &str = "/accounts/{account}/tokens";
const HERE: &str = "com.cloudflare.api.account.emulator-account";

#[tokio::test]
async fn token_made_changed_and_deleted_is_what_the_requests_said() {
    let desk = Desk::start().await;
    let condition = json!({ "request_ip": { "in": ["127.0.0.1/32", "2606:4700::/32"], "not_in": ["10.1.2.3"] } });
    let body = json!({
        "name": "ci", "policies": [desk.policy(&["Account Settings Read", "Billing Read"])],
        "condition": condition, "expires_on": "2026-02-01T00:00:00Z", "not_before": "2026-01-01T00:00:00Z",
    });
    let made = success(desk.post(TOKENS, body).await)["result"].take();
    let (id, value) = (text(&made["id"]), text(&made["value"]));
    assert_eq!(value.len(), 40);
    assert_eq!(
        (
            &made["status"],
            &made["issued_on"],
            &made["modified_on"],
            made.get("last_used_on")
        ),
        (&json!("active"), &json!(NOW), &json!(NOW), None)
    );
    assert_eq!(
        (&made["expires_on"], &made["not_before"], &made["condition"]),
        (
            &json!("2026-02-01T00:00:00Z"),
            &json!("2026-01-01T00:00:00Z"),
            &condition
        )
    );
    let groups = &made["policies"][0]["permission_groups"];
    assert_eq!(
        (&groups[0]["name"], &groups[1]["name"]),
        (&json!("Account Settings Read"), &json!("Billing Read"))
    );
    let path = format!("{TOKENS}/{id}");
    let mut shown = made.clone();
    shown.as_object_mut().unwrap().remove("value");
    assert_eq!(desk.see(&path).await["result"], shown, "the value is shown once");

    desk.emulator.set_clock(time("2026-01-16T00:00:00Z"));
    let nested = json!({ HERE: { "com.cloudflare.api.account.zone.*": "*" } });
    let policy =
        json!({ "effect": "deny", "permission_groups": [{ "id": desk.group("Billing Read") }], "resources": nested });
    let body = json!({ "name": "cd", "policies": [policy], "status": "disabled" });
    let changed = success(desk.put(&path, body).await)["result"].take();
    assert_eq!(
        (
            &changed["name"],
            &changed["status"],
            &changed["policies"][0]["resources"]
        ),
        (&json!("cd"), &json!("disabled"), &nested)
    );
    assert_eq!(
        (
            changed.get("expires_on"),
            changed.get("condition"),
            changed.get("value")
        ),
        (None, None, None),
        "what is left out is gone"
    );
    assert_eq!(
        (&changed["issued_on"], &changed["modified_on"]),
        (&json!(NOW), &json!("2026-01-16T00:00:00Z"))
    );
    let reply = send(desk.with_token(&value, Method::GET, "/accounts/{account}"), None).await;
    assert_eq!(failure(&reply), (401, 1000));

    assert_eq!(success(desk.delete(&path).await)["result"], json!({ "id": id }));
    assert_eq!(failure(&desk.get(&path).await), (404, 1003));
    assert_eq!(
        failure(&desk.put(&format!("{path}/value"), json!({})).await),
        (404, 1003)
    );
}

#[tokio::test]
async fn tokens_listed_are_in_order_and_expired_ones_can_be_left_out() {
    let desk = Desk::start().await;
    let policies = json!([desk.policy(&["Billing Read"])]);
    for (name, expires_on) in [("a", "2026-01-15T13:00:00Z"), ("b", "2027-01-01T00:00:00Z")] {
        let body = json!({ "name": name, "policies": policies, "expires_on": expires_on });
        success(desk.post(TOKENS, body).await);
    }
    desk.emulator.set_clock(time("2026-01-15T13:00:00Z"));
    let list = async |query: &str| desk.see(&format!("{TOKENS}{query}")).await;
    let all = list("").await;
    assert_eq!(each(&all, "name"), ["Everything", "a", "b"]);
    assert_eq!(each(&all, "status"), ["active", "expired", "active"]);
    assert_eq!(each(&list("?direction=desc").await, "name"), ["b", "a", "Everything"]);
    assert_eq!(each(&list("?include_expired=false").await, "name"), ["Everything", "b"]);
    assert!(!all.to_string().contains("value"), "{all}");
}

#[tokio::test]
async fn token_with_values_that_cannot_be_is_400_that_points_at_them() {
    let desk = Desk::start().await;
    let with = |field: &str, value: Value| {
        let mut body = json!({ "name": "t", "policies": [desk.policy(&["Billing Read"])] });
        body[field] = value;
        body
    };
    let policy = |field: &str, value: Value| {
        let mut policy = desk.policy(&["Billing Read"]);
        policy[field] = value;
        with("policies", json!([policy]))
    };
    let mut upside_down = with("expires_on", json!("2026-01-01T00:00:00Z"));
    upside_down["not_before"] = json!("2026-01-01T00:00:00Z");
    for (body, pointer) in [
        (with("name", json!(" ")), Some("/name")),
        (with("policies", json!([])), Some("/policies")),
        (with("expires_on", json!("tomorrow")), None),
        (upside_down, Some("/expires_on")),
        (
            with("condition", json!({ "request_ip": { "in": ["127.0.0.1/99"] } })),
            Some("/condition/request_ip/in/0"),
        ),
        (
            policy("permission_groups", json!([])),
            Some("/policies/0/permission_groups"),
        ),
        (
            policy("permission_groups", json!([{ "id": "x" }])),
            Some("/policies/0/permission_groups/0/id"),
        ),
        (policy("effect", json!("maybe")), None),
        (policy("resources", json!({})), Some("/policies/0/resources")),
        (
            policy("resources", json!({ "foo": "*" })),
            Some("/policies/0/resources/foo"),
        ),
        (policy("resources", json!({ HERE: 5 })), None),
    ] {
        let reply = desk.post(TOKENS, body).await;
        assert_eq!(failure(&reply), (400, 1004), "{reply:?}");
        assert_eq!(reply.1["errors"][0]["source"]["pointer"].as_str(), pointer, "{reply:?}");
    }
    assert_eq!(
        desk.see(TOKENS).await["result_info"]["total_count"],
        1,
        "nothing was made"
    );
}

#[tokio::test]
async fn permission_groups_are_about_forty_and_a_name_is_not_unique() {
    let desk = Desk::start().await;
    let list = async |query: &str| desk.see(&format!("{TOKENS}/permission_groups{query}")).await;
    let all = list("").await;
    assert_eq!(
        (
            all["result"].as_array().unwrap().len(),
            &all["result_info"]["total_count"]
        ),
        (44, &json!(44))
    );
    let twins = list("?name=Logs%20Write").await;
    let scopes: Vec<&Value> = twins["result"]
        .as_array()
        .unwrap()
        .iter()
        .map(|group| &group["scopes"][0])
        .collect();
    assert_eq!(
        scopes,
        ["com.cloudflare.api.account", "com.cloudflare.api.account.zone"]
    );
    let one = list("?name=Logs+Write&scope=com.cloudflare.api.account.zone").await;
    assert_eq!(one["result"], json!([twins["result"][1]]));
    assert_eq!(list("?name=nothing").await["result"], json!([]));
    let again = Desk::start().await;
    assert_eq!(
        again.see(&format!("{TOKENS}/permission_groups")).await,
        all,
        "ids are the same everywhere"
    );
}
