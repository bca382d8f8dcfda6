//! Who may do what: permission groups, resource groups and user groups, and what the user makes of invitations.

use account_provisioning::cloudflare::{
    AccountId, Client, MemberAccess, MemberPolicy, MemberStatus, PermissionGroupScope, PolicyEffect, Resources,
    SsoVerificationStatus, TokenPolicy, TokenStatus,
};
use account_provisioning::{ErrorKind, RetryPolicy};
use account_provisioning_emulator::Fault;
use account_provisioning_emulator::cloudflare::User;
use chrono::TimeDelta;
use integration_tests::cloudflare::world::{self, ACCOUNT, noon, permission_group, role};
use integration_tests::cloudflare::{Stage, builder};
use integration_tests::wording::assert_well_worded;
use serde_json::json;

/// A stage with Ann, who signs in with a key.
async fn with_ann() -> (Stage, Client) {
    let mut state = world::state();
    let mut ann = User::new("ann-id", "ann@x.example");
    ann.api_key = Some("ann-key".into());
    state.cloudflare.users.insert(ann);
    let emulator = account_provisioning_emulator::Emulator::builder()
        .state(state)
        .clock(noon());
    let stage = Stage::with(emulator, |client| client).await;
    let ann = builder(&stage.emulator, &stage.time).api_key("ann@x.example", "ann-key");
    let ann = ann.build().unwrap();
    (stage, ann)
}

/// The name of the resource group for everything in the account.
fn whole() -> String {
    format!("com.cloudflare.api.account.{ACCOUNT}")
}

#[tokio::test]
async fn member_by_policies_found_by_name_is_read_back_and_may_do_what_they_allow() {
    let (stage, ann) = with_ann().await;
    let account = stage.account();
    let read = account
        .permission_groups()
        .find("Billing Read", PermissionGroupScope::ComCloudflareApiAccount)
        .await
        .unwrap();
    assert_eq!(account.permission_groups().get(&read.id).await.unwrap(), read);
    let all = account.resource_groups().find(whole()).await.unwrap();
    let policy = MemberPolicy::allow().permission_group(&read.id).resource_group(&all.id);
    let member = account
        .members()
        .add("ann@x.example", MemberAccess::policies([policy.clone()]))
        .status("accepted")
        .await
        .unwrap();
    let shown = account.members().get(&member.id).await.unwrap();
    assert_eq!(shown.policies[0].access, Some(PolicyEffect::Allow));
    assert_eq!(
        shown.policies[0].permission_groups[0].name.as_deref(),
        Some("Billing Read")
    );
    assert_eq!(shown.policies[0].resource_groups[0].scope[0].key, all.scope.key);

    let as_ann = ann.account(ACCOUNT);
    as_ann.subscriptions().list().await.unwrap();
    let refused = as_ann.tokens().list().await.unwrap_err();
    assert!(refused.is_permission_denied(), "{refused}");
    // The policy in use keeps its resource group.
    let custom = account.resource_groups().find("Shop").await.unwrap();
    let in_use = account.resource_groups().delete(&custom.id).await.unwrap_err();
    assert!(in_use.is_conflict(), "{in_use}");
    assert_well_worded(&in_use);
}

#[tokio::test]
async fn user_group_is_given_to_several_members_and_taken_from_them() {
    let (stage, ann) = with_ann().await;
    let account = stage.account();
    let groups = account.user_groups();
    let none = MemberAccess::roles([role(1)]);
    let ann_id = account
        .members()
        .add("ann@x.example", none)
        .status("accepted")
        .await
        .unwrap()
        .id;
    let may_read_tokens = async || ann.account(ACCOUNT).tokens().list().await.is_ok();
    assert!(!may_read_tokens().await);

    let all = account.resource_groups().find(whole()).await.unwrap();
    let policy = MemberPolicy::allow()
        .permission_group(permission_group("Account API Tokens Read"))
        .resource_group(&all.id);
    let group = groups.create("Auditors").policies([policy]).await.unwrap();
    let members = groups.members(&group.id);
    let added = members.add([ann_id.as_str(), "member-1", "member-2"]).await.unwrap();
    assert_eq!(added.len(), 3);
    assert!(may_read_tokens().await);
    let emails: Vec<_> = members.list().collect().await.unwrap();
    assert_eq!(emails.len(), 3);
    assert_eq!(
        members.get(&ann_id).await.unwrap().user.unwrap().id.unwrap().as_str(),
        "ann-id"
    );

    members.remove(&ann_id).await.unwrap();
    assert!(!may_read_tokens().await);
    members.replace([&ann_id]).await.unwrap();
    assert!(may_read_tokens().await);
    groups.update(&group.id).policies([]).await.unwrap();
    assert!(!may_read_tokens().await);
    assert_eq!(groups.find("Auditors").await.unwrap().id, group.id);
    groups.delete(&group.id).await.unwrap();
    assert!(groups.get_opt(&group.id).await.unwrap().is_none());
    let near = groups.find("Reader").await.unwrap_err();
    assert!(
        near.is_invalid_input() && near.to_string().contains("`Readers`"),
        "{near}"
    );
}

