//! The tables: each operation that creates something that can be looked for.

use account_provisioning::cloudflare::{self, MemberAccess, ResourceGroupScope, Resources, TokenPolicy};
use account_provisioning::cloudinary::{self, PermissionType, Scope, ScopeType};
use account_provisioning::{Call, Creation};
use account_provisioning_emulator::Emulator;
use account_provisioning_spec as spec;
use integration_tests::cloudflare::{Stage as CloudflareStage, world as cloudflare_world};
use integration_tests::{Stage, state, world};

use super::{Second, assert_all_are_checked, check};

/// A row of the table of Cloudinary.
async fn cloudinary<O: Creation>(second: Second, call: impl Fn(&cloudinary::Client) -> Call<O>) -> &'static str {
    let start = async || {
        let Stage { emulator, client, .. } = Stage::start().await;
        let call = call(&client);
        (emulator, call)
    };
    check(second, start).await
}

/// A row of the table of Cloudflare: the call of a user who may do everything.
async fn cloudflare<O: Creation>(second: Second, call: impl Fn(&cloudflare::Client) -> Call<O>) -> &'static str {
    let start = async || {
        let stage = CloudflareStage::start().await;
        let call = call(&stage.as_user());
        (stage.emulator, call)
    };
    check(second, start).await
}

#[tokio::test]
async fn cloudinary_creations_find_create_or_leave_unknown_as_documented() {
    let checked = [
        cloudinary(Second::Refused, |client| {
            client.users().create("Ann", "Ann@client.example")
        })
        .await,
        cloudinary(Second::Refused, |client| {
            client.product_environments().create("Portal").cloud_name("portal_prod")
        })
        .await,
        cloudinary(Second::Created, |client| client.product_environments().create("Portal")).await,
        cloudinary(Second::RefusedSilently, |client| client.user_groups().create("Editors")).await,
        cloudinary(Second::RefusedSilently, |client| {
            client.access_keys(state::ENVIRONMENT).generate().name("production")
        })
        .await,
        cloudinary(Second::RefusedSilently, |client| {
            client
                .roles()
                .create("Auditor", PermissionType::Global, ScopeType::Account)
        })
        .await,
        cloudinary(Second::RefusedById, |client| {
            let create = client
                .roles()
                .create("Auditor", PermissionType::Global, ScopeType::Account);
            create.id("auditor")
        })
        .await,
        cloudinary(Second::RefusedSilently, |client| {
            let policies = client.policies().custom();
            policies.create("No reports", world::STATEMENT, Scope::Account)
        })
        .await,
        cloudinary(Second::RefusedSilently, |client| {
            let scope = Scope::product_environment(state::ENVIRONMENT);
            client.policies().custom().create("No reports", world::STATEMENT, scope)
        })
        .await,
    ];
    let exceptions = [
        (
            "addUserToUserGroup",
            "it creates nothing: the list of members says who is in the group",
        ),
        ("inspectMultiple", "it only reads"),
        ("validateCedarPolicy", "it only reads"),
    ];
    assert_all_are_checked(spec::cloudinary::WIRE, &checked, &exceptions);
}

#[tokio::test]
async fn cloudflare_creations_find_create_or_leave_unknown_as_documented() {
    let account = |client: &cloudflare::Client| client.account(cloudflare_world::ACCOUNT);
    let policy = || {
        let group = cloudflare_world::permission_group("Billing Read");
        let id = cloudflare::AccountId::new(cloudflare_world::ACCOUNT).unwrap();
        [TokenPolicy::allow()
            .permission_group(group)
            .resources(Resources::account(&id))]
    };
    let checked = [
        cloudflare(Second::Created, |client| client.accounts().create("Third")).await,
        cloudflare(Second::Refused, |client| {
            let access = MemberAccess::roles([cloudflare_world::role(0)]);
            account(client).members().add("Zoe@client.example", access)
        })
        .await,
        cloudflare(Second::Created, |client| {
            let id = cloudflare::AccountId::new(cloudflare_world::ACCOUNT).unwrap();
            let scope = ResourceGroupScope::account(&id);
            account(client).resource_groups().create("All", scope)
        })
        .await,
        cloudflare(Second::Created, |client| {
            account(client).user_groups().create("Writers")
        })
        .await,
        cloudflare(Second::Created, |client| {
            account(client).tokens().create("new", policy())
        })
        .await,
        cloudflare(Second::Created, |client| client.user().tokens().create("new", policy())).await,
        cloudflare(Second::RefusedSilently, |client| {
            account(client).sso_connectors().create("New.example")
        })
        .await,
    ];
    let exceptions = [
        (
            "addUserGroupMembers",
            "it creates nothing, and adding a member again changes nothing",
        ),
        (
            "beginSsoVerification",
            "it creates nothing, and beginning again changes nothing",
        ),
        ("cancelSubscriptionDowngrades", "it creates nothing"),
        (
            "createSubscription",
            "a subscription has no name or other value by which to look for it",
        ),
    ];
    assert_all_are_checked(spec::cloudflare::WIRE, &checked, &exceptions);
}

#[test]
fn cloudspot_creates_nothing() {
    let exceptions = [
        ("authenticate", "it signs in, which nothing lists"),
        ("validateImpersonation", "it only reads"),
    ];
    assert_all_are_checked(spec::cloudspot::WIRE, &[], &exceptions);
}

/// The emulator of a stage, for the tests of single calls.
pub(super) async fn stage() -> (Emulator, cloudinary::Client) {
    let Stage { emulator, client, .. } = Stage::start().await;
    (emulator, client)
}
