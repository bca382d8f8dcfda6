//! The permission groups of members and user groups.

use serde_json::json;

use super::{Desk, each, failure, success, text};

const GROUPS: &str = "/accounts/{account}/iam/permission_groups";

#[tokio::test]
async fn permission_groups_for_members_are_those_of_accounts_and_zones_and_come_in_pages() {
    let desk = Desk::start().await;
    let whole = desk.see(&format!("{GROUPS}?per_page=50")).await;
    assert_eq!(whole["result_info"]["total_count"], 36);
    let scopes = |body: &serde_json::Value| {
        let groups = body["result"].as_array().unwrap().iter();
        groups.map(|group| text(&group["meta"]["scopes"])).collect::<Vec<_>>()
    };
    assert!(
        scopes(&whole)
            .iter()
            .all(|scope| scope.starts_with("com.cloudflare.api.account"))
    );
    let second = desk.see(&format!("{GROUPS}?page=2&per_page=5")).await;
    assert_eq!(each(&second, "id"), each(&whole, "id")[5..10]);
    let twins = desk.see(&format!("{GROUPS}?name=Logs%20Write")).await;
    assert_eq!(
        scopes(&twins),
        ["com.cloudflare.api.account", "com.cloudflare.api.account.zone"]
    );
    let by_label = desk.see(&format!("{GROUPS}?label=access_apps_and_policies_read")).await;
    assert_eq!(each(&by_label, "name"), ["Access: Apps and Policies Read"; 2]);
    let billing = desk.group("Billing Read");
    let one = desk.see(&format!("{GROUPS}/{billing}")).await;
    assert_eq!(
        one["result"],
        json!({
            "id": billing, "name": "Billing Read",
            "meta": { "editable": "false", "label": "billing_read", "scopes": "com.cloudflare.api.account" },
        })
    );
    assert_eq!(
        each(&desk.see(&format!("{GROUPS}?id={billing}")).await, "id"),
        [billing]
    );
}

#[tokio::test]
async fn permission_group_of_users_is_none_for_members() {
    let desk = Desk::start().await;
    let of_user = desk.group_of("User Details Read", "com.cloudflare.api.user");
    for id in [&*of_user, "nothing"] {
        assert_eq!(failure(&desk.get(&format!("{GROUPS}/{id}")).await), (404, 1003));
    }
    let groups = desk.see("/accounts/{account}/iam/resource_groups").await;
    let policy = |group: &str| {
        json!({
            "access": "allow", "permission_groups": [{ "id": group }],
            "resource_groups": [{ "id": groups["result"][0]["id"] }],
        })
    };
    let body = |group: &str| json!({ "email": "ann@x.example", "policies": [policy(group)] });
    let refused = desk.post("/accounts/{account}/members", body(&of_user)).await;
    assert_eq!(failure(&refused), (400, 1004));
    assert_eq!(
        refused.1["errors"][0]["source"]["pointer"],
        "/policies/0/permission_groups/0/id"
    );
    success(
        desk.post("/accounts/{account}/members", body(&desk.group("Billing Read")))
            .await,
    );
}
