//! Roles given to principals, seen from every side, and taken away.

use account_provisioning::cloudinary::{
    ManagementType, PermissionType, PolicyParameters, Principal, PrincipalAssignment, PrincipalType, RoleAssignment,
    Scope,
};
use integration_tests::Stage;

use super::stage;

const FOLDER_VIEWER: &str = "cld::role::folder::viewer";
const REPORTS: &str = "cld::role::account::reports";

fn here() -> Scope {
    Scope::product_environment("env-1").unwrap()
}

/// The effective statements of a principal.
async fn statements(stage: &Stage, principal: &Principal) -> Vec<String> {
    let effective = stage
        .client
        .policies()
        .effective()
        .scope(here())
        .principal(principal)
        .await
        .unwrap();
    assert_eq!(effective.principal.as_ref(), Some(principal));
    let roles = effective.principals.iter().flat_map(|found| &found.roles);
    roles
        .flat_map(|role| &role.system_policies)
        .map(|policy| policy.policy_statement.clone())
        .collect()
}

#[tokio::test]
async fn role_on_one_folder_arrives_on_one_folder_and_goes_again() {
    let stage = stage().await;
    let principals = stage.client.principals();
    for principal in [
        Principal::user("user-1").unwrap(),
        Principal::group("group-1").unwrap(),
        Principal::api_key("111").unwrap(),
        Principal::provisioning_key("world-key").unwrap(),
    ] {
        let folder = PolicyParameters::folder("fg3841spr");
        let viewer = RoleAssignment::new(FOLDER_VIEWER, here(), &folder);
        principals.add_roles(&principal, [viewer.clone()]).await.unwrap();

        let held = principals.roles(&principal, PermissionType::Content).await.unwrap();
        let [role] = &*held.items else {
            panic!("{principal} holds {} roles", held.len());
        };
        assert_eq!(role.id, FOLDER_VIEWER);
        assert_eq!(PolicyParameters::from(role.policy_parameters.clone()), folder);
        assert_eq!(Scope::try_from(role).unwrap(), here());
        assert_eq!(
            role.created_at.unwrap().to_rfc3339(),
            "2024-01-01T00:00:00+00:00",
            "the role's own"
        );

        let found = principals
            .inspect(here())
            .principal(&principal)
            .policy_parameters(&folder);
        let found = found.collect().await.unwrap();
        assert_eq!(Principal::try_from(&found[0]).unwrap(), principal);
        let other = principals
            .inspect(here())
            .principal(&principal)
            .policy_parameters(PolicyParameters::folder("other"));
        assert!(
            other
                .collect()
                .await
                .unwrap()
                .iter()
                .all(|found| found.roles.is_empty())
        );

        let effective = statements(&stage, &principal).await;
        assert!(!effective.is_empty() && effective.iter().all(|statement| statement.contains("fg3841spr")));

        principals.remove_roles(&principal, [viewer]).await.unwrap();
        assert!(
            principals
                .roles(&principal, PermissionType::Content)
                .await
                .unwrap()
                .is_empty()
        );
        assert!(statements(&stage, &principal).await.is_empty());
    }
}

