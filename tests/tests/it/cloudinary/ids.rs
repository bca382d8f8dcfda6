//! Identifiers that would lead elsewhere are refused before anything is sent, in every operation.

use std::collections::BTreeSet;

use account_provisioning::cloudinary::{
    Client, PolicyParameters, PolicyScope, Principal, PrincipalAssignment, ProductEnvironmentId, RoleAssignment, Scope,
};
use account_provisioning::{Call, Mode, Result};
use futures::TryStreamExt as _;
use futures::future::BoxFuture;
use integration_tests::document::{self, Document};
use integration_tests::wire::Wire;

/// What no id can be.
pub(crate) const BAD: &[&str] = &[
    "",
    ".",
    "..",
    "a/b",
    "/",
    "../users",
    "a\\b",
    "%2e%2e",
    "%2E",
    ".%2e",
    "a%2Fb",
    "a?b",
    "a#b",
    "a\nb",
    "a\r\nb",
    "\0",
    "a\u{7f}",
    "a\u{85}",
    " a",
    "a\t",
    "\u{feff}a",
    "a\u{feff}",
    "a\u{200b}b",
    "a\u{202e}b",
];

type Sent = BoxFuture<'static, Result<()>>;

/// An operation, its path parameter that gets the id, what errors call it, and the call.
type Row = (&'static str, &'static str, &'static str, fn(&Client, &str) -> Sent);

fn send<O: Send + 'static, M: Mode<O>>(call: Call<O, M>) -> Sent {
    Box::pin(async move { call.await.map(drop) })
}

const ENVIRONMENT: &str = "product environment id";
const KEY: &str = "api key";
const USER: &str = "user id";
const GROUP: &str = "user group id";
const ROLE: &str = "role id";
const POLICY: &str = "policy id";

const ROWS: &[Row] = &[
    ("getProductEnvironment", "sub_account_id", ENVIRONMENT, |c, id| {
        send(c.product_environments().get(id))
    }),
    ("getProductEnvironment", "sub_account_id", ENVIRONMENT, |c, id| {
        send(c.product_environments().get_opt(id))
    }),
    ("updateProductEnvironment", "sub_account_id", ENVIRONMENT, |c, id| {
        send(c.product_environments().update(id).name("x"))
    }),
    ("deleteProductEnvironment", "sub_account_id", ENVIRONMENT, |c, id| {
        send(c.product_environments().delete(id))
    }),
    ("getAccessKeys", "sub_account_id", ENVIRONMENT, |c, id| {
        send(c.access_keys(id).list())
    }),
    ("generateAccessKey", "sub_account_id", ENVIRONMENT, |c, id| {
        send(c.access_keys(id).generate().name("x"))
    }),
    ("updateAccessKey", "sub_account_id", ENVIRONMENT, |c, id| {
        send(c.access_keys(id).update("111").name("x"))
    }),
    ("updateAccessKey", "key", KEY, |c, id| {
        send(c.access_keys("env-1").update(id).enabled(false))
    }),
    ("deleteAccessKey", "sub_account_id", ENVIRONMENT, |c, id| {
        send(c.access_keys(id).delete("111"))
    }),
    ("deleteAccessKey", "key", KEY, |c, id| {
        send(c.access_keys("env-1").delete(id))
    }),
    ("deleteAccessKeyByName", "sub_account_id", ENVIRONMENT, |c, id| {
        send(c.access_keys(id).delete_by_name("x"))
    }),
    ("getUser", "user_id", USER, |c, id| send(c.users().get(id))),
    ("getUser", "user_id", USER, |c, id| send(c.users().get_opt(id))),
    ("getUser", "user_id", USER, |c, id| send(c.users().get(id).response())),
    ("updateUser", "user_id", USER, |c, id| {
        send(c.users().update(id).name("x"))
    }),
    ("deleteUser", "user_id", USER, |c, id| send(c.users().delete(id))),
    ("getGroupsForUser", "user_id", USER, |c, id| send(c.users().groups(id))),
    ("getSubAccountsForUser", "user_id", USER, |c, id| {
        send(c.users().product_environments(id))
    }),
    ("getUserGroup", "group_id", GROUP, |c, id| send(c.user_groups().get(id))),
    ("getUserGroup", "group_id", GROUP, |c, id| {
        send(c.user_groups().get_opt(id).extended_details(true))
    }),
    ("updateUserGroup", "group_id", GROUP, |c, id| {
        send(c.user_groups().update(id).name("x"))
    }),
    ("deleteUserGroup", "group_id", GROUP, |c, id| {
        send(c.user_groups().delete(id))
    }),
    ("getUsersInUserGroup", "group_id", GROUP, |c, id| {
        send(c.user_groups().members(id))
    }),
    ("addUserToUserGroup", "group_id", GROUP, |c, id| {
        send(c.user_groups().add_user(id, "user-1"))
    }),
    ("addUserToUserGroup", "user_id", USER, |c, id| {
        send(c.user_groups().add_user("group-1", id))
    }),
    ("removeUserFromUserGroup", "group_id", GROUP, |c, id| {
        send(c.user_groups().remove_user(id, "user-2"))
    }),
    ("removeUserFromUserGroup", "user_id", USER, |c, id| {
        send(c.user_groups().remove_user("group-1", id))
    }),
    ("getRole", "role_id", ROLE, |c, id| send(c.roles().get(id))),
    ("getRole", "role_id", ROLE, |c, id| {
        send(c.roles().get_opt(id).policy_parameters(PolicyParameters::folder("f")))
    }),
    ("updateRole", "role_id", ROLE, |c, id| {
        send(c.roles().update(id).name("x"))
    }),
    ("updateRole", "role_id", ROLE, |c, id| send(c.roles().replace(id, "x"))),
    ("deleteRole", "role_id", ROLE, |c, id| {
        send(c.roles().delete(id).force(true))
    }),
    ("getRolePrincipals", "role_id", ROLE, |c, id| {
        send(c.roles().principals(id).verbose(true))
    }),
    ("updateRolePrincipals", "role_id", ROLE, |c, id| {
        send(c.roles().add_principals(id, [everywhere()]))
    }),
    ("updateRolePrincipals", "role_id", ROLE, |c, id| {
        send(c.roles().remove_principals(id, [everywhere()]))
    }),
    ("getCustomPolicy", "policy_id", POLICY, |c, id| {
        send(c.policies().custom().get(id))
    }),
    ("getCustomPolicy", "policy_id", POLICY, |c, id| {
        send(c.policies().custom().get_opt(id))
    }),
    ("updateCustomPolicy", "policy_id", POLICY, |c, id| {
        send(c.policies().custom().update(id).enabled(true))
    }),
    ("updateCustomPolicy", "policy_id", POLICY, |c, id| {
        send(c.policies().custom().replace(id, "x", "y", Scope::Account, true))
    }),
    ("deleteCustomPolicy", "policy_id", POLICY, |c, id| {
        send(c.policies().custom().delete(id))
    }),
];

