//! Updates of user groups, resource groups and tokens of the user.

use account_provisioning::cloudflare::{AccountId, MemberPolicy, ResourceGroupScope};
use integration_tests::cloudflare::Stage;
use integration_tests::cloudflare::world::{ACCOUNT, permission_group};
use serde_json::{Value, json};

use super::{UNKNOWN, answer, only_read, put, sent_token, token, with_unknown_keys, without};

/// A user group with everything that a user group can have.
fn user_group() -> Value {
    let policy = |id: &str, access: &str| {
        json!({
            "id": id,
            "access": access,
            "permission_groups": [
                { "id": permission_group("Billing Read"), "name": "Billing Read", "meta": { "label": "billing_read" } }
            ],
            "resource_groups": [
                {
                    "id": "resource-group-1", "name": "Shop", "meta": { "key": "k", "value": "v" },
                    "scope": { "key": "com.cloudflare.api.account.a", "objects": [{ "key": "*" }] }
                }
            ]
        })
    };
    json!({
        "id": "user-group-1",
        "name": "Readers",
        "created_on": "2026-01-01T00:00:00Z",
        "modified_on": "2026-01-02T00:00:00Z",
        "policies": [policy("policy-1", "allow"), policy("policy-2", "deny")]
    })
}

/// The same user group as it is sent back.
fn sent_user_group(group: &Value) -> Value {
    let mut sent = group.clone();
    for pointer in ["/id", "/created_on", "/modified_on"] {
        without(&mut sent, pointer);
    }
    for policy in 0..2 {
        for key in ["permission_groups/0/name", "permission_groups/0/meta"] {
            without(&mut sent, &format!("/policies/{policy}/{key}"));
        }
        for key in ["name", "meta", "scope"] {
            without(&mut sent, &format!("/policies/{policy}/resource_groups/0/{key}"));
        }
    }
    sent
}

fn resource_group() -> Value {
    json!({
        "id": "resource-group-1",
        "name": "Shop",
        "meta": { "key": "k", "value": "v" },
        "scope": { "key": "com.cloudflare.api.account.a", "objects": [{ "key": "*" }] }
    })
}

#[tokio::test]
async fn update_of_a_user_group_sends_back_what_it_does_not_know_at_every_level() {
    let stage = Stage::start().await;
    let mut group = user_group();
    group["policies"][0]["conditions"] = json!({ "mfa": true });
    with_unknown_keys(&mut group);
    for operation in ["getUserGroup", "updateUserGroup"] {
        answer(&stage.emulator, operation, "result", &group);
    }
    let groups = stage.account().user_groups();
    groups.update("user-group-1").name("New").await.unwrap();
    let sent = put(&stage.emulator);
    let mut expected = sent_user_group(&group);
    expected["name"] = json!("New");
    assert_eq!(sent, expected);
    for pointer in [
        "",
        "/policies/0",
        "/policies/0/permission_groups/0",
        "/policies/0/conditions",
    ] {
        assert!(sent.pointer(pointer).unwrap().get(UNKNOWN).is_some(), "{pointer}");
    }
    assert_eq!(sent["policies"][1]["id"], "policy-2", "a policy keeps its id");
}

#[tokio::test]
async fn policies_of_a_user_group_that_are_given_again_keep_their_ids_and_a_new_one_has_none() {
    let stage = Stage::start().await;
    for operation in ["getUserGroup", "updateUserGroup"] {
        answer(&stage.emulator, operation, "result", &user_group());
    }
    let groups = stage.account().user_groups();
    let group = groups.get("user-group-1").await.unwrap();
    stage.emulator.clear_requests();
    let new = MemberPolicy::allow().permission_group("p").resource_group("r");
    let policies = group.policies.iter().map(MemberPolicy::from).chain([new]);
    groups
        .update("user-group-1")
        .policies(policies)
        .if_unchanged_since(&group)
        .await
        .unwrap();
    let sent = put(&stage.emulator);
    let ids: Vec<Option<&str>> = sent["policies"]
        .as_array()
        .unwrap()
        .iter()
        .map(|policy| policy.get("id").map(|id| id.as_str().unwrap()))
        .collect();
    assert_eq!(ids, [Some("policy-1"), Some("policy-2"), None]);
    // A member gets the same policies without their ids.
    let access =
        account_provisioning::cloudflare::MemberAccess::policies(group.policies.iter().map(MemberPolicy::from));
    answer(&stage.emulator, "updateMember", "result", &json!({ "id": "member-1" }));
    stage.account().members().update("member-1", access).await.unwrap();
    let requests = stage.emulator.requests();
    assert_eq!(requests[0].json().unwrap()["policies"][0].get("id"), None);
}

