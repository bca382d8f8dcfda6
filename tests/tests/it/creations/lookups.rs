//! Looking for one thing, without creating it.

use account_provisioning::cloudflare::{MemberAccess, ResourceGroupScope};
use account_provisioning::cloudinary::{PermissionType, PolicyScope, Scope, ScopeType};
use account_provisioning::{Call, FindBy, FoundOrCreated, List, Reconciled};
use account_provisioning_emulator::Fault;
use integration_tests::cloudflare::{Stage as CloudflareStage, world as cloudflare_world};
use integration_tests::wording::assert_well_worded;
use integration_tests::{state, world};

use super::table::stage;

async fn found<L: List>(find: Call<FindBy<L>>) -> Option<String> {
    let found = find.await.unwrap();
    found.map(|item| L::identity(&item).to_owned())
}

#[tokio::test]
async fn things_of_cloudinary_are_found_by_what_people_call_them() {
    let (_emulator, client) = stage().await;
    let (users, environments) = (client.users(), client.product_environments());
    let ann = users.create("Ann", "Ann@client.example").await.unwrap();
    assert_eq!(
        found(users.find_by_email("ANN@client.example")).await,
        Some(ann.id.to_string())
    );
    assert_eq!(found(users.find_by_email("anne@client.example")).await, None);

    let portal = environments.create("Portal").cloud_name("Portal_prod").await.unwrap();
    let id = Some(portal.id.to_string());
    assert_eq!(found(environments.find_by_cloud_name("portal_PROD")).await, id);
    assert_eq!(found(environments.find_by_cloud_name("portal")).await, None);
    assert_eq!(found(environments.find_by_name("Portal")).await, id);
    assert_eq!(
        found(environments.find_by_name("portal")).await,
        None,
        "names are compared exactly"
    );

    let group = client.user_groups().create("Editors").await.unwrap();
    assert_eq!(
        found(client.user_groups().find_by_name("Editors")).await,
        Some(group.id.to_string())
    );
    assert_eq!(found(client.user_groups().find_by_name("Editor")).await, None);

    let keys = client.access_keys(&portal.id);
    let key = keys.generate().name("production").await.unwrap();
    assert_eq!(
        found(keys.find_by_name("production")).await,
        Some(key.api_key.to_string())
    );
    assert_eq!(found(keys.find_by_name("staging")).await, None);

    let (global, content) = (PermissionType::Global, PermissionType::Content);
    let roles = client.roles();
    let role = roles
        .create("Auditor", global.clone(), ScopeType::Account)
        .await
        .unwrap();
    let id = Some(role.id.to_string());
    assert_eq!(
        found(roles.find_by_name("Auditor", global.clone(), ScopeType::Account)).await,
        id
    );
    assert_eq!(
        found(roles.find_by_name("Auditor", global, ScopeType::Prodenv)).await,
        None
    );
    assert_eq!(
        found(roles.find_by_name("Auditor", content, ScopeType::Prodenv)).await,
        None
    );
}

#[tokio::test]
async fn custom_policy_is_found_in_its_own_scope_alone() {
    let (emulator, client) = stage().await;
    let policies = client.policies().custom();
    let create = |scope: PolicyScope| policies.create("No reports", world::STATEMENT, scope);
    let here = Scope::product_environment(state::ENVIRONMENT).unwrap();
    create(PolicyScope::AllProductEnvironments).await.unwrap();
    assert_eq!(found(policies.find_by_name("No reports", Scope::Account)).await, None);
    assert_eq!(
        found(policies.find_by_name("No reports", &here)).await,
        None,
        "that one is for all"
    );
    let own = create(here.clone().into()).await.unwrap();
    assert_eq!(
        found(policies.find_by_name("No reports", here)).await,
        Some(own.id.to_string())
    );

    emulator.clear_requests();
    let error = create(PolicyScope::AllProductEnvironments).or_find().await.unwrap_err();
    assert!(
        error.is_invalid_input() && error.to_string().contains("`scope`"),
        "{error}"
    );
    assert_well_worded(&error);
    assert!(emulator.requests().is_empty());
}

#[tokio::test]
async fn things_of_cloudflare_are_found_by_what_people_call_them() {
    let stage = CloudflareStage::start().await;
    let (client, account) = (stage.as_user(), stage.account());
    let by_email = |email: &str| account.members().find_by_email(email);
    assert_eq!(found(by_email("ANN@client.example")).await.as_deref(), Some("member-1"));
    assert_eq!(found(by_email("\u{212a}im@client.example")).await, None);
    assert_eq!(
        found(client.accounts().find_by_name("Second")).await.as_deref(),
        Some("account-2")
    );
    assert_eq!(found(client.accounts().find_by_name("second")).await, None);
    assert_eq!(
        found(account.tokens().find_by_name("Reports")).await.as_deref(),
        Some("token-1")
    );
    assert_eq!(
        found(client.user().tokens().find_by_name("Own")).await.as_deref(),
        Some("user-token-1")
    );
    assert_eq!(
        found(account.user_groups().find_by_name("Readers")).await.as_deref(),
        Some("user-group-1")
    );
    assert_eq!(
        found(account.resource_groups().find_by_name("Shop")).await.as_deref(),
        Some("resource-group-1")
    );
    let connectors = account.sso_connectors();
    assert_eq!(
        found(connectors.find_by_email_domain("CLIENT.example"))
            .await
            .as_deref(),
        Some("sso-connector-1")
    );
    let role = account.roles().list().await.unwrap().items.remove(0);
    assert_eq!(
        found(account.roles().find_by_name(&role.name)).await,
        Some(role.id.to_string())
    );
    assert_eq!(found(account.roles().find_by_name("Nobody")).await, None);
}

