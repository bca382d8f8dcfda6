//! Policies that were read can be sent back, with every restriction in them.

use account_provisioning::cloudflare::{
    GrantedMemberPolicy, GrantedTokenPolicy, MemberAccess, MemberPolicy, PolicyEffect, TokenPolicy,
};
use integration_tests::cloudflare::Stage;
use integration_tests::cloudflare::world::{permission_group, resource_group};
use serde_json::{Value, json};

use super::{put, sent_token, token};

/// The policies of a token, with restrictions that no document names.
fn restricted() -> Value {
    let mut policies = token()["policies"].clone();
    policies[0]["conditions"] = json!({ "mfa": true });
    policies[0]["permission_groups"][0]["until"] = json!("2027-01-01");
    policies
}

#[tokio::test]
async fn token_policies_that_were_read_are_sent_with_every_restriction() {
    let stage = Stage::start().await;
    let tokens = stage.account().tokens();
    let granted: Vec<GrantedTokenPolicy> = serde_json::from_value(restricted()).unwrap();
    let mut expected = token();
    expected["policies"] = restricted();
    let expected = sent_token(&expected)["policies"].clone();

    let policies = || granted.iter().map(TokenPolicy::from);
    tokens.create("Copy", policies()).await.unwrap();
    tokens
        .replace("token-1", "Copy", granted.clone().into_iter().map(TokenPolicy::from))
        .await
        .unwrap();
    let sent: Vec<_> = stage
        .emulator
        .requests()
        .iter()
        .map(|request| request.json().unwrap())
        .collect();
    assert_eq!((&sent[0]["policies"], &sent[1]["policies"]), (&expected, &expected));
    stage.emulator.clear_requests();

    // One more permission, and none that is there already.
    let (more, there) = (
        permission_group("Account Settings Write"),
        permission_group("Billing Read"),
    );
    let policies = policies().map(|policy| policy.permission_group(&*more).permission_group(&*there));
    tokens.update("token-1").policies(policies).await.unwrap();
    let mut with_more = expected;
    with_more[0]["permission_groups"]
        .as_array_mut()
        .unwrap()
        .push(json!({ "id": more }));
    for id in [&more, &there] {
        with_more[1]["permission_groups"]
            .as_array_mut()
            .unwrap()
            .push(json!({ "id": id }));
    }
    assert_eq!(put(&stage.emulator)["policies"], with_more);
}

#[tokio::test]
async fn token_policy_that_was_read_says_what_it_is() {
    let granted: Vec<GrantedTokenPolicy> = serde_json::from_value(restricted()).unwrap();
    let policy = TokenPolicy::from(&granted[1]);
    assert_eq!(*policy.effect(), PolicyEffect::Deny);
    let ids: Vec<_> = policy.permission_group_ids().map(ToString::to_string).collect();
    assert_eq!(ids, [permission_group("Account Settings Read")]);
    assert_eq!(json!(policy.applies_to().as_map()), restricted()[1]["resources"]);
}

#[tokio::test]
async fn token_policy_whose_groups_or_resources_were_null_is_never_sent_as_empty() {
    let stage = Stage::start().await;
    for key in ["permission_groups", "resources"] {
        let mut policy = restricted()[0].clone();
        policy[key] = Value::Null;
        let granted: GrantedTokenPolicy = serde_json::from_value(policy).unwrap();
        let error = stage
            .account()
            .tokens()
            .create("x", [granted.into()])
            .await
            .map(drop)
            .unwrap_err();
        assert!(error.is_invalid_input() && error.to_string().contains(key), "{error}");
    }
    assert!(stage.emulator.requests().is_empty());
}

#[tokio::test]
async fn member_policies_that_were_read_are_sent_with_every_restriction() {
    let stage = Stage::start().await;
    let members = stage.account().members();
    let (group, resources) = (permission_group("Billing Read"), resource_group());
    let granted = json!({
        "id": "p", "access": "deny", "conditions": { "mfa": true },
        "permission_groups": [{ "id": group, "name": "Billing Read", "until": 2027 }],
        "resource_groups": [{ "id": resources, "name": "All", "scope": [{ "key": "k" }], "except": ["zone"] }],
    });
    let mut granted: GrantedMemberPolicy = serde_json::from_value(granted).unwrap();
    let policy = MemberPolicy::from(&granted);
    assert_eq!(policy.access(), Some(&PolicyEffect::Deny));
    assert_eq!(policy.permission_group_ids().next().unwrap().as_str(), group);
    assert_eq!(policy.resource_group_ids().next().unwrap().as_str(), resources);
    let more = permission_group("Billing Write");
    let policy = policy
        .permission_group(&*more)
        .permission_group(&*group)
        .resource_group(&*resources);
    members
        .update("member-1", MemberAccess::policies([policy]))
        .await
        .unwrap();
    let expected = json!([{
        "access": "deny", "conditions": { "mfa": true },
        "permission_groups": [{ "id": group, "until": 2027 }, { "id": more }],
        "resource_groups": [{ "id": resources, "except": ["zone"] }],
    }]);
    let requests = stage.emulator.requests();
    assert_eq!(requests.last().unwrap().json().unwrap()["policies"], expected);

    granted.access = None;
    let access = MemberAccess::policies([granted.into()]);
    let error = members.update("member-1", access).await.unwrap_err();
    assert!(
        error.is_invalid_input() && error.to_string().contains("`access`"),
        "{error}"
    );
}
