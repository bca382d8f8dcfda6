//! Lifecycles: what a call changes is what the next one sees.

use std::collections::BTreeSet;

use account_provisioning::cloudflare::{
    InvitationStatus, MemberAccess, MemberPolicy, MemberStatus, RatePlanChoice, RatePlanId, SubscriptionFrequency,
    SubscriptionState, TokenPolicy, TokenStatus,
};
use account_provisioning::{ErrorKind, RetryPolicy};
use account_provisioning_emulator::{Fault, Quirk};
use futures::TryStreamExt as _;
use integration_tests::cloudflare::world::{ACCOUNT, permission_group, resource_group, role};
use integration_tests::cloudflare::{Stage, builder};
use integration_tests::wording::assert_well_worded;

#[tokio::test]
async fn account_is_created_changed_and_deleted_with_everything_in_it() {
    let stage = Stage::start().await;
    let client = stage.as_user();
    let accounts = client.accounts();
    let created = accounts
        .create("Tenant")
        .account_type("enterprise")
        .unit_id("emulator-unit")
        .await
        .unwrap();
    let listed: Vec<_> = accounts
        .list()
        .stream()
        .map_ok(|account| account.id)
        .try_collect()
        .await
        .unwrap();
    assert!(listed.contains(&created.id), "{listed:?}");

    let changed = accounts
        .update(&created.id)
        .name("Tenant A")
        .enforce_twofactor(true)
        .await
        .unwrap();
    assert_eq!((changed.name.as_str(), changed.type_), ("Tenant A", created.type_));
    let settings = accounts.get(&created.id).await.unwrap().settings.unwrap();
    assert_eq!(settings.enforce_twofactor, Some(true));

    let inside = client.account(&created.id);
    inside
        .members()
        .add("ann@client.example", MemberAccess::roles([role(1)]))
        .await
        .unwrap();
    accounts.delete(&created.id).await.unwrap();
    assert!(
        accounts
            .delete(&created.id)
            .await
            .unwrap_err()
            .status()
            .is_some_and(|status| status.is_client_error())
    );
    assert!(inside.members().list().await.is_err(), "nothing is left of it");
}