/// A Kelvin sign is a `k` to some, and `ß` is `ss` to some: another person's address is not taken for the wanted one.
#[tokio::test]
async fn member_with_a_similar_address_is_not_the_one() {
    let stage = CloudflareStage::start().await;
    let members = stage.account().members();
    let access = MemberAccess::roles([cloudflare_world::role(0)]);
    members.add("kim@client.example", access).await.unwrap();
    assert!(
        members
            .find_by_email("\u{212a}im@client.example")
            .await
            .unwrap()
            .is_none()
    );
    assert!(members.find_by_email("Kim@client.example").await.unwrap().is_some());
}

#[tokio::test]
async fn name_of_several_is_an_error_with_the_ids_of_all() {
    let stage = CloudflareStage::start().await;
    let groups = stage.account().resource_groups();
    let id = account_provisioning::cloudflare::AccountId::new(cloudflare_world::ACCOUNT).unwrap();
    let mut ids = vec!["resource-group-1".to_owned()];
    for _ in 0..11 {
        let group = groups.create("Shop", ResourceGroupScope::account(&id)).await.unwrap();
        ids.push(group.id.to_string());
    }
    for error in [
        groups.find_by_name("Shop").await.unwrap_err(),
        groups.find("Shop").await.unwrap_err(),
    ] {
        assert!(error.is_ambiguous() && !error.is_invalid_input(), "{error}");
        assert_eq!(error.candidates(), ids, "{error}");
        assert!(error.to_string().ends_with("; and 2 more"), "{error}");
        assert_eq!(error.operation(), Some("listResourceGroups"));
        assert_well_worded(&error);
    }
}

#[tokio::test]
async fn nothing_is_sent_without_a_value_to_look_for() {
    let (emulator, client) = stage().await;
    let keys = client.access_keys(state::ENVIRONMENT);
    let errors = [
        client.users().find_by_email("").await.unwrap_err(),
        client.user_groups().find_by_name("").await.unwrap_err(),
        client.user_groups().create("").or_find().await.unwrap_err(),
        keys.generate().or_find().await.unwrap_err(),
    ];
    for error in errors {
        assert!(error.is_invalid_input(), "{error}");
        assert_well_worded(&error);
    }
    assert!(emulator.requests().is_empty());

    emulator.inject(Fault::reset_after());
    let lost = keys.generate().await.unwrap_err();
    emulator.clear_faults();
    let Reconciled::StillUnknown(error) = keys.generate().reconcile(&lost).await else {
        panic!("a key without a name can't be looked for");
    };
    assert!(error.is_invalid_input() && error.is_outcome_unknown(), "{error}");
}

#[tokio::test]
async fn what_is_found_is_not_changed() {
    let (emulator, client) = stage().await;
    let users = client.users();
    users.create("Ann", "ann@client.example").await.unwrap();
    let found = users
        .create("Somebody Else", "ANN@client.example")
        .or_find()
        .await
        .unwrap();
    assert!(found.is_found());
    assert_eq!(found.into_value().name.as_deref(), Some("Ann"));
    assert_eq!(emulator.requests_for("createUser").len(), 1);
    assert!(emulator.requests_for("updateUser").is_empty());
}

#[tokio::test]
async fn error_of_another_operation_reconciles_nothing() {
    let (emulator, client) = stage().await;
    let users = client.users();
    emulator.inject(Fault::reset_after().on("createUserGroup"));
    let other = client.user_groups().create("Editors").await.unwrap_err();
    emulator.clear_requests();
    let reconciled = users.create("Ann", "ann@client.example").reconcile(&other).await;
    let Reconciled::StillUnknown(error) = reconciled else {
        panic!("{reconciled:?}");
    };
    assert!(error.to_string().contains("createUserGroup"), "{error}");
    assert_well_worded(&error);
    assert!(emulator.requests().is_empty());
}

#[tokio::test]
async fn requests_of_one_call_share_its_options() {
    let (emulator, client) = stage().await;
    let create = client
        .users()
        .create("Ann", "ann@client.example")
        .header("x-trace", "1");
    let created = create.or_find().await.unwrap();
    assert!(matches!(created, FoundOrCreated::Created(_)));
    let requests = emulator.requests();
    assert_eq!(requests.len(), 2);
    assert!(requests.iter().all(|request| request.header("x-trace").is_some()));
}
