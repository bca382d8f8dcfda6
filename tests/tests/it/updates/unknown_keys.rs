//! What the SDK doesn't know goes back as it came.

use integration_tests::cloudflare::Stage;
use integration_tests::cloudflare::world::ACCOUNT;
use integration_tests::wire::Wire;
use serde_json::json;

use super::{UNKNOWN, account, answer, policy, put, role, sent_token, token, with_unknown_keys, without};

#[tokio::test]
async fn update_of_a_token_sends_back_what_it_does_not_know_at_every_level() {
    let stage = Stage::start().await;
    let mut token = token();
    token["condition"]["request_country"] = json!({ "in": ["BE"] });
    token["policies"][0]["conditions"] = json!({ "mfa": true });
    with_unknown_keys(&mut token);
    // The emulator itself takes no limit that the document doesn't name.
    answer(&stage.emulator, "getToken", "result", &token);
    answer(&stage.emulator, "updateToken", "result", &token);
    stage.account().tokens().update("token-1").name("New").await.unwrap();
    let sent = put(&stage.emulator);
    let mut expected = sent_token(&token);
    expected["name"] = json!("New");
    assert_eq!(sent, expected);
    for pointer in [
        "",
        "/condition",
        "/condition/request_ip",
        "/condition/request_country",
        "/policies/0",
        "/policies/1/permission_groups/0",
        "/policies/1/permission_groups/0/meta",
        "/policies/0/conditions",
    ] {
        assert!(sent.pointer(pointer).unwrap().get(UNKNOWN).is_some(), "{pointer}");
    }
    assert_eq!(sent["policies"][0]["conditions"]["mfa"], true);
}

#[tokio::test]
async fn update_of_an_account_sends_back_what_it_does_not_know_at_every_level() {
    let stage = Stage::start().await;
    let mut account = account();
    account["settings"]["api_access_enabled"] = json!(false);
    with_unknown_keys(&mut account);
    answer(&stage.emulator, "getAccount", "result", &account);
    stage.client.accounts().update(ACCOUNT).name("New").await.unwrap();
    let mut expected = account.clone();
    expected["name"] = json!("New");
    for pointer in [
        "/created_on",
        "/managed_by/parent_org_id",
        "/managed_by/parent_org_name",
    ] {
        without(&mut expected, pointer);
    }
    assert_eq!(put(&stage.emulator), expected);
}

#[tokio::test]
async fn update_of_an_account_does_not_send_what_manages_it() {
    let stage = Stage::start().await;
    answer(&stage.emulator, "getAccount", "result", &account());
    stage.client.accounts().update(ACCOUNT).await.unwrap();
    assert_eq!(put(&stage.emulator).get("managed_by"), None);
}

#[tokio::test]
async fn update_of_a_role_sends_back_what_it_does_not_know_of_the_role() {
    let wire = Wire::start().await;
    let mut role = role();
    role["limits"] = json!({ "per_hour": 5 });
    with_unknown_keys(&mut role);
    answer(&wire.stage.emulator, "getRole", "data", &role);
    wire.client().roles().update("role-1").name("New").await.unwrap();
    // Of its policies, the service takes nothing but the ids.
    let expected = json!({
        "name": "New", "description": "Reads", "system_policy_ids": [integration_tests::world::READ_USERS],
        "limits": role["limits"], (UNKNOWN): role[UNKNOWN],
    });
    assert_eq!(put(&wire.stage.emulator), expected);
}

#[tokio::test]
async fn update_of_a_custom_policy_sends_back_what_it_does_not_know_at_every_level() {
    let wire = Wire::start().await;
    let mut policy = policy("policy-1");
    policy["expires_at"] = json!(1_798_761_600);
    policy["priority"] = json!({ "rank": 3 });
    with_unknown_keys(&mut policy);
    answer(&wire.stage.emulator, "getCustomPolicy", "data", &policy);
    let other = "forbid (principal, action == Cloudinary::Action::\"delete\", resource is Cloudinary::User);";
    let custom = wire.client().policies().custom();
    custom.update("policy-1").policy_statement(other).await.unwrap();
    let mut expected = policy.clone();
    expected["policy_statement"] = json!(other);
    for pointer in ["/id", "/created_at", "/updated_at"] {
        without(&mut expected, pointer);
    }
    assert_eq!(put(&wire.stage.emulator), expected);
}