#[tokio::test]
async fn member_is_invited_accepts_is_changed_between_roles_and_policies_and_removed() {
    let stage = Stage::start().await;
    let members = stage.account().members();
    let access = MemberAccess::roles([role(3)]);
    let invited = members.add("new@client.example", access.clone()).await.unwrap();
    assert_eq!(invited.status, Some(MemberStatus::Pending));
    let conflict = members.add("new@client.example", access).await.unwrap_err();
    assert!(conflict.is_conflict(), "{conflict}");

    let pending = members.list().status(MemberStatus::Pending).collect().await.unwrap();
    assert!(pending.iter().any(|member| member.id == invited.id));
    let edited = stage.emulator.edit_state(|state| {
        let account = integration_tests::cloudflare::world::account(state);
        let member = account.members.get_mut(invited.id.as_str()).unwrap();
        member.status = account_provisioning_emulator::cloudflare::MemberStatus::Accepted;
    });
    edited.unwrap();

    let policy = MemberPolicy::allow()
        .permission_group(permission_group("Billing Read"))
        .resource_group(resource_group());
    let changed = members
        .update(&invited.id, MemberAccess::policies([policy]))
        .await
        .unwrap();
    assert_eq!((changed.policies.len(), changed.roles.len()), (1, 0));
    assert_eq!(changed.status, Some(MemberStatus::Accepted));

    // Whole roles of a list, and ids, make the same member.
    let roles = stage.account().roles().list().collect().await.unwrap();
    let whole = MemberAccess::roles(&roles[..2]);
    let by_value = members.update(&invited.id, whole).await.unwrap();
    let by_id = MemberAccess::roles(roles[..2].iter().map(|role| &role.id));
    let by_id = members.update(&invited.id, by_id).await.unwrap();
    let ids = |member: &account_provisioning::cloudflare::Member| {
        member.roles.iter().map(|role| role.id.clone()).collect::<BTreeSet<_>>()
    };
    assert_eq!(ids(&by_value), ids(&by_id));
    assert_eq!(ids(&by_id).len(), 2);

    members.remove(&invited.id).await.unwrap();
    assert!(members.get_opt(&invited.id).await.unwrap().is_none());
    assert!(members.remove(&invited.id).await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn member_changed_through_a_service_that_drops_stale_invitations_is_changed() {
    let stage = Stage::start().await;
    stage.emulator.set_quirk(Quirk::PendingStatusDropsUpdate, true);
    stage.emulator.set_quirk(Quirk::AddedMemberWithoutRoles, true);
    let members = stage.account().members();
    let added = members
        .add("new@client.example", MemberAccess::roles([role(3)]))
        .status(InvitationStatus::Pending)
        .await
        .unwrap();
    assert!(added.roles.is_empty(), "the reply leaves them out");
    assert_eq!(members.get(&added.id).await.unwrap().roles[0].id, role(3).as_str());
    members.update(&added.id, MemberAccess::roles([role(4)])).await.unwrap();
    assert_eq!(members.get(&added.id).await.unwrap().roles[0].id, role(4).as_str());
}

#[tokio::test]
async fn member_whose_role_is_unknown_is_not_changed() {
    let stage = Stage::start().await;
    let members = stage.account().members();
    let access = MemberAccess::roles([role(4), "unknown".to_owned()]);
    let problem = members.update("member-1", access).await.unwrap_err();
    assert_eq!(problem.status().map(|status| status.as_u16()), Some(400), "{problem}");
    assert_eq!(members.get("member-1").await.unwrap().roles[0].id, role(0).as_str());
}

#[tokio::test]
async fn subscription_is_created_replaced_and_deleted() {
    let stage = Stage::start().await;
    let subscriptions = stage.account().subscriptions();
    let created = subscriptions
        .create()
        .frequency(SubscriptionFrequency::Monthly)
        .rate_plan(RatePlanChoice::new(RatePlanId::Pro))
        .await
        .unwrap();
    assert_eq!(created.frequency, Some(SubscriptionFrequency::Monthly));
    assert!(
        matches!(
            created.state,
            Some(SubscriptionState::Paid | SubscriptionState::Provisioned)
        ),
        "{created:?}"
    );
    let replaced = subscriptions
        .replace(&created.id)
        .frequency(SubscriptionFrequency::Yearly)
        .rate_plan(RatePlanChoice::new(RatePlanId::Business))
        .await
        .unwrap();
    assert_eq!(replaced.rate_plan.unwrap().id, Some(RatePlanId::Business));
    let ids = |list: Vec<account_provisioning::cloudflare::Subscription>| {
        list.into_iter().map(|subscription| subscription.id).collect::<Vec<_>>()
    };
    assert!(ids(subscriptions.list().collect().await.unwrap()).contains(&created.id));
    subscriptions.delete(&created.id).await.unwrap();
    assert!(!ids(subscriptions.list().collect().await.unwrap()).contains(&created.id));
    assert!(subscriptions.delete(&created.id).await.unwrap_err().is_not_found());
}

fn policy(name: &str) -> TokenPolicy {
    let policy = TokenPolicy::allow().permission_group(permission_group(name));
    policy.resource(format!("com.cloudflare.api.account.{ACCOUNT}"), "*")
}

#[tokio::test]
async fn token_is_created_verified_rolled_disabled_and_deleted() {
    let stage = Stage::start().await;
    let tokens = stage.account().tokens();
    let created = tokens
        .create("Reader", [policy("Account API Tokens Read")])
        .await
        .unwrap();
    assert_eq!(created.name.as_deref(), Some("Reader"));
    let with = |value: &str| {
        let client = builder(&stage.emulator, &stage.time).api_token(value).build().unwrap();
        client.account(ACCOUNT).tokens()
    };
    let own = with(created.value.expose_secret());
    let verified = own.verify().await.unwrap();
    assert_eq!(
        (verified.id.as_str(), verified.status),
        (created.id.as_str(), TokenStatus::Active)
    );
    let denied = own
        .create("Another", [policy("Billing Read")])
        .await
        .map(drop)
        .unwrap_err();
    assert!(denied.is_permission_denied(), "{denied}");

    // The old value stops working with the roll; the policies stay.
    let value = tokens.roll(&created.id).await.unwrap();
    assert_ne!(value.expose_secret(), created.value.expose_secret());
    let refused = own.verify().await.unwrap_err();
    assert!(refused.is_auth() && refused.codes() == ["1000"], "{refused}");
    assert!(refused.to_string().contains("may have been rolled"), "{refused}");
    let rolled = with(value.expose_secret());
    assert_eq!(rolled.verify().await.unwrap().id, created.id);
    assert_eq!(tokens.get(&created.id).await.unwrap().policies.len(), 1);

    tokens.update(&created.id).status(TokenStatus::Disabled).await.unwrap();
    assert_eq!(rolled.verify().await.unwrap().status, TokenStatus::Disabled);
    assert!(rolled.list().await.unwrap_err().is_auth());
    tokens.delete(&created.id).await.unwrap();
    assert!(rolled.verify().await.unwrap_err().is_auth());
    assert!(tokens.get_opt(&created.id).await.unwrap().is_none());
}

#[tokio::test]
async fn token_whose_creation_was_lost_is_not_created_again() {
    for fault in [Fault::reset_after(), Fault::status(503).after(), Fault::truncated()] {
        let stage = Stage::start().await;
        let before = stage.account().tokens().list().collect().await.unwrap().len();
        stage.emulator.inject(fault.on("createToken").times(2));
        let problem = stage
            .account()
            .tokens()
            .create("Lost", [policy("Billing Read")])
            .await
            .map(drop)
            .unwrap_err();
        assert!(
            problem.is_outcome_unknown() && problem.attempts().count() == 1,
            "{problem:?}"
        );
        assert_well_worded(&problem);
        let after = stage.account().tokens().list().collect().await.unwrap();
        assert_eq!(after.len(), before + 1, "it is there once, to be found by its name");
    }
}

#[tokio::test]
async fn roll_whose_reply_was_lost_is_repeated_and_the_value_that_arrives_works() {
    for fault in [Fault::reset_after(), Fault::status(502).after(), Fault::truncated()] {
        let stage = Stage::start().await;
        stage.emulator.inject(fault.on("rollToken").nth(1));
        let roll = stage.account().tokens().roll("token-1").response().await.unwrap();
        assert_eq!(roll.meta.attempts.count(), 2);
        let client = builder(&stage.emulator, &stage.time)
            .api_token(roll.value.expose_secret())
            .build()
            .unwrap();
        assert_eq!(client.account(ACCOUNT).tokens().verify().await.unwrap().id, "token-1");

        // Unless the caller forbids it: then the outcome is unknown.
        stage.emulator.inject(Fault::reset_after().on("rollToken"));
        let problem = stage
            .account()
            .tokens()
            .roll("token-1")
            .retry(RetryPolicy::never())
            .await
            .map(drop)
            .unwrap_err();
        assert!(problem.is_outcome_unknown(), "{problem}");
    }
}

#[tokio::test]
async fn changes_of_an_account_are_in_its_audit_log() {
    let stage = Stage::start().await;
    stage
        .account()
        .tokens()
        .create("Audited", [policy("Billing Read")])
        .await
        .unwrap();
    stage.emulator.advance(std::time::Duration::from_secs(1));
    stage.time.advance(std::time::Duration::from_secs(1));
    let since = stage.emulator.now() - chrono::TimeDelta::hours(1);
    let logs = stage.account().audit_logs();
    let all = logs.list(since).collect().await.unwrap();
    let created = all.iter().find(|entry| {
        entry
            .action
            .as_ref()
            .is_some_and(|action| action.type_.as_deref() == Some("create"))
    });
    let raw = created.unwrap().raw.as_ref().unwrap();
    assert_eq!((raw.method.as_deref(), raw.status_code), (Some("POST"), Some(200)));
    let without = logs.list(since).not_raw_method(["POST"]).collect().await.unwrap();
    assert_eq!(without.len(), all.len() - 1);
}

#[test]
fn calls_run_without_an_asynchronous_runtime() {
    let emulator = account_provisioning_emulator::Emulator::start_blocking().unwrap();
    let client = account_provisioning::cloudflare::Client::builder()
        .api_token(emulator.cloudflare().api_token())
        .base_url(emulator.cloudflare().base_url())
        .build()
        .unwrap();
    let account = client.account(emulator.cloudflare().account_id());
    assert_eq!(account.members().list().blocking().unwrap().len(), 1);
    assert_eq!(
        account.roles().list().page_size(5).collect_blocking().unwrap().len(),
        10
    );
    let problem = account.members().get("..").blocking().unwrap_err();
    assert_eq!(problem.kind(), ErrorKind::InvalidInput);
}
