//! Identifiers that would lead elsewhere are refused before anything is sent, in every operation.

use std::collections::BTreeSet;

use account_provisioning::cloudflare::{
    Client, MemberAccess, MemberPolicy, PermissionGroupId, ResourceGroupScope, TokenPolicy,
};
use account_provisioning::{Call, Mode, Result};
use chrono::{DateTime, Utc};
use futures::TryStreamExt as _;
use futures::future::BoxFuture;
use integration_tests::cloudflare::Stage;
use integration_tests::cloudflare::world::ACCOUNT as ID;
use integration_tests::document::{self, Document};
use integration_tests::wire::Wire;

use crate::cloudinary::ids::BAD;

type Sent = BoxFuture<'static, Result<()>>;

/// An operation, its path parameter that gets the id, what errors call it, and the call.
type Row = (&'static str, &'static str, &'static str, fn(&Client, &str) -> Sent);

fn send<O: Send + 'static, M: Mode<O>>(call: Call<O, M>) -> Sent {
    Box::pin(async move { call.await.map(drop) })
}

fn roles() -> MemberAccess {
    MemberAccess::roles(["role"])
}

fn policy() -> TokenPolicy {
    TokenPolicy::allow().permission_group("group").resource("r", "*")
}

const ACCOUNT: &str = "account id";
const MEMBER: &str = "member id";
const ROLE: &str = "role id";
const SUBSCRIPTION: &str = "subscription id";
const TOKEN: &str = "token id";
const PERMISSIONS: &str = "permission group id";
const RESOURCES: &str = "resource group id";
const GROUP: &str = "user group id";
const CONNECTOR: &str = "sso connector id";
const MEMBERSHIP: &str = "membership id";
const INVITE: &str = "invite id";
/// The id of an entry has no type of its own.
const ENTRY: &str = "listAuditHistory: id";

fn scope() -> ResourceGroupScope {
    ResourceGroupScope::new("key").object("*")
}