#[tokio::test]
async fn roles_that_were_read_convert_into_the_assignments_that_take_them_away() {
    let stage = stage().await;
    let (principals, roles) = (stage.client.principals(), stage.client.roles());
    let ann = Principal::user("user-1").unwrap();
    let given = [
        RoleAssignment::new(FOLDER_VIEWER, here(), PolicyParameters::folder("f1")),
        RoleAssignment::new(FOLDER_VIEWER, here(), PolicyParameters::folder("f2")),
        RoleAssignment::without_parameters(REPORTS, Scope::Account),
    ];
    principals.add_roles(&ann, given.clone()).await.unwrap();
    let mut held = principals.roles(&ann, PermissionType::Content).await.unwrap().items;
    held.extend(principals.roles(&ann, PermissionType::Global).await.unwrap());
    let read: Vec<_> = held.iter().map(RoleAssignment::from).collect();
    assert_eq!(read.len(), 3);
    assert!(given.iter().all(|one| read.contains(one)), "{read:?}");

    // Of one role, all that its principals have.
    let short = roles.principals(FOLDER_VIEWER).await.unwrap();
    let unlimited = short.into_iter().map(PrincipalAssignment::from);
    let refused = roles.remove_principals(FOLDER_VIEWER, unlimited).await.unwrap_err();
    assert!(
        refused.is_invalid_input() && refused.to_string().contains("verbose"),
        "{refused}"
    );
    let full = roles.principals(FOLDER_VIEWER).verbose(true).await.unwrap();
    let full = full.into_iter().map(PrincipalAssignment::from);
    roles.remove_principals(FOLDER_VIEWER, full).await.unwrap();
    let left = principals.roles(&ann, PermissionType::Global).await.unwrap();
    principals
        .remove_roles(&ann, left.into_iter().map(RoleAssignment::from))
        .await
        .unwrap();
    for kind in [PermissionType::Content, PermissionType::Global] {
        assert!(principals.roles(&ann, kind).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn role_of_a_group_is_in_effect_for_its_members() {
    let stage = stage().await;
    let principals = stage.client.principals();
    let (group, member) = (Principal::group("group-1").unwrap(), Principal::user("user-2").unwrap());
    let folder = PolicyParameters::folder("f1");
    principals
        .add_roles(&group, [RoleAssignment::new(FOLDER_VIEWER, here(), &folder)])
        .await
        .unwrap();
    // The principal is filled in.
    let (in_group, is_member) = (
        "principal in Cloudinary::Group::\"group-1\"",
        "principal == Cloudinary::User::\"user-2\"",
    );
    let of_group = statements(&stage, &group).await;
    let expected: Vec<String> = of_group
        .iter()
        .map(|statement| statement.replace(in_group, is_member))
        .collect();
    assert_eq!(statements(&stage, &member).await, expected);
    assert_ne!(of_group, expected);
    assert!(statements(&stage, &Principal::user("user-1").unwrap()).await.is_empty());
    let known = principals
        .inspect_many(here(), [&member, &group])
        .policy_parameters(&folder);
    let known = known.await.unwrap();
    assert!(known.iter().all(|found| found.roles.len() == 1));

    stage
        .client
        .user_groups()
        .remove_user("group-1", "user-2")
        .await
        .unwrap();
    assert!(statements(&stage, &member).await.is_empty());
}

#[tokio::test]
async fn roles_of_a_principal_are_those_that_the_filters_leave() {
    let stage = stage().await;
    let principals = stage.client.principals();
    let ann = Principal::user("user-1").unwrap();
    let roles = [
        RoleAssignment::without_parameters(REPORTS, Scope::Account),
        RoleAssignment::without_parameters("role-1", Scope::Account),
        RoleAssignment::without_parameters("cld::role::prodenv::ml_user", here()),
        RoleAssignment::new(
            "cld::role::collection::viewer",
            here(),
            PolicyParameters::collection("c1"),
        ),
    ];
    principals.add_roles(&ann, roles).await.unwrap();
    let list = |kind: PermissionType| principals.roles(&ann, kind);
    for (call, ids) in [
        (
            list(PermissionType::Global),
            vec![REPORTS, "role-1", "cld::role::prodenv::ml_user"],
        ),
        (
            list(PermissionType::Global).management_type(ManagementType::Custom),
            vec!["role-1"],
        ),
        (
            list(PermissionType::Global).scope(here()),
            vec!["cld::role::prodenv::ml_user"],
        ),
        (
            list(PermissionType::Global).scope(Scope::Account),
            vec![REPORTS, "role-1"],
        ),
        (list(PermissionType::Content), vec!["cld::role::collection::viewer"]),
        (
            list(PermissionType::Content).policy_parameters(PolicyParameters::collection("c1")),
            vec!["cld::role::collection::viewer"],
        ),
        (
            list(PermissionType::Content).policy_parameters(PolicyParameters::collection("c2")),
            vec![],
        ),
    ] {
        let found = call.await.unwrap();
        let found: Vec<_> = found.iter().map(|role| role.id.as_str()).collect();
        assert_eq!(found, ids);
    }
}

#[tokio::test]
async fn principal_or_scope_that_is_not_there_is_not_found() {
    let stage = stage().await;
    let principals = stage.client.principals();
    let nobody = Principal::user("nobody").unwrap();
    let nowhere = Scope::product_environment("nowhere").unwrap();
    for error in [
        principals.roles(&nobody, PermissionType::Global).await.unwrap_err(),
        principals.inspect(&nowhere).await.unwrap_err(),
        principals.inspect(Scope::Account).principal(&nobody).await.unwrap_err(),
        principals.inspect_many(Scope::Account, [&nobody]).await.unwrap_err(),
    ] {
        assert!(error.is_not_found(), "{error}");
    }
    let effective = stage.client.policies().effective();
    assert!(effective.principal(&nobody).await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn principal_of_a_kind_that_is_unknown_is_read_and_is_no_argument() {
    let stage = stage().await;
    let body = r#"{"data":{"principals":[{"type":"robot","id":"r2","roles":[]}]}}"#;
    let fault = account_provisioning_emulator::Fault::body_replaced(200, "application/json", body);
    stage.emulator.inject(fault);
    let found = stage.client.principals().inspect(Scope::Account).await.unwrap();
    assert_eq!(found.items[0].type_, PrincipalType::Unknown("robot".to_owned()));
    let error = Principal::try_from(&found.items[0]).unwrap_err();
    assert!(
        error.is_invalid_input() && error.to_string().contains("`robot`"),
        "{error}"
    );
    let error = stage
        .client
        .principals()
        .roles(&found.items[0], "global")
        .await
        .unwrap_err();
    assert!(error.is_invalid_input(), "{error}");
}
