//! Permission groups of members and resource groups on the wire.

use account_provisioning::cloudflare::{AccountId, ResourceGroupScope};
use integration_tests::cloudflare::Stage;
use integration_tests::cloudflare::world::{ACCOUNT, permission_group};
use integration_tests::wire::Wire;
use serde_json::json;

pub(super) async fn permissions(wire: &Wire<Stage>) {
    let groups = wire.stage.account().permission_groups();
    let id = permission_group("Billing Read");
    for (call, query) in [
        (groups.list(), "page=1&per_page=50".to_owned()),
        (
            groups
                .list()
                .name("Billing Read")
                .label("billing_read")
                .page(2)
                .page_size(5),
            "label=billing_read&name=Billing+Read&page=2&per_page=5".to_owned(),
        ),
        (groups.list().id(&id), format!("id={id}&page=1&per_page=50")),
    ] {
        call.await.unwrap();
        wire.sent("GET", &format!("/iam/permission_groups?{query}"));
    }
    let found = groups.find("Billing Read", None).await.unwrap();
    assert_eq!(found.id.as_str(), id);
    assert!(
        wire.fresh()
            .iter()
            .all(|request| request.path.ends_with("/iam/permission_groups"))
    );
}

pub(super) async fn permission(wire: &Wire<Stage>) {
    let groups = wire.stage.account().permission_groups();
    let id = permission_group("Billing Read");
    assert_eq!(groups.get(&id).await.unwrap().name, "Billing Read");
    wire.sent("GET", &format!("/iam/permission_groups/{id}"));
    assert!(groups.get_opt("none").await.unwrap().is_none());
    wire.sent("GET", "/iam/permission_groups/none");
}

pub(super) async fn list(wire: &Wire<Stage>) {
    let groups = wire.stage.account().resource_groups();
    for (call, query) in [
        (groups.list(), "page=1&per_page=50"),
        (
            groups.list().id("resource-group-1").name("Shop").page(1).page_size(5),
            "id=resource-group-1&name=Shop&page=1&per_page=5",
        ),
    ] {
        call.await.unwrap();
        wire.sent("GET", &format!("/iam/resource_groups?{query}"));
    }
    assert_eq!(groups.find("Shop").await.unwrap().id.as_str(), "resource-group-1");
    wire.sent("GET", "/iam/resource_groups?page=1&per_page=50");
}

pub(super) async fn get(wire: &Wire<Stage>) {
    let groups = wire.stage.account().resource_groups();
    let found = groups.get("resource-group-1").await.unwrap();
    assert_eq!(found.scope.objects[0].key, "com.cloudflare.api.account.zone.shop");
    wire.sent("GET", "/iam/resource_groups/resource-group-1");
    assert!(groups.get_opt("none").await.unwrap().is_none());
    wire.sent("GET", "/iam/resource_groups/none");
}

fn account() -> AccountId {
    AccountId::new(ACCOUNT).unwrap()
}

fn key() -> String {
    format!("com.cloudflare.api.account.{ACCOUNT}")
}

pub(super) async fn create(wire: &Wire<Stage>) {
    let groups = wire.stage.account().resource_groups();
    groups
        .create("All", ResourceGroupScope::account(&account()))
        .await
        .unwrap();
    wire.sent_with(
        "POST",
        "/iam/resource_groups",
        json!({ "name": "All", "scope": { "key": key(), "objects": [{ "key": "*" }] } }),
    );
    let zones = ResourceGroupScope::zones(&account(), ["z1", "z2"]).object("com.cloudflare.api.account.zone.z3");
    groups.create("Zones", zones).await.unwrap();
    let objects = ["z1", "z2", "z3"].map(|zone| json!({ "key": format!("com.cloudflare.api.account.zone.{zone}") }));
    wire.sent_with(
        "POST",
        "/iam/resource_groups",
        json!({ "name": "Zones", "scope": { "key": key(), "objects": objects } }),
    );
}

pub(super) async fn replace(wire: &Wire<Stage>) {
    let groups = wire.stage.account().resource_groups();
    groups.replace("resource-group-1").name("Shops").await.unwrap();
    wire.sent_with(
        "PUT",
        "/iam/resource_groups/resource-group-1",
        json!({ "name": "Shops" }),
    );
    let scope = ResourceGroupScope::account(&account());
    groups.replace("resource-group-1").scope(scope).await.unwrap();
    wire.sent_with(
        "PUT",
        "/iam/resource_groups/resource-group-1",
        json!({ "scope": { "key": key(), "objects": [{ "key": "*" }] } }),
    );
}

pub(super) async fn delete(wire: &Wire<Stage>) {
    let groups = wire.stage.account().resource_groups();
    let refused = groups.delete("resource-group-1").await.unwrap_err();
    assert!(refused.is_conflict(), "a policy applies to it: {refused}");
    wire.sent("DELETE", "/iam/resource_groups/resource-group-1");
}

#[tokio::test]
async fn resource_group_that_says_nothing_is_refused_before_anything_is_sent() {
    let wire = Wire::of(Stage::start().await);
    let groups = wire.stage.account().resource_groups();
    let nothing = || ResourceGroupScope::new(key());
    let all = || ResourceGroupScope::account(&account());
    for (problem, field) in [
        (groups.create(" ", all()).await.unwrap_err(), "`name`"),
        (groups.create("x", nothing()).await.unwrap_err(), "`scope`"),
        (
            groups
                .create("x", ResourceGroupScope::new("").object("*"))
                .await
                .unwrap_err(),
            "`scope`",
        ),
        (groups.replace("resource-group-1").name("").await.unwrap_err(), "`name`"),
        (
            groups.replace("resource-group-1").scope(nothing()).await.unwrap_err(),
            "`scope`",
        ),
        (groups.update("resource-group-1").name("").await.unwrap_err(), "`name`"),
        (
            groups.update("resource-group-1").scope(nothing()).await.unwrap_err(),
            "`scope`",
        ),
    ] {
        assert!(
            problem.is_invalid_input() && problem.to_string().contains(field),
            "{problem}"
        );
    }
    wire.sent_nothing();
}