const ROWS: &[Row] = &[
    ("getAccount", "account_id", ACCOUNT, |c, id| send(c.accounts().get(id))),
    ("getAccount", "account_id", ACCOUNT, |c, id| {
        send(c.accounts().get_opt(id))
    }),
    ("updateAccount", "account_id", ACCOUNT, |c, id| {
        send(c.accounts().update(id).name("x"))
    }),
    ("updateAccount", "account_id", ACCOUNT, |c, id| {
        send(c.accounts().replace(id, "x"))
    }),
    ("deleteAccount", "account_id", ACCOUNT, |c, id| {
        send(c.accounts().delete(id))
    }),
    ("listMembers", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).members().list())
    }),
    ("addMember", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).members().add("a@x.example", roles()))
    }),
    ("getMember", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).members().get("m"))
    }),
    ("getMember", "member_id", MEMBER, |c, id| {
        send(c.account(ID).members().get(id))
    }),
    ("getMember", "member_id", MEMBER, |c, id| {
        send(c.account(ID).members().get_opt(id))
    }),
    ("updateMember", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).members().update("m", roles()))
    }),
    ("updateMember", "member_id", MEMBER, |c, id| {
        send(c.account(ID).members().update(id, roles()))
    }),
    ("removeMember", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).members().remove("m"))
    }),
    ("removeMember", "member_id", MEMBER, |c, id| {
        send(c.account(ID).members().remove(id))
    }),
    ("listRoles", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).roles().list())
    }),
    ("getRole", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).roles().get("r"))
    }),
    ("getRole", "role_id", ROLE, |c, id| send(c.account(ID).roles().get(id))),
    ("getRole", "role_id", ROLE, |c, id| {
        send(c.account(ID).roles().get_opt(id))
    }),
    ("listSubscriptions", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).subscriptions().list())
    }),
    ("createSubscription", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).subscriptions().create())
    }),
    ("updateSubscription", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).subscriptions().replace("s"))
    }),
    (
        "updateSubscription",
        "subscription_identifier",
        SUBSCRIPTION,
        |c, id| send(c.account(ID).subscriptions().replace(id)),
    ),
    ("deleteSubscription", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).subscriptions().delete("s"))
    }),
    (
        "deleteSubscription",
        "subscription_identifier",
        SUBSCRIPTION,
        |c, id| send(c.account(ID).subscriptions().delete(id)),
    ),
    ("listTokens", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).tokens().list())
    }),
    ("createToken", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).tokens().create("x", [policy()]))
    }),
    ("getToken", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).tokens().get("t"))
    }),
    ("getToken", "token_id", TOKEN, |c, id| {
        send(c.account(ID).tokens().get(id))
    }),
    ("getToken", "token_id", TOKEN, |c, id| {
        send(c.account(ID).tokens().get_opt(id))
    }),
    ("updateToken", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).tokens().update("t"))
    }),
    ("updateToken", "token_id", TOKEN, |c, id| {
        send(c.account(ID).tokens().update(id))
    }),
    ("updateToken", "token_id", TOKEN, |c, id| {
        send(c.account(ID).tokens().replace(id, "x", [policy()]))
    }),
    ("deleteToken", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).tokens().delete("t"))
    }),
    ("deleteToken", "token_id", TOKEN, |c, id| {
        send(c.account(ID).tokens().delete(id))
    }),
    ("rollToken", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).tokens().roll("t"))
    }),
    ("rollToken", "token_id", TOKEN, |c, id| {
        send(c.account(ID).tokens().roll(id))
    }),
    ("verifyToken", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).tokens().verify())
    }),
    ("listPermissionGroups", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).tokens().permission_groups().list())
    }),
    ("listPermissionGroups", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).tokens().permission_groups().find("x", None))
    }),
    ("listAuditLogs", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).audit_logs().list(DateTime::<Utc>::UNIX_EPOCH))
    }),
    ("listMemberPermissionGroups", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).permission_groups().list())
    }),
    ("listMemberPermissionGroups", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).permission_groups().find("x", None))
    }),
    ("getMemberPermissionGroup", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).permission_groups().get("p"))
    }),
    (
        "getMemberPermissionGroup",
        "permission_group_id",
        PERMISSIONS,
        |c, id| send(c.account(ID).permission_groups().get(id)),
    ),
    (
        "getMemberPermissionGroup",
        "permission_group_id",
        PERMISSIONS,
        |c, id| send(c.account(ID).permission_groups().get_opt(id)),
    ),
    ("listResourceGroups", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).resource_groups().list())
    }),
    ("listResourceGroups", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).resource_groups().find("x"))
    }),
    ("createResourceGroup", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).resource_groups().create("x", scope()))
    }),
    ("getResourceGroup", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).resource_groups().get("g"))
    }),
    ("getResourceGroup", "resource_group_id", RESOURCES, |c, id| {
        send(c.account(ID).resource_groups().get(id))
    }),
    ("getResourceGroup", "resource_group_id", RESOURCES, |c, id| {
        send(c.account(ID).resource_groups().get_opt(id))
    }),
    ("updateResourceGroup", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).resource_groups().update("g"))
    }),
    ("updateResourceGroup", "resource_group_id", RESOURCES, |c, id| {
        send(c.account(ID).resource_groups().update(id))
    }),
    ("updateResourceGroup", "resource_group_id", RESOURCES, |c, id| {
        send(c.account(ID).resource_groups().replace(id))
    }),
    ("deleteResourceGroup", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).resource_groups().delete("g"))
    }),
    ("deleteResourceGroup", "resource_group_id", RESOURCES, |c, id| {
        send(c.account(ID).resource_groups().delete(id))
    }),
    ("listUserGroups", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).user_groups().list())
    }),
    ("listUserGroups", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).user_groups().find("x"))
    }),
    ("createUserGroup", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).user_groups().create("x"))
    }),
    ("getUserGroup", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).user_groups().get("g"))
    }),
    ("getUserGroup", "user_group_id", GROUP, |c, id| {
        send(c.account(ID).user_groups().get(id))
    }),
    ("getUserGroup", "user_group_id", GROUP, |c, id| {
        send(c.account(ID).user_groups().get_opt(id))
    }),
    ("updateUserGroup", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).user_groups().update("g"))
    }),
    ("updateUserGroup", "user_group_id", GROUP, |c, id| {
        send(c.account(ID).user_groups().update(id))
    }),
    ("updateUserGroup", "user_group_id", GROUP, |c, id| {
        send(c.account(ID).user_groups().replace(id))
    }),
    ("deleteUserGroup", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).user_groups().delete("g"))
    }),
    ("deleteUserGroup", "user_group_id", GROUP, |c, id| {
        send(c.account(ID).user_groups().delete(id))
    }),
    ("listUserGroupMembers", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).user_groups().members("g").list())
    }),
    ("listUserGroupMembers", "user_group_id", GROUP, |c, id| {
        send(c.account(ID).user_groups().members(id).list())
    }),
    ("addUserGroupMembers", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).user_groups().members("g").add(["m"]))
    }),
    ("addUserGroupMembers", "user_group_id", GROUP, |c, id| {
        send(c.account(ID).user_groups().members(id).add(["m"]))
    }),
    ("replaceUserGroupMembers", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).user_groups().members("g").replace(["m"]))
    }),
    ("replaceUserGroupMembers", "user_group_id", GROUP, |c, id| {
        send(c.account(ID).user_groups().members(id).replace(["m"]))
    }),
    ("getUserGroupMember", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).user_groups().members("g").get("m"))
    }),
    ("getUserGroupMember", "user_group_id", GROUP, |c, id| {
        send(c.account(ID).user_groups().members(id).get("m"))
    }),
    ("removeUserGroupMember", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).user_groups().members("g").remove("m"))
    }),
    ("removeUserGroupMember", "user_group_id", GROUP, |c, id| {
        send(c.account(ID).user_groups().members(id).remove("m"))
    }),
    ("getUserGroupMember", "member_id", MEMBER, |c, id| {
        send(c.account(ID).user_groups().members("g").get(id))
    }),
    ("getUserGroupMember", "member_id", MEMBER, |c, id| {
        send(c.account(ID).user_groups().members("g").get_opt(id))
    }),
    ("removeUserGroupMember", "member_id", MEMBER, |c, id| {
        send(c.account(ID).user_groups().members("g").remove(id))
    }),
    ("listSsoConnectors", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).sso_connectors().list())
    }),
    ("createSsoConnector", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).sso_connectors().create("x.example"))
    }),
    ("getSsoConnector", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).sso_connectors().get("s"))
    }),
    ("getSsoConnector", "sso_connector_id", CONNECTOR, |c, id| {
        send(c.account(ID).sso_connectors().get(id))
    }),
    ("updateSsoConnector", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).sso_connectors().update("s"))
    }),
    ("updateSsoConnector", "sso_connector_id", CONNECTOR, |c, id| {
        send(c.account(ID).sso_connectors().update(id))
    }),
    ("deleteSsoConnector", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).sso_connectors().delete("s"))
    }),
    ("deleteSsoConnector", "sso_connector_id", CONNECTOR, |c, id| {
        send(c.account(ID).sso_connectors().delete(id))
    }),
    ("beginSsoVerification", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).sso_connectors().begin_verification("s"))
    }),
    ("beginSsoVerification", "sso_connector_id", CONNECTOR, |c, id| {
        send(c.account(ID).sso_connectors().begin_verification(id))
    }),
    ("getSubscription", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).subscriptions().get("s"))
    }),
    ("getSubscription", "subscription_identifier", SUBSCRIPTION, |c, id| {
        send(c.account(ID).subscriptions().get(id))
    }),
    ("getSubscription", "subscription_identifier", SUBSCRIPTION, |c, id| {
        send(c.account(ID).subscriptions().get_opt(id))
    }),
    ("cancelSubscriptionDowngrades", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).subscriptions().cancel_downgrades(["s"]))
    }),
    ("listAuditProductCategories", "account_id", ACCOUNT, |c, id| {
        send(c.account(id).audit_logs().product_categories())
    }),
    ("listAuditHistory", "account_id", ACCOUNT, |c, id| {
        send(
            c.account(id)
                .audit_logs()
                .history("l", DateTime::<Utc>::UNIX_EPOCH, DateTime::<Utc>::UNIX_EPOCH),
        )
    }),
    ("listAuditHistory", "id", ENTRY, |c, id| {
        send(
            c.account(ID)
                .audit_logs()
                .history(id, DateTime::<Utc>::UNIX_EPOCH, DateTime::<Utc>::UNIX_EPOCH),
        )
    }),
    ("getMembership", "membership_id", MEMBERSHIP, |c, id| {
        send(c.memberships().get(id))
    }),
    ("getMembership", "membership_id", MEMBERSHIP, |c, id| {
        send(c.memberships().get_opt(id))
    }),
    ("answerMembership", "membership_id", MEMBERSHIP, |c, id| {
        send(c.memberships().accept(id))
    }),
    ("answerMembership", "membership_id", MEMBERSHIP, |c, id| {
        send(c.memberships().reject(id))
    }),
    ("deleteMembership", "membership_id", MEMBERSHIP, |c, id| {
        send(c.memberships().delete(id))
    }),
    ("getInvite", "invite_id", INVITE, |c, id| {
        send(c.user().invites().get(id))
    }),
    ("getInvite", "invite_id", INVITE, |c, id| {
        send(c.user().invites().get_opt(id))
    }),
    ("answerInvite", "invite_id", INVITE, |c, id| {
        send(c.user().invites().accept(id))
    }),
    ("answerInvite", "invite_id", INVITE, |c, id| {
        send(c.user().invites().reject(id))
    }),
    ("getUserToken", "token_id", TOKEN, |c, id| {
        send(c.user().tokens().get(id))
    }),
    ("getUserToken", "token_id", TOKEN, |c, id| {
        send(c.user().tokens().get_opt(id))
    }),
    ("updateUserToken", "token_id", TOKEN, |c, id| {
        send(c.user().tokens().update(id))
    }),
    ("updateUserToken", "token_id", TOKEN, |c, id| {
        send(c.user().tokens().replace(id, "x", [policy()]))
    }),
    ("deleteUserToken", "token_id", TOKEN, |c, id| {
        send(c.user().tokens().delete(id))
    }),
    ("rollUserToken", "token_id", TOKEN, |c, id| {
        send(c.user().tokens().roll(id))
    }),
];

