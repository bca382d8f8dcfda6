//! Members and roles on the wire.

use account_provisioning::cloudflare::{
    InvitationStatus, MemberAccess, MemberPolicy, MemberSortBy, MemberStatus, RoleId, SortOrder,
};
use integration_tests::cloudflare::Stage;
use integration_tests::cloudflare::world::{permission_group, resource_group, role};
use integration_tests::wire::Wire;
use serde_json::json;

pub(super) async fn list(wire: &Wire<Stage>) {
    let members = wire.stage.account().members();
    for (call, query) in [
        (members.list(), "page=1&per_page=50"),
        (
            members.list().status(MemberStatus::Pending),
            "page=1&per_page=50&status=pending",
        ),
        (
            members
                .list()
                .sort_by(MemberSortBy::UserEmail)
                .sort_order(SortOrder::Asc)
                .page(3)
                .page_size(7),
            "direction=asc&order=user.email&page=3&per_page=7",
        ),
    ] {
        call.await.unwrap();
        wire.sent("GET", &format!("/members?{query}"));
    }
}

pub(super) async fn get(wire: &Wire<Stage>) {
    let members = wire.stage.account().members();
    let member = members.get("member-1").await.unwrap();
    assert_eq!(member.email.as_deref(), Some("ann@client.example"));
    wire.sent("GET", "/members/member-1");
    assert_eq!(members.get_opt("nobody").await.unwrap().map(|member| member.id), None);
    wire.sent("GET", "/members/nobody");
}

fn policies() -> MemberAccess {
    let policy = |policy: MemberPolicy| {
        policy
            .permission_group(permission_group("Billing Read"))
            .resource_group(resource_group())
    };
    MemberAccess::policies([policy(MemberPolicy::allow()), policy(MemberPolicy::deny())])
}

fn policy_bodies() -> serde_json::Value {
    let policy = |access: &str| {
        json!({
            "access": access,
            "permission_groups": [{ "id": permission_group("Billing Read") }],
            "resource_groups": [{ "id": resource_group() }]
        })
    };
    json!([policy("allow"), policy("deny")])
}

pub(super) async fn add(wire: &Wire<Stage>) {
    let members = wire.stage.account().members();
    let (first, second) = (role(0), role(1));
    let by_id = MemberAccess::roles([
        RoleId::new(first.as_str()).unwrap(),
        RoleId::new(second.as_str()).unwrap(),
    ]);
    members.add("one+1@client.example", by_id).await.unwrap();
    wire.sent_with(
        "POST",
        "/members",
        json!({ "email": "one+1@client.example", "roles": [first, second] }),
    );
    members
        .add("two@client.example", policies())
        .status(InvitationStatus::Accepted)
        .await
        .unwrap();
    wire.sent_with(
        "POST",
        "/members",
        json!({ "email": "two@client.example", "policies": policy_bodies(), "status": "accepted" }),
    );
}

pub(super) async fn update(wire: &Wire<Stage>) {
    let account = wire.stage.account();
    account.members().update("member-1", policies()).await.unwrap();
    wire.sent_with("PUT", "/members/member-1", json!({ "policies": policy_bodies() }));
    // A role is sent by its id, however it was given.
    let whole: account_provisioning::cloudflare::Role = serde_json::from_value(json!({
        "id": role(3), "name": "Billing", "description": "any", "permissions": { "billing": { "read": true, "write": true } }
    }))
    .unwrap();
    for access in [MemberAccess::roles([whole]), MemberAccess::roles([role(3)])] {
        account.members().update("member-1", access).await.unwrap();
        wire.sent_with("PUT", "/members/member-1", json!({ "roles": [{ "id": role(3) }] }));
    }
}

pub(super) async fn remove(wire: &Wire<Stage>) {
    wire.stage.account().members().remove("member-1").await.unwrap();
    wire.sent("DELETE", "/members/member-1");
}

pub(super) async fn list_roles(wire: &Wire<Stage>) {
    let roles = wire.stage.account().roles();
    roles.list().await.unwrap();
    wire.sent("GET", "/roles?page=1&per_page=50");
    roles.list().page(2).page_size(5).await.unwrap();
    wire.sent("GET", "/roles?page=2&per_page=5");
}

pub(super) async fn get_role(wire: &Wire<Stage>) {
    let roles = wire.stage.account().roles();
    let found = roles.get(role(3)).await.unwrap();
    assert_eq!(found.permissions["billing"].write, Some(true));
    wire.sent("GET", &format!("/roles/{}", role(3)));
    assert!(roles.get_opt("none").await.unwrap().is_none());
    wire.sent("GET", "/roles/none");
}

#[tokio::test]
async fn access_that_names_nothing_is_refused_before_anything_is_sent() {
    let wire = Wire::of(Stage::start().await);
    let members = wire.stage.account().members();
    let half = MemberPolicy::allow().permission_group("any");
    for (access, field) in [
        (MemberAccess::roles(Vec::<RoleId>::new()), "`roles`"),
        (MemberAccess::policies([]), "`policies`"),
        (MemberAccess::policies([MemberPolicy::deny()]), "`permission_group`"),
        (MemberAccess::policies([half]), "`resource_group`"),
    ] {
        for problem in [
            members.add("a@client.example", access.clone()).await.unwrap_err(),
            members.update("member-1", access).await.unwrap_err(),
        ] {
            assert!(
                problem.is_invalid_input() && problem.to_string().contains(field),
                "{problem}"
            );
        }
    }
    let problem = members.add(" ", policies()).await.unwrap_err();
    assert!(problem.to_string().contains("`email`"), "{problem}");
    wire.sent_nothing();
}
