//! Users on the wire.

use account_provisioning::cloudinary::{LoginRangeMode, SortOrder, UserRole, UserSortBy};
use chrono::NaiveDate;
use integration_tests::wire::Wire;
use serde_json::json;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) async fn list(wire: &Wire) {
    let users = wire.client().users();
    // What stands before `page` in the alphabet goes before it, and the rest after it.
    for (call, before, after) in [
        (users.list(), "", ""),
        (users.list().pending(true), "", "&pending=true"),
        (users.list().pending(false), "", "&pending=false"),
        (users.list().ids(["user-2", "user-1"]), "ids=user-2&ids=user-1&", ""),
        (
            users.list().emails(["ann@client.example", "bob@client.example"]),
            "emails=ann%40client.example&emails=bob%40client.example&",
            "",
        ),
        (users.list().prefix("Ann"), "", "&prefix=Ann"),
        (users.list().product_environment("env-1"), "", "&sub_account_id=env-1"),
        (users.list().last_login(true), "last_login=true&", ""),
        (users.list().last_login(false), "last_login=false&", ""),
        (users.list().last_login_from(day("2025-02-03")), "from=2025-02-03&", ""),
        (users.list().last_login_to(day("2025-12-31")), "", "&to=2025-12-31"),
        (
            users.list().last_login_mode(LoginRangeMode::Include),
            "",
            "&union_type=include",
        ),
        (
            users.list().last_login_mode(LoginRangeMode::Exclude),
            "",
            "&union_type=exclude",
        ),
        (users.list().sort_by(UserSortBy::Name), "", "&sort_by=name"),
        (users.list().sort_by(UserSortBy::Role), "", "&sort_by=role"),
        (users.list().sort_by(UserSortBy::Status), "", "&sort_by=status"),
        (users.list().sort_by(UserSortBy::Activity), "", "&sort_by=activity"),
        (users.list().sort_by(UserSortBy::CreatedAt), "", "&sort_by=created_at"),
        (users.list().sort_order(SortOrder::Asc), "", "&sort_order=asc"),
        (users.list().sort_order(SortOrder::Desc), "", "&sort_order=desc"),
        (
            users
                .list()
                .last_login_mode(LoginRangeMode::Include)
                .last_login_to(day("2025-12-31"))
                .product_environment("env-2")
                .sort_order(SortOrder::Asc)
                .sort_by(UserSortBy::Name)
                .prefix("a")
                .pending(true)
                .last_login(true)
                .ids(["user-1"])
                .last_login_from(day("2025-01-01")),
            "from=2025-01-01&ids=user-1&last_login=true&",
            "&pending=true&prefix=a&sort_by=name&sort_order=asc&sub_account_id=env-2&to=2025-12-31&union_type=include",
        ),
    ] {
        call.await.unwrap();
        wire.sent("GET", &format!("/users?{before}page=1&page_size=100{after}"));
    }
    users.list().page(3).page_size(25).await.unwrap();
    wire.sent("GET", "/users?page=3&page_size=25");
}

pub(super) async fn create(wire: &Wire) {
    let users = wire.client().users();
    for (call, body) in [
        (
            users.create("A", "a@x.example"),
            json!({ "name": "A", "email": "a@x.example" }),
        ),
        (
            users.create("B", "b@x.example").role(UserRole::Reports),
            json!({ "name": "B", "email": "b@x.example", "role": "reports" }),
        ),
        (
            users
                .create("C", "c@x.example")
                .product_environments(["env-1", "env-2"]),
            json!({ "name": "C", "email": "c@x.example", "sub_account_ids": ["env-1", "env-2"] }),
        ),
        (
            users.create("D", "d@x.example").enabled(false),
            json!({ "name": "D", "email": "d@x.example", "enabled": false }),
        ),
        (
            users
                .create("E", "e@x.example")
                .enabled(true)
                .product_environments(["env-2"])
                .role(UserRole::MediaLibraryAdmin),
            json!({
                "name": "E", "email": "e@x.example", "role": "media_library_admin", "sub_account_ids": ["env-2"],
                "enabled": true,
            }),
        ),
    ] {
        call.await.unwrap();
        wire.sent_with("POST", "/users", body);
    }
    for (number, (role, sent)) in [
        (UserRole::MasterAdmin, "master_admin"),
        (UserRole::Admin, "admin"),
        (UserRole::Billing, "billing"),
        (UserRole::TechnicalAdmin, "technical_admin"),
        (UserRole::Reports, "reports"),
        (UserRole::MediaLibraryAdmin, "media_library_admin"),
        (UserRole::MediaLibraryUser, "media_library_user"),
    ]
    .into_iter()
    .enumerate()
    {
        let email = format!("role{number}@x.example");
        let user = users.create("R", &email).role(role.clone()).await.unwrap();
        assert_eq!(user.role, Some(role));
        wire.sent_with("POST", "/users", json!({ "name": "R", "email": email, "role": sent }));
    }
}

pub(super) async fn get(wire: &Wire) {
    let users = wire.client().users();
    users.get("user-1").await.unwrap();
    wire.sent("GET", "/users/user-1");
    assert!(users.get_opt("user-1").await.unwrap().is_some());
    wire.sent("GET", "/users/user-1");
}

pub(super) async fn update(wire: &Wire) {
    let users = wire.client().users();
    for (call, body) in [
        (users.update("user-1"), json!({})),
        (users.update("user-1").name("New"), json!({ "name": "New" })),
        (
            users.update("user-1").email("new@x.example"),
            json!({ "email": "new@x.example" }),
        ),
        (
            users.update("user-1").role(UserRole::Billing),
            json!({ "role": "billing" }),
        ),
        (
            users.update("user-1").product_environments(["env-1"]),
            json!({ "sub_account_ids": ["env-1"] }),
        ),
        (users.update("user-1").enabled(false), json!({ "enabled": false })),
        (
            users
                .update("user-1")
                .enabled(true)
                .product_environments(["env-2", "env-1"])
                .role(UserRole::Admin)
                .email("all@x.example")
                .name("All"),
            json!({
                "name": "All", "email": "all@x.example", "role": "admin", "sub_account_ids": ["env-2", "env-1"],
                "enabled": true,
            }),
        ),
    ] {
        call.await.unwrap();
        wire.sent_with("PUT", "/users/user-1", body);
    }
}

pub(super) async fn delete(wire: &Wire) {
    wire.client().users().delete("user-1").await.unwrap();
    wire.sent("DELETE", "/users/user-1");
}

pub(super) async fn groups(wire: &Wire) {
    wire.client().users().groups("user-2").await.unwrap();
    wire.sent("GET", "/users/user-2/groups");
    wire.client().users().groups("user-2").collect().await.unwrap();
    wire.sent("GET", "/users/user-2/groups");
}

pub(super) async fn environments(wire: &Wire) {
    wire.client().users().product_environments("user-2").await.unwrap();
    wire.sent("GET", "/users/user-2/sub_accounts");
    wire.client()
        .users()
        .product_environments("user-2")
        .collect()
        .await
        .unwrap();
    wire.sent("GET", "/users/user-2/sub_accounts");
}