#[test]
fn every_path_parameter_of_every_operation_is_tried() {
    let tried: BTreeSet<(String, String)> = ROWS
        .iter()
        .map(|(operation, parameter, ..)| ((*operation).to_owned(), (*parameter).to_owned()))
        .collect();
    let mut documented = BTreeSet::new();
    for operation in document::operations(Document::Cloudflare) {
        let account = operation.of_an_account.then(|| "account_id".to_owned());
        for parameter in operation.path.into_iter().chain(account) {
            documented.insert((operation.id.clone(), parameter));
        }
    }
    assert_eq!(tried, documented);
}

#[tokio::test]
async fn ids_that_lead_elsewhere_are_refused_before_anything_is_sent() {
    let wire = Wire::of(Stage::start().await);
    for (operation, parameter, kind, call) in ROWS {
        for id in BAD {
            let problem = call(&wire.stage.client, id).await.unwrap_err();
            assert!(
                problem.is_invalid_input() && problem.to_string().starts_with(kind),
                "{operation} {parameter} {id:?}: {problem}"
            );
        }
    }
    wire.sent_nothing();
}

#[tokio::test]
async fn ids_that_lead_elsewhere_are_no_roles_groups_or_the_first_item_of_a_stream() {
    let wire = Wire::of(Stage::start().await);
    let account = wire.stage.account();
    let (members, tokens, groups) = (account.members(), account.tokens(), account.user_groups());
    for id in BAD.iter().copied() {
        let roles = MemberAccess::roles(["a", id]);
        let permissions = MemberPolicy::allow().permission_group(id).resource_group("any");
        let resources = MemberPolicy::allow().permission_group("any").resource_group(id);
        let policy = TokenPolicy::allow().permission_group(id).resource("r", "*");
        for (kind, problem) in [
            (ROLE, members.add("a@x.example", roles.clone()).await.unwrap_err()),
            (ROLE, members.update("m", roles).await.unwrap_err()),
            (
                "permission group id",
                members
                    .add("a@x.example", MemberAccess::policies([permissions]))
                    .await
                    .unwrap_err(),
            ),
            (
                "resource group id",
                members
                    .update("m", MemberAccess::policies([resources]))
                    .await
                    .unwrap_err(),
            ),
            (
                "permission group id",
                tokens.create("x", [policy.clone()]).await.map(drop).unwrap_err(),
            ),
            (
                "permission group id",
                tokens.update("t").policies([policy]).await.unwrap_err(),
            ),
            ("permission group id", PermissionGroupId::new(id).unwrap_err().into()),
            (MEMBER, groups.members("g").add(["a", id]).await.unwrap_err()),
            (MEMBER, groups.members("g").replace([id]).await.unwrap_err()),
            (
                SUBSCRIPTION,
                account.subscriptions().cancel_downgrades([id]).await.unwrap_err(),
            ),
            (GROUP, groups.list().id(id).await.unwrap_err()),
            (RESOURCES, account.resource_groups().list().id(id).await.unwrap_err()),
            (
                PERMISSIONS,
                account.permission_groups().list().id(id).await.unwrap_err(),
            ),
        ] {
            let problem: account_provisioning::Error = problem;
            assert!(
                problem.is_invalid_input() && problem.to_string().starts_with(kind),
                "{id:?}: {problem}"
            );
        }
    }
    let account = wire.stage.client.account("..");
    for problem in [
        account.members().list().stream().try_next().await.unwrap_err(),
        account.roles().list().collect().await.unwrap_err(),
        account.tokens().list().collect().await.unwrap_err(),
        account.subscriptions().list().collect().await.unwrap_err(),
        account.tokens().permission_groups().list().collect().await.unwrap_err(),
    ] {
        assert!(problem.is_invalid_input(), "{problem:?}");
    }
    wire.sent_nothing();
}
