//! Quirks that the other files do not cover.

use account_provisioning_emulator::Quirk;
use reqwest::Method;
use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE};
use serde_json::{Value, json};

use super::{Desk, each, failure, send, success, text};
use crate::client::read;

#[tokio::test]
async fn errors_come_under_200_or_without_codes_wherever_they_are_made() {
    let desk = Desk::start().await;
    desk.emulator.set_quirk(Quirk::ErrorsWithStatusOk, true);
    for (reply, code) in [
        (desk.get("/accounts/{account}/members/nobody").await, 1003),
        (desk.get("/accounts/{account}/members?page=0").await, 1004),
        (desk.get("/accounts/nowhere").await, 9109),
        (send(desk.bare(Method::GET, "/accounts"), None).await, 6003),
    ] {
        assert_eq!(failure(&reply), (200, code));
    }
    desk.emulator.set_quirk(Quirk::ErrorsWithoutCodes, true);
    for path in ["/accounts/{account}/members/nobody", "/accounts/nowhere"] {
        let (status, body) = desk.get(path).await;
        assert_eq!((status, body["errors"][0].get("code")), (200, None));
        assert!(body["errors"][0]["message"].is_string());
    }
    assert_eq!(
        desk.get("/nowhere").await.0,
        501,
        "what is not emulated is never passed off"
    );
}

#[tokio::test]
async fn results_are_null_by_quirk_and_the_change_is_made() {
    let desk = Desk::start().await;
    desk.emulator.set_quirk(Quirk::NullResults, true);
    for path in ["/accounts/{account}", "/accounts/{account}/tokens"] {
        assert_eq!(desk.see(path).await["result"], Value::Null, "{path}");
    }
    success(desk.delete("/accounts/{account}/members/emulator-member").await);
    desk.emulator.set_quirk(Quirk::NullResults, false);
    assert_eq!(desk.see("/accounts/{account}/members").await["result"], json!([]));
}

#[tokio::test]
async fn member_added_is_shown_without_roles_by_quirk_and_fetched_with_them() {
    let desk = Desk::start().await;
    desk.emulator.set_quirk(Quirk::AddedMemberWithoutRoles, true);
    let roles = desk.see("/accounts/{account}/roles").await;
    let body = json!({ "email": "ann@x.example", "roles": [roles["result"][0]["id"]] });
    let made = success(desk.post("/accounts/{account}/members", body).await);
    assert_eq!(made["result"].get("roles"), None);
    let path = format!("/accounts/{{account}}/members/{}", text(&made["result"]["id"]));
    assert_eq!(desk.see(&path).await["result"]["roles"][0], roles["result"][0]);
}

#[tokio::test]
async fn member_changed_with_a_stale_status_is_left_as_it_was_by_quirk() {
    let desk = Desk::start().await;
    let roles = desk.see("/accounts/{account}/roles").await["result"].clone();
    let path = "/accounts/{account}/members/emulator-member";
    let change = |index: usize, status: &str| json!({ "roles": [roles[index]], "status": status });
    let plain = success(desk.put(path, change(1, "pending")).await);
    assert_eq!(
        (&plain["result"]["roles"][0], &plain["result"]["status"]),
        (&roles[1], &json!("accepted"))
    );
    desk.emulator.set_quirk(Quirk::PendingStatusDropsUpdate, true);
    assert_eq!(success(desk.put(path, change(2, "pending")).await), plain);
    let other = success(desk.put(path, change(2, "accepted")).await);
    assert_eq!(other["result"]["roles"][0], roles[2]);
}

#[tokio::test]
async fn policies_are_shown_in_another_order_by_quirk() {
    let desk = Desk::start().await;
    let policies = json!([
        desk.policy(&["Billing Read", "Billing Write"]),
        desk.policy(&["Logs Read"])
    ]);
    let body = json!({ "name": "t", "policies": policies });
    let id = text(&success(desk.post("/accounts/{account}/tokens", body).await)["result"]["id"]);
    desk.emulator.set_quirk(Quirk::PoliciesReversed, true);
    let shown = desk.see(&format!("/accounts/{{account}}/tokens/{id}")).await["result"]["policies"].clone();
    let names = |policy: &Value| crate::client::each(policy, "permission_groups", "name").join(", ");
    assert_eq!(
        (names(&shown[0]), names(&shown[1])),
        ("Logs Read".to_owned(), "Billing Write, Billing Read".to_owned())
    );
}

#[tokio::test]
async fn permission_groups_are_found_by_a_name_encoded_twice_unless_switched_off() {
    let desk = Desk::start().await;
    let path = "/accounts/{account}/tokens/permission_groups?name=Logs%2520Read&scope=com.cloudflare.api.account";
    assert_eq!(each(&desk.see(path).await, "name"), ["Logs Read"]);
    let coerced = |desk: &Desk| desk.emulator.requests().pop().unwrap().coerced;
    assert_eq!(coerced(&desk), [Quirk::NamesEncodedTwice]);
    desk.emulator.set_quirk(Quirk::NamesEncodedTwice, false);
    assert_eq!(desk.see(path).await["result"], json!([]));
    assert_eq!(coerced(&desk), []);
}

#[tokio::test]
async fn token_is_rolled_without_a_body_unless_switched_off() {
    let desk = Desk::start().await;
    let (id, _) = desk.token(&["Billing Read"]).await;
    let roll = async || {
        let request = desk
            .with_token(
                desk.account.api_token(),
                Method::PUT,
                &format!("/accounts/{{account}}/tokens/{id}/value"),
            )
            .header(CONTENT_TYPE, "application/json")
            .header(CONTENT_LENGTH, "0");
        read(request.send().await.unwrap()).await
    };
    success(roll().await);
    assert_eq!(
        desk.emulator.requests().pop().unwrap().coerced,
        [Quirk::RollWithoutBody]
    );
    desk.emulator.set_quirk(Quirk::RollWithoutBody, false);
    assert_eq!(failure(&roll().await), (400, 1004));
}