/// An assignment that has nothing wrong with it.
fn everywhere() -> PrincipalAssignment {
    PrincipalAssignment::without_parameters(Principal::user("user-1").unwrap(), Scope::Account)
}

#[test]
fn ids_of_the_document_are_all_tried() {
    let tried: BTreeSet<(String, String)> = ROWS
        .iter()
        .map(|(operation, parameter, ..)| ((*operation).to_owned(), (*parameter).to_owned()))
        .collect();
    let documented: BTreeSet<(String, String)> = document::operations(Document::Cloudinary)
        .into_iter()
        .flat_map(|operation| operation.path.into_iter().map(move |name| (operation.id.clone(), name)))
        .collect();
    assert_eq!(tried, documented);
}

#[tokio::test]
async fn ids_that_lead_elsewhere_are_refused_in_every_operation_before_anything_is_sent() {
    let wire = Wire::start().await;
    let before = wire.stage.emulator.state();
    for (operation, parameter, kind, call) in ROWS.iter().copied() {
        for id in BAD.iter().copied() {
            let problem = call(wire.client(), id).await.unwrap_err();
            let shown = problem.to_string();
            assert!(
                problem.is_invalid_input(),
                "{operation} {parameter} {id:?}: {problem:?}"
            );
            assert!(shown.starts_with(kind), "{operation} {parameter} {id:?}: {shown}");
            assert!(
                !shown.contains(char::is_control),
                "{operation} {parameter} {id:?}: {shown:?}"
            );
            assert_eq!((problem.attempts().count(), problem.status()), (0, None));
        }
    }
    wire.sent_nothing();
    assert_eq!(wire.stage.emulator.state(), before);
}

#[tokio::test]
async fn delete_user_with_a_dot_segment_deletes_nothing() {
    let wire = Wire::start().await;
    for id in ["..", ".", "", "%2e%2e", "%2E%2E"] {
        let problem = wire.client().users().delete(id).await.unwrap_err();
        assert!(
            problem.is_invalid_input() && problem.to_string().starts_with("user id"),
            "{problem}"
        );
    }
    wire.sent_nothing();
    assert_eq!(wire.client().users().list().await.unwrap().len(), 2);
}

