//! User groups and their members on the wire.

use account_provisioning::cloudflare::{MemberPolicy, SortOrder};
use integration_tests::cloudflare::Stage;
use integration_tests::cloudflare::world::permission_group;
use integration_tests::wire::Wire;
use serde_json::{Value, json};

const GROUP: &str = "/iam/user_groups/user-group-1";

pub(super) async fn list(wire: &Wire<Stage>) {
    let groups = wire.stage.account().user_groups();
    for (call, query) in [
        (groups.list(), "page=1&per_page=50"),
        (
            groups
                .list()
                .id("user-group-1")
                .name("Readers")
                .name_contains("read")
                .sort_order(SortOrder::Desc)
                .page(2)
                .page_size(5),
            "direction=desc&fuzzyName=read&id=user-group-1&name=Readers&page=2&per_page=5",
        ),
    ] {
        call.await.unwrap();
        wire.sent("GET", &format!("/iam/user_groups?{query}"));
    }
    assert_eq!(groups.find("Readers").await.unwrap().id.as_str(), "user-group-1");
    wire.sent("GET", "/iam/user_groups?page=1&per_page=50");
}

pub(super) async fn get(wire: &Wire<Stage>) {
    let groups = wire.stage.account().user_groups();
    assert_eq!(groups.get("user-group-1").await.unwrap().policies.len(), 1);
    wire.sent("GET", GROUP);
    assert!(groups.get_opt("none").await.unwrap().is_none());
    wire.sent("GET", "/iam/user_groups/none");
}

fn policy() -> MemberPolicy {
    MemberPolicy::deny()
        .permission_group(permission_group("Billing Write"))
        .resource_group("resource-group-1")
}

fn policy_body() -> Value {
    json!({
        "access": "deny",
        "permission_groups": [{ "id": permission_group("Billing Write") }],
        "resource_groups": [{ "id": "resource-group-1" }]
    })
}

pub(super) async fn create(wire: &Wire<Stage>) {
    let groups = wire.stage.account().user_groups();
    groups.create("Nobody").await.unwrap();
    wire.sent_with("POST", "/iam/user_groups", json!({ "name": "Nobody" }));
    groups.create("Some").policies([policy()]).await.unwrap();
    wire.sent_with(
        "POST",
        "/iam/user_groups",
        json!({ "name": "Some", "policies": [policy_body()] }),
    );
}

pub(super) async fn replace(wire: &Wire<Stage>) {
    let groups = wire.stage.account().user_groups();
    groups.replace("user-group-1").name("New").await.unwrap();
    wire.sent_with("PUT", GROUP, json!({ "name": "New" }));
    groups.replace("user-group-1").policies([policy()]).await.unwrap();
    wire.sent_with("PUT", GROUP, json!({ "policies": [policy_body()] }));
    groups.replace("user-group-1").policies([]).await.unwrap();
    wire.sent_with("PUT", GROUP, json!({ "policies": [] }));
}

pub(super) async fn delete(wire: &Wire<Stage>) {
    wire.stage.account().user_groups().delete("user-group-1").await.unwrap();
    wire.sent("DELETE", GROUP);
}

pub(super) async fn members(wire: &Wire<Stage>) {
    let members = wire.stage.account().user_groups().members("user-group-1");
    for (call, query) in [
        (members.list(), "page=1&per_page=50"),
        (
            members
                .list()
                .email_contains("ann")
                .sort_order(SortOrder::Asc)
                .page(1)
                .page_size(5),
            "direction=asc&fuzzyEmail=ann&page=1&per_page=5",
        ),
    ] {
        assert_eq!(call.await.unwrap().len(), 1);
        wire.sent("GET", &format!("{GROUP}/members?{query}"));
    }
}

pub(super) async fn member(wire: &Wire<Stage>) {
    let members = wire.stage.account().user_groups().members("user-group-1");
    let found = members.get("member-1").await.unwrap();
    assert_eq!(found.email.as_deref(), Some("ann@client.example"));
    assert!(found.created_at.is_some());
    wire.sent("GET", &format!("{GROUP}/members/member-1"));
    assert!(members.get_opt("member-2").await.unwrap().is_none());
    wire.sent("GET", &format!("{GROUP}/members/member-2"));
}

pub(super) async fn add_members(wire: &Wire<Stage>) {
    let members = wire.stage.account().user_groups().members("user-group-1");
    members.add(["member-1", "member-2"]).await.unwrap();
    wire.sent_with(
        "POST",
        &format!("{GROUP}/members"),
        json!([{ "id": "member-1" }, { "id": "member-2" }]),
    );
    let none: [&str; 0] = [];
    let problem = members.add(none).await.unwrap_err();
    assert!(
        problem.is_invalid_input() && problem.to_string().contains("`members`"),
        "{problem}"
    );
}

pub(super) async fn replace_members(wire: &Wire<Stage>) {
    let members = wire.stage.account().user_groups().members("user-group-1");
    assert_eq!(members.replace(["member-2"]).await.unwrap()[0].id.as_str(), "member-2");
    wire.sent_with("PUT", &format!("{GROUP}/members"), json!([{ "id": "member-2" }]));
    let none: [&str; 0] = [];
    assert!(members.replace(none).await.unwrap().is_empty());
    wire.sent_with("PUT", &format!("{GROUP}/members"), json!([]));
}

pub(super) async fn remove_member(wire: &Wire<Stage>) {
    let members = wire.stage.account().user_groups().members("user-group-1");
    members.remove("member-1").await.unwrap();
    wire.sent("DELETE", &format!("{GROUP}/members/member-1"));
}

#[tokio::test]
async fn user_group_that_says_nothing_is_refused_before_anything_is_sent() {
    let wire = Wire::of(Stage::start().await);
    let groups = wire.stage.account().user_groups();
    let half = || MemberPolicy::allow().permission_group("any");
    for (problem, field) in [
        (groups.create("").await.unwrap_err(), "`name`"),
        (
            groups.create("x").policies([half()]).await.unwrap_err(),
            "`resource_group`",
        ),
        (groups.replace("user-group-1").name(" ").await.unwrap_err(), "`name`"),
        (
            groups.replace("user-group-1").policies([half()]).await.unwrap_err(),
            "`resource_group`",
        ),
        (groups.update("user-group-1").name("").await.unwrap_err(), "`name`"),
        (
            groups.update("user-group-1").policies([half()]).await.unwrap_err(),
            "`resource_group`",
        ),
    ] {
        assert!(
            problem.is_invalid_input() && problem.to_string().contains(field),
            "{problem}"
        );
    }
    wire.sent_nothing();
}