#[tokio::test]
async fn update_of_a_user_group_whose_policies_the_reply_lacks_sends_no_list_of_them() {
    let stage = Stage::start().await;
    let groups = stage.account().user_groups();
    for policies in [None, Some(Value::Null)] {
        let mut group = user_group();
        without(&mut group, "/policies");
        if let Some(policies) = policies {
            group["policies"] = policies;
        }
        stage.emulator.clear_faults();
        answer(&stage.emulator, "getUserGroup", "result", &group);
        groups.update("user-group-1").name("New").await.unwrap();
        assert_eq!(put(&stage.emulator), json!({ "name": "New" }));
    }
    for lacking in ["access", "permission_groups", "resource_groups"] {
        let mut group = user_group();
        without(&mut group, &format!("/policies/1/{lacking}"));
        stage.emulator.clear_faults();
        answer(&stage.emulator, "getUserGroup", "result", &group);
        let error = groups.update("user-group-1").name("New").await.unwrap_err();
        assert!(
            error.is_invalid_input() && error.to_string().contains("`policies`"),
            "{error}"
        );
        only_read(&stage.emulator);
    }
}

#[tokio::test]
async fn update_of_a_user_group_that_changed_since_it_was_read_is_not_sent() {
    let stage = Stage::start().await;
    let groups = stage.account().user_groups();
    let read = groups.get("user-group-1").await.unwrap();
    stage.emulator.clear_requests();
    let update = || groups.update("user-group-1").name("Mine").if_unchanged_since(&read);
    update().await.unwrap();
    put(&stage.emulator);
    let error = update().await.unwrap_err();
    assert!(error.is_changed(), "{error}");
    assert_eq!(error.operation(), Some("updateUserGroup"));
    only_read(&stage.emulator);
    // The order of policies is no change.
    answer(&stage.emulator, "getUserGroup", "result", &user_group());
    let read = groups.get("user-group-1").await.unwrap();
    let mut turned = user_group();
    turned["policies"].as_array_mut().unwrap().reverse();
    stage.emulator.clear_requests();
    stage.emulator.clear_faults();
    answer(&stage.emulator, "getUserGroup", "result", &turned);
    answer(&stage.emulator, "updateUserGroup", "result", &turned);
    groups
        .update("user-group-1")
        .name("Mine")
        .if_unchanged_since(&read)
        .await
        .unwrap();
    put(&stage.emulator);
}

#[tokio::test]
async fn update_of_a_resource_group_sends_back_what_it_does_not_know_and_only_if_it_did_not_change() {
    let stage = Stage::start().await;
    let groups = stage.account().resource_groups();
    let mut group = resource_group();
    with_unknown_keys(&mut group);
    for operation in ["getResourceGroup", "updateResourceGroup"] {
        answer(&stage.emulator, operation, "result", &group);
    }
    groups.update("resource-group-1").name("New").await.unwrap();
    let mut expected = group.clone();
    expected["name"] = json!("New");
    for pointer in ["/id", "/meta"] {
        without(&mut expected, pointer);
    }
    assert_eq!(put(&stage.emulator), expected);

    let read = groups.get("resource-group-1").await.unwrap();
    stage.emulator.clear_requests();
    let scope = ResourceGroupScope::account(&AccountId::new(ACCOUNT).unwrap());
    let update = || {
        groups
            .update("resource-group-1")
            .scope(scope.clone())
            .if_unchanged_since(&read)
    };
    update().await.unwrap();
    assert_eq!(
        put(&stage.emulator)["scope"],
        json!({ "key": format!("com.cloudflare.api.account.{ACCOUNT}"), "objects": [{ "key": "*" }] })
    );
    group["name"] = json!("Theirs");
    stage.emulator.clear_faults();
    answer(&stage.emulator, "getResourceGroup", "result", &group);
    assert!(update().await.unwrap_err().is_changed());
    only_read(&stage.emulator);
}

#[tokio::test]
async fn update_of_a_token_of_the_user_sends_back_what_it_does_not_know() {
    let stage = Stage::start().await;
    let mut token = token();
    with_unknown_keys(&mut token);
    for operation in ["getUserToken", "updateUserToken"] {
        answer(&stage.emulator, operation, "result", &token);
    }
    let tokens = stage.as_user().user().tokens();
    tokens.update("user-token-1").name("New").await.unwrap();
    let mut expected = sent_token(&token);
    expected["name"] = json!("New");
    assert_eq!(put(&stage.emulator), expected);
}