#[tokio::test]
async fn ids_that_lead_elsewhere_are_refused_outside_of_paths_too() {
    let wire = Wire::start().await;
    let client = wire.client();
    for id in BAD.iter().copied() {
        for (kind, problem) in [
            (USER, client.users().list().ids(["user-1", id]).await.unwrap_err()),
            (
                ENVIRONMENT,
                client.users().list().product_environment(id).await.unwrap_err(),
            ),
            (
                ENVIRONMENT,
                client
                    .users()
                    .create("A", "a@x.example")
                    .product_environments([id])
                    .await
                    .unwrap_err(),
            ),
            (
                ENVIRONMENT,
                client
                    .users()
                    .update("user-1")
                    .product_environments([id])
                    .await
                    .unwrap_err(),
            ),
            (
                ENVIRONMENT,
                client.product_environments().list().ids(vec![id]).await.unwrap_err(),
            ),
            (
                ENVIRONMENT,
                client
                    .product_environments()
                    .create("A")
                    .copy_settings_from(id)
                    .await
                    .unwrap_err(),
            ),
            ("account id", client.users().list().account_id(id).await.unwrap_err()),
            (
                "account id",
                client.users().delete("user-1").account_id(id).await.unwrap_err(),
            ),
            (
                "account id",
                client.users().get_opt("user-1").account_id(id).await.unwrap_err(),
            ),
            (
                "account id",
                client
                    .users()
                    .get("user-1")
                    .response()
                    .account_id(id)
                    .await
                    .unwrap_err(),
            ),
        ] {
            assert!(
                problem.is_invalid_input() && problem.to_string().starts_with(kind),
                "{id:?}: {problem}"
            );
        }
    }
    wire.sent_nothing();
}

#[tokio::test]
async fn ids_that_lead_elsewhere_are_no_principals_scopes_or_assignments() {
    let wire = Wire::start().await;
    let client = wire.client();
    let roles = client.roles();
    for id in BAD.iter().copied() {
        for (kind, problem) in [
            (USER, Principal::user(id).unwrap_err()),
            (GROUP, Principal::group(id).unwrap_err()),
            (KEY, Principal::api_key(id).unwrap_err()),
            ("provisioning key", Principal::provisioning_key(id).unwrap_err()),
            (ENVIRONMENT, Scope::product_environment(id).unwrap_err()),
            (ROLE, roles.create("x", "global", "account").id(id).await.unwrap_err()),
            (
                POLICY,
                roles
                    .create("x", "global", "account")
                    .system_policy_ids(["a", id])
                    .await
                    .unwrap_err(),
            ),
            (
                POLICY,
                roles.update("role-1").system_policy_ids([id]).await.unwrap_err(),
            ),
            (
                ROLE,
                client
                    .principals()
                    .add_roles(
                        Principal::user("user-1").unwrap(),
                        [RoleAssignment::without_parameters(id, Scope::Account)],
                    )
                    .await
                    .unwrap_err(),
            ),
        ] {
            assert!(
                problem.is_invalid_input() && problem.to_string().starts_with(kind),
                "{id:?}: {problem}"
            );
        }
    }
    // The vendor's word for every environment is an id only where a policy has it.
    let all = ProductEnvironmentId::new("all").unwrap();
    for problem in [
        client.principals().inspect(&all).await.unwrap_err(),
        client.policies().effective().scope(&all).await.unwrap_err(),
        client.policies().custom().list().scope(&all).await.unwrap_err(),
        client.policies().custom().create("x", "y", &all).await.unwrap_err(),
        client
            .policies()
            .custom()
            .update("policy-1")
            .scope(PolicyScope::ProductEnvironment(all.clone()))
            .await
            .unwrap_err(),
        client.roles().principals("role-1").scope(&all).await.unwrap_err(),
    ] {
        assert!(
            problem.is_invalid_input() && problem.to_string().starts_with("scope: "),
            "{problem}"
        );
    }
    wire.sent_nothing();
}

#[tokio::test]
async fn ids_that_lead_elsewhere_are_the_first_item_of_a_stream() {
    let wire = Wire::start().await;
    let client = wire.client();
    for problem in [
        client.users().groups("..").stream().try_next().await.unwrap_err(),
        client
            .users()
            .product_environments("..")
            .stream()
            .try_next()
            .await
            .unwrap_err(),
        client
            .user_groups()
            .members("..")
            .stream()
            .try_next()
            .await
            .unwrap_err(),
        client.access_keys("..").list().stream().try_next().await.unwrap_err(),
        client.access_keys("..").list().collect().await.unwrap_err(),
        client
            .users()
            .list()
            .product_environment("..")
            .collect()
            .await
            .unwrap_err(),
    ] {
        assert!(problem.is_invalid_input(), "{problem:?}");
    }
    wire.sent_nothing();
}

#[tokio::test]
async fn first_wrong_argument_is_the_one_reported() {
    let wire = Wire::start().await;
    let problem = wire
        .client()
        .users()
        .update("..")
        .product_environments([""])
        .account_id("/")
        .await
        .unwrap_err();
    assert!(problem.to_string().starts_with("user id"), "{problem}");
    let problem = wire.client().user_groups().add_user("..", "").await.unwrap_err();
    assert!(problem.to_string().starts_with("user group id"), "{problem}");
    wire.sent_nothing();
}

#[tokio::test]
async fn key_name_that_is_empty_is_refused_before_anything_is_sent() {
    let wire = Wire::start().await;
    let problem = wire.client().access_keys("env-1").delete_by_name("").await.unwrap_err();
    assert!(
        problem.is_invalid_input() && problem.to_string().contains("empty"),
        "{problem}"
    );
    wire.sent_nothing();
}