#[tokio::test]
async fn name_that_several_things_have_is_an_error_that_lists_them() {
    let stage = Stage::start().await;
    let account = stage.account();
    let two = [
        json!({ "id": "a", "name": "Shop", "scope": { "key": "k" } }),
        json!({ "id": "b", "name": "Shop", "scope": { "key": "k" } }),
    ];
    let reply =
        json!({ "success": true, "errors": [], "messages": [], "result": two, "result_info": { "total_count": 2 } });
    let fault = |operation: &str| Fault::body_replaced(200, "application/json", reply.to_string()).on(operation);
    stage.emulator.inject(fault("listResourceGroups"));
    let error = account.resource_groups().find("Shop").await.unwrap_err();
    assert!(error.is_ambiguous(), "{error}");
    assert_eq!(error.candidates(), ["a", "b"]);
    assert!(
        error.to_string().contains("2 resource groups match") && error.to_string().contains("`Shop` b"),
        "{error}"
    );
    assert_eq!(error.operation(), Some("listResourceGroups"));
    assert_well_worded(&error);
    // The name is looked for on every page.
    stage.emulator.clear_faults();
    for n in 0..60 {
        account.user_groups().create(format!("Group {n:02}")).await.unwrap();
    }
    assert_eq!(account.user_groups().find("Group 59").await.unwrap().name, "Group 59");
    let elsewhere = account
        .permission_groups()
        .find("Billing Read", PermissionGroupScope::ComCloudflareApiAccountZone)
        .await
        .unwrap_err();
    assert!(elsewhere.to_string().contains("`scope`"), "{elsewhere}");
}

#[tokio::test]
async fn invitation_is_answered_as_an_invite_or_as_a_membership() {
    let (stage, ann) = with_ann().await;
    let inviting = stage.as_user();
    for (account, accept) in [(ACCOUNT, true), ("account-2", false)] {
        let members = inviting.account(account).members();
        members
            .add("ann@x.example", MemberAccess::roles([role(3)]))
            .await
            .unwrap();
        let invites = ann.user().invites();
        let pending: Vec<_> = invites.list().collect().await.unwrap();
        let invite = pending
            .iter()
            .find(|invite| invite.organization_id.as_str() == account)
            .unwrap();
        assert_eq!(invites.get(&invite.id).await.unwrap(), *invite);
        assert_eq!(invite.invited_member_email.as_deref(), Some("ann@x.example"));
        if accept {
            invites.accept(&invite.id).await.unwrap();
        } else {
            invites.reject(&invite.id).await.unwrap();
        }
    }
    let memberships = ann.memberships();
    let accepted = memberships
        .list()
        .status(MemberStatus::Accepted)
        .collect()
        .await
        .unwrap();
    assert_eq!(accepted.len(), 1);
    let whole = memberships.get(&accepted[0].id).await.unwrap();
    assert_eq!((whole.roles.len(), whole.account.unwrap().id.as_str()), (1, ACCOUNT));
    memberships.delete(&accepted[0].id).await.unwrap();
    assert!(memberships.get_opt(&accepted[0].id).await.unwrap().is_none());
    assert!(
        ann.account(ACCOUNT)
            .members()
            .list()
            .await
            .unwrap_err()
            .is_permission_denied()
    );

    let of_user = stage.as_user().memberships();
    assert_eq!(
        of_user.accept("membership-2").await.unwrap().status,
        Some(MemberStatus::Accepted)
    );
}

#[tokio::test]
async fn answer_to_an_invite_whose_response_is_lost_is_not_repeated() {
    let stage = Stage::start().await;
    let client = stage.as_user();
    let id = world::invite(&client).await;
    stage.emulator.inject(Fault::reset_after().on("answerInvite"));
    let error = client.user().invites().accept(id).await.unwrap_err();
    assert!(error.is_outcome_unknown(), "{error}");
    assert_eq!(stage.emulator.requests_for("answerInvite").len(), 1);
    // A change of the user can be repeated.
    stage.emulator.clear_faults();
    stage.emulator.inject(Fault::reset_after().on("updateUser").times(1));
    client.user().update().first_name("Ann").await.unwrap();
    assert_eq!(stage.emulator.requests_for("updateUser").len(), 2);
}

