//! Custom roles, and who holds them.

use account_provisioning::cloudinary::{
    Client, ManagementType, PermissionType, PolicyParameters, Principal, PrincipalAssignment, PrincipalType, Scope,
    ScopeType,
};
use account_provisioning::{ErrorKind, Field};
use account_provisioning_emulator::cloudinary::Credential;
use integration_tests::wording::assert_well_worded;
use integration_tests::world;

use super::stage;

const FOLDER_VIEWER: &str = "cld::role::folder::viewer";

#[tokio::test]
async fn role_lives_from_creation_to_deletion() {
    let stage = stage().await;
    let roles = stage.client.roles();
    let created = roles
        .create("Keeper", PermissionType::Global, ScopeType::Account)
        .id("own::role::keeper")
        .description("Keeps users")
        .system_policy_ids([world::READ_USERS])
        .await
        .unwrap();
    assert_eq!(
        (created.id.as_str(), created.name.as_str()),
        ("own::role::keeper", "Keeper")
    );
    assert_eq!(created.management_type, ManagementType::Custom);
    assert_eq!(
        created.created_at,
        Some(stage.emulator.now()),
        "seconds since 1970 are a moment"
    );
    assert_eq!(created.policies[0].id, world::READ_USERS);
    assert_eq!(
        created.policies[0].created_at.unwrap().to_rfc3339(),
        "2024-01-01T00:00:00+00:00"
    );

    let listed = roles
        .list(PermissionType::Global)
        .management_type(ManagementType::Custom)
        .await
        .unwrap();
    let names: Vec<_> = listed.iter().map(|role| role.name.as_str()).collect();
    assert_eq!(names, ["Reader", "Writer", "Auditor", "Keeper"]);

    let renamed = roles.update(&created.id).name("Guard").await.unwrap();
    assert_eq!(
        (renamed.name.as_str(), renamed.description.as_deref()),
        ("Guard", Some("Keeps users"))
    );
    assert_eq!(renamed.policies.len(), 1);
    let bare = roles
        .update(&created.id)
        .description(Field::Clear)
        .system_policy_ids([""; 0])
        .await
        .unwrap();
    assert_eq!(
        (bare.name.as_str(), bare.description, bare.policies.len()),
        ("Guard", None, 0)
    );

    roles.delete(&created.id).await.unwrap();
    assert!(roles.get_opt(&created.id).await.unwrap().is_none());
    for gone in [
        roles.get(&created.id).await.map(drop),
        roles.update(&created.id).name("x").await.map(drop),
        roles.replace(&created.id, "x").await.map(drop),
        roles.delete(&created.id).force(true).await,
        roles.principals(&created.id).await.map(drop),
    ] {
        let error = gone.unwrap_err();
        assert!(error.is_not_found(), "{error}");
        assert_well_worded(&error);
    }
}

#[tokio::test]
async fn role_whose_name_is_taken_is_a_conflict_in_the_permissions_envelope() {
    let stage = stage().await;
    let roles = stage.client.roles();
    let create = roles.create("Reader", PermissionType::Global, ScopeType::Account).await;
    let update = roles.update("role-2").name("Reader").await;
    for error in [create.unwrap_err(), update.unwrap_err()] {
        assert!(error.is_conflict() && !error.is_outcome_unknown(), "{error}");
        assert_eq!(error.category(), Some("user_error"));
        assert_eq!(error.codes(), ["ACCOUNTS_00006"], "{error}");
        assert_eq!(error.vendor_message(), Some("already exists"), "{error}");
        assert_eq!(error.details().unwrap()["fields"][0]["name"], "Reader");
        assert_well_worded(&error);
    }
}

#[tokio::test]
async fn role_of_the_system_can_be_read_and_not_changed() {
    let stage = stage().await;
    let roles = stage.client.roles();
    let viewer = roles.get(FOLDER_VIEWER).await.unwrap();
    assert_eq!(viewer.management_type, ManagementType::System);
    assert_eq!(viewer.policy_parameters, ["folder_id"]);
    for refused in [
        roles.update(FOLDER_VIEWER).name("Mine").await.map(drop),
        roles.delete(FOLDER_VIEWER).await,
    ] {
        let error = refused.unwrap_err();
        assert!(error.is_permission_denied(), "{error}");
    }
    let narrowed = roles
        .list(PermissionType::Content)
        .policy_parameters(["collection_id"])
        .await
        .unwrap();
    assert!(!narrowed.is_empty());
    assert!(narrowed.iter().all(|role| role.policy_parameters == ["collection_id"]));
}

#[tokio::test]
async fn role_that_is_held_is_deleted_by_force_alone() {
    let stage = stage().await;
    let roles = stage.client.roles();
    let key = Principal::provisioning_key("world-key").unwrap();
    let error = roles.delete("role-1").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Permission, "{error}");
    assert_eq!(roles.principals("role-1").await.unwrap().len(), 1);
    roles.delete("role-1").force(true).await.unwrap();
    let held = stage
        .client
        .principals()
        .roles(key, PermissionType::Global)
        .await
        .unwrap();
    assert!(held.is_empty());
}

