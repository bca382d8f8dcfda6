//! User groups on the wire.

use integration_tests::wire::Wire;
use serde_json::json;

pub(super) async fn list(wire: &Wire) {
    let groups = wire.client().user_groups();
    for (call, query) in [
        (groups.list(), ""),
        (groups.list().extended_details(true), "?extended_details=true"),
        (groups.list().extended_details(false), "?extended_details=false"),
    ] {
        call.await.unwrap();
        wire.sent("GET", &format!("/user_groups{query}"));
    }
}

pub(super) async fn create(wire: &Wire) {
    let groups = wire.client().user_groups();
    for (call, body) in [
        (groups.create("One"), json!({ "name": "One" })),
        (
            groups.create("Two").extended_details(true),
            json!({ "name": "Two", "extended_details": true }),
        ),
        (
            groups.create("Three").extended_details(false),
            json!({ "name": "Three", "extended_details": false }),
        ),
    ] {
        call.await.unwrap();
        wire.sent_with("POST", "/user_groups", body);
    }
}

pub(super) async fn get(wire: &Wire) {
    let groups = wire.client().user_groups();
    for (call, query) in [
        (groups.get("group-1"), ""),
        (groups.get("group-1").extended_details(true), "?extended_details=true"),
        (groups.get("group-1").extended_details(false), "?extended_details=false"),
    ] {
        call.await.unwrap();
        wire.sent("GET", &format!("/user_groups/group-1{query}"));
    }
    let found = groups.get_opt("group-1").extended_details(true).await.unwrap();
    assert_eq!(found.unwrap().users.len(), 1);
    wire.sent("GET", "/user_groups/group-1?extended_details=true");
}

pub(super) async fn update(wire: &Wire) {
    let groups = wire.client().user_groups();
    for (call, body) in [
        (groups.update("group-1"), json!({})),
        (groups.update("group-1").name("New"), json!({ "name": "New" })),
        (
            groups.update("group-1").extended_details(true),
            json!({ "extended_details": true }),
        ),
        (
            groups.update("group-1").extended_details(false).name("Newer"),
            json!({ "name": "Newer", "extended_details": false }),
        ),
    ] {
        call.await.unwrap();
        wire.sent_with("PUT", "/user_groups/group-1", body);
    }
}

pub(super) async fn delete(wire: &Wire) {
    wire.client().user_groups().delete("group-1").await.unwrap();
    wire.sent("DELETE", "/user_groups/group-1");
}

pub(super) async fn members(wire: &Wire) {
    wire.client().user_groups().members("group-1").await.unwrap();
    wire.sent("GET", "/user_groups/group-1/users");
    wire.client().user_groups().members("group-1").collect().await.unwrap();
    wire.sent("GET", "/user_groups/group-1/users");
}

pub(super) async fn add_user(wire: &Wire) {
    wire.client().user_groups().add_user("group-1", "user-1").await.unwrap();
    wire.sent("POST", "/user_groups/group-1/users/user-1");
}

pub(super) async fn remove_user(wire: &Wire) {
    wire.client()
        .user_groups()
        .remove_user("group-1", "user-2")
        .await
        .unwrap();
    wire.sent("DELETE", "/user_groups/group-1/users/user-2");
}