#[tokio::test]
async fn connector_is_verified_before_it_is_enabled() {
    let stage = Stage::start().await;
    let connectors = stage.account().sso_connectors();
    let made = connectors.create("new.example").await.unwrap();
    assert!(made.verification.unwrap().code.is_some());
    let early = connectors.update(&made.id).enabled(true).await.unwrap_err();
    assert!(
        matches!(early.kind(), ErrorKind::Rejected | ErrorKind::Conflict),
        "{early}"
    );
    connectors.begin_verification(&made.id).await.unwrap();
    let status = async || connectors.get(&made.id).await.unwrap().verification.unwrap().status;
    assert_eq!(status().await, Some(SsoVerificationStatus::Pending));
    stage.emulator.advance(std::time::Duration::from_secs(3600));
    assert_eq!(status().await, Some(SsoVerificationStatus::Verified));
    assert_eq!(
        connectors.update(&made.id).enabled(true).await.unwrap().enabled,
        Some(true)
    );
    connectors.delete(&made.id).await.unwrap();
    assert!(connectors.get_opt(&made.id).await.unwrap().is_none());
}

#[tokio::test]
async fn token_of_the_user_signs_in_and_is_rolled_changed_and_revoked() {
    let stage = Stage::start().await;
    let client = stage.as_user();
    let tokens = client.user().tokens();
    let group = tokens
        .permission_groups()
        .find("Account Settings Read", PermissionGroupScope::ComCloudflareApiAccount)
        .await
        .unwrap();
    let policy = TokenPolicy::allow()
        .permission_group(&group.id)
        .resources(Resources::account(&AccountId::new(ACCOUNT).unwrap()));
    let made = tokens
        .create("ci", [policy])
        .expires_on(noon() + TimeDelta::days(10))
        .await
        .unwrap();
    let with = |value: &str| {
        let builder = builder(&stage.emulator, &stage.time).api_token(value);
        builder.retry(RetryPolicy::never()).build().unwrap()
    };
    let own = with(made.value.expose_secret());
    assert_eq!(own.user().tokens().verify().await.unwrap().id, made.id);
    own.accounts().get(ACCOUNT).await.unwrap();
    let rolled = tokens.roll(&made.id).await.unwrap();
    assert!(own.accounts().get(ACCOUNT).await.unwrap_err().is_auth());
    let rolled = with(rolled.expose_secret());
    let changed = tokens.update(&made.id).status(TokenStatus::Disabled).await.unwrap();
    assert_eq!(
        (changed.name.as_deref(), changed.expires_on),
        (Some("ci"), made.expires_on)
    );
    assert!(rolled.accounts().get(ACCOUNT).await.unwrap_err().is_auth());
    tokens.delete(&made.id).await.unwrap();
    assert!(tokens.get_opt(&made.id).await.unwrap().is_none());
    assert_eq!(
        tokens.list().collect().await.unwrap().len(),
        2,
        "the two that were there"
    );
}

#[tokio::test]
async fn history_that_the_service_can_not_tell_is_an_error_and_another_is_read_whole() {
    let stage = Stage::start().await;
    let logs = stage.account().audit_logs();
    world::record(&stage.emulator, "bare", -1000);
    let at = noon() - TimeDelta::seconds(1);
    let since = noon() - TimeDelta::days(1);
    for error in [
        logs.history("bare", at, since).await.unwrap_err(),
        logs.history("bare", at, since).collect().await.unwrap_err(),
    ] {
        assert!(
            error.is_invalid_input() && error.to_string().contains("`id`"),
            "{error}"
        );
        assert_eq!(error.operation(), Some("listAuditHistory"));
        assert_well_worded(&error);
    }
    for n in 0..7 {
        world::record_about(&stage.emulator, &format!("log-{n}"), -900 + n, "zone-1");
    }
    let history = logs.history("log-3", noon() - TimeDelta::milliseconds(897), since);
    let read = history
        .before(noon() + TimeDelta::days(1))
        .page_size(2)
        .collect()
        .await
        .unwrap();
    assert_eq!(read.len(), 7);
    let missing = logs.history("none", at, since).await.unwrap_err();
    assert!(missing.is_not_found(), "{missing}");
}

#[tokio::test]
async fn categories_of_products_are_values_for_the_filter_of_the_log() {
    let stage = Stage::start().await;
    let logs = stage.account().audit_logs();
    let categories = logs.product_categories().collect().await.unwrap();
    let values: Vec<&str> = categories.iter().map(|category| category.value.as_str()).collect();
    logs.list(noon()).product_category(values).await.unwrap();
}