#[tokio::test]
async fn principals_of_a_role_come_short_and_in_full() {
    let stage = stage().await;
    let roles = stage.client.roles();
    let here = Scope::product_environment("env-1").unwrap();
    let (ann, group) = (Principal::user("user-1").unwrap(), Principal::group("group-1").unwrap());
    let (first, second) = (PolicyParameters::folder("f1"), PolicyParameters::folder("f2"));
    let assignments = [
        PrincipalAssignment::new(&ann, &here, &first),
        PrincipalAssignment::new(&ann, &here, &second),
        PrincipalAssignment::new(&group, &here, &second),
    ];
    roles.add_principals(FOLDER_VIEWER, assignments.clone()).await.unwrap();

    let short = roles.principals(FOLDER_VIEWER).await.unwrap();
    let kinds: Vec<_> = short
        .iter()
        .map(|found| (found.type_.clone(), found.id.as_str()))
        .collect();
    assert_eq!(
        kinds,
        [(PrincipalType::User, "user-1"), (PrincipalType::Group, "group-1")]
    );
    assert!(
        short
            .iter()
            .all(|found| found.created_at.is_none() && found.policy_parameters.is_empty())
    );
    assert!(
        Scope::try_from(&short.items[0])
            .unwrap_err()
            .to_string()
            .contains("verbose")
    );

    let full = roles.principals(FOLDER_VIEWER).verbose(true).await.unwrap();
    assert_eq!(full.len(), 3);
    assert_eq!(full.items[0].created_at, Some(stage.emulator.now()));
    assert_eq!(Principal::try_from(&full.items[2]).unwrap(), group);
    assert_eq!(Scope::try_from(&full.items[0]).unwrap(), here);
    assert_eq!(PolicyParameters::from(full.items[1].policy_parameters.clone()), second);

    let narrowed = roles
        .principals(FOLDER_VIEWER)
        .policy_parameters(&second)
        .scope(&here)
        .await
        .unwrap();
    assert_eq!(narrowed.len(), 2);
    let elsewhere = Scope::product_environment("env-2").unwrap();
    assert!(
        roles
            .principals(FOLDER_VIEWER)
            .scope(elsewhere)
            .await
            .unwrap()
            .is_empty()
    );

    // What is taken away is what is named, and nothing beside it.
    roles
        .remove_principals(FOLDER_VIEWER, [assignments[1].clone()])
        .await
        .unwrap();
    let left = roles.principals(FOLDER_VIEWER).verbose(true).await.unwrap();
    let folders: Vec<_> = left
        .iter()
        .map(|found| found.policy_parameters["folder_id"].clone())
        .collect();
    assert_eq!(folders, ["f1", "f2"]);
}

#[tokio::test]
async fn assignment_that_does_not_fit_its_role_is_refused_by_the_service() {
    let stage = stage().await;
    let roles = stage.client.roles();
    let ann = Principal::user("user-1").unwrap();
    let here = Scope::product_environment("env-1").unwrap();
    let unlimited = PrincipalAssignment::without_parameters(&ann, &here);
    let error = roles.add_principals(FOLDER_VIEWER, [unlimited]).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 400, "{error}");
    let nobody = PrincipalAssignment::without_parameters(Principal::user("nobody").unwrap(), Scope::Account);
    let error = roles.add_principals("role-1", [nobody]).await.unwrap_err();
    assert!(error.is_not_found(), "{error}");
}

#[tokio::test]
async fn credentials_that_may_only_read_are_told_so() {
    let mut account = world::account();
    let mut credential = Credential::new("reader", "reader-secret");
    credential.allowed = Some(["read".to_owned()].into_iter().collect());
    account.credentials.insert(credential);
    let stage = integration_tests::Stage::with(world::emulator([account]), |client| client).await;
    let reader = Client::builder()
        .account_id(world::ACCOUNT)
        .api_key("reader")
        .api_secret("reader-secret")
        .base_url(stage.emulator.cloudinary().base_url())
        .build()
        .unwrap();
    reader.roles().get("role-1").await.unwrap();
    let ann = Principal::user("user-1").unwrap();
    reader.principals().inspect_many(Scope::Account, [&ann]).await.unwrap();
    for refused in [
        reader.roles().delete("role-2").await,
        reader.policies().custom().delete("policy-2").await,
        reader.roles().update("role-2").name("x").await.map(drop),
        reader
            .roles()
            .create("x", PermissionType::Global, ScopeType::Account)
            .await
            .map(drop),
    ] {
        let error = refused.unwrap_err();
        assert!(error.is_permission_denied(), "{error}");
        assert_well_worded(&error);
    }
}
