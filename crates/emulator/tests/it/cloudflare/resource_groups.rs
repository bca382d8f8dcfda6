//! Resource groups, and what depends on them.

use serde_json::{Value, json};

use super::{Desk, each, failure, success, text};

const GROUPS: &str = "/accounts/{account}/iam/resource_groups";
const HERE: &str = "com.cloudflare.api.account.emulator-account";
const ZONE: &str = "com.cloudflare.api.account.zone.z1";

fn scope(object: &str) -> Value {
    json!({ "key": HERE, "objects": [{ "key": object }] })
}

#[tokio::test]
async fn resource_group_made_changed_and_deleted_is_what_the_requests_said() {
    let desk = Desk::start().await;
    let body = json!({ "name": "One zone", "scope": scope(ZONE) });
    let made = success(desk.post(GROUPS, body).await)["result"].take();
    let id = text(&made["id"]);
    assert_eq!(made, json!({ "id": id, "name": "One zone", "scope": scope(ZONE) }));
    let path = format!("{GROUPS}/{id}");
    assert_eq!(desk.see(&path).await["result"], made);
    let named = desk.see(&format!("{GROUPS}?name=One%20zone")).await;
    assert_eq!(each(&named, "id"), [&*id]);
    let whole = desk.see(GROUPS).await;
    assert_eq!(
        (&whole["result"][1], &whole["result_info"]["total_count"]),
        (&made, &json!(2))
    );
    let renamed = success(desk.put(&path, json!({ "name": "All" })).await)["result"].take();
    assert_eq!((&renamed["name"], &renamed["scope"]), (&json!("All"), &scope(ZONE)));
    let widened = success(desk.put(&path, json!({ "scope": scope("*") })).await)["result"].take();
    assert_eq!((&widened["name"], &widened["scope"]), (&json!("All"), &scope("*")));
    assert_eq!(success(desk.delete(&path).await)["result"], json!({ "id": id }));
    for gone in [
        desk.get(&path).await,
        desk.put(&path, json!({})).await,
        desk.delete(&path).await,
    ] {
        assert_eq!(failure(&gone), (404, 1003));
    }
}

#[tokio::test]
async fn resource_group_of_another_account_or_of_nothing_is_400() {
    let desk = Desk::start().await;
    for (body, pointer) in [
        (json!({ "name": " ", "scope": scope("*") }), Some("/name")),
        (json!({ "name": "x" }), None),
        (
            json!({ "name": "x", "scope": { "key": "com.cloudflare.api.account.other", "objects": [{ "key": "*" }] } }),
            Some("/scope/key"),
        ),
        (json!({ "name": "x", "scope": { "key": HERE, "objects": [] } }), None),
        (
            json!({ "name": "x", "scope": scope("zone z1") }),
            Some("/scope/objects/0/key"),
        ),
    ] {
        let reply = desk.post(GROUPS, body).await;
        assert_eq!(failure(&reply), (400, 1004), "{reply:?}");
        assert_eq!(reply.1["errors"][0]["source"]["pointer"].as_str(), pointer, "{reply:?}");
    }
}

#[tokio::test]
async fn resource_group_that_is_built_in_or_in_use_is_409() {
    let desk = Desk::start().await;
    let built_in = text(&desk.see(GROUPS).await["result"][0]["id"]);
    let path = format!("{GROUPS}/{built_in}");
    assert_eq!(failure(&desk.delete(&path).await), (409, 1005));
    assert_eq!(failure(&desk.put(&path, json!({ "name": "Mine" })).await), (409, 1005));
    for (users, body) in [
        ("members", json!({ "email": "ann@x.example" })),
        ("iam/user_groups", json!({ "name": "Readers" })),
    ] {
        let group = json!({ "name": "Zone", "scope": scope(ZONE) });
        let id = text(&success(desk.post(GROUPS, group).await)["result"]["id"]);
        let mut body = body;
        body["policies"] = json!([{
            "access": "allow", "permission_groups": [{ "id": desk.group("Billing Read") }],
            "resource_groups": [{ "id": id }],
        }]);
        let users = format!("/accounts/{{account}}/{users}");
        let user = text(&success(desk.post(&users, body).await)["result"]["id"]);
        let path = format!("{GROUPS}/{id}");
        assert_eq!(failure(&desk.delete(&path).await), (409, 1005), "{users}");
        success(desk.put(&path, json!({ "name": "Still changeable" })).await);
        success(desk.delete(&format!("{users}/{user}")).await);
        success(desk.delete(&path).await);
    }
}
