//! Which users a list shows, and in what order.

use account_provisioning::Pager;
use account_provisioning::cloudinary::requests::GetUsers;
use account_provisioning::cloudinary::users::Users;
use account_provisioning::cloudinary::{LoginRangeMode, SortOrder, UserSortBy};
use account_provisioning_emulator::Quirk;
use account_provisioning_emulator::cloudinary::User;
use chrono::{DateTime, NaiveDate, Utc};
use integration_tests::{Stage, world};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn time(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Ann, anna, Bob (pending), Cleo, whose logins were on the first of January, February and March 2025, and never.
async fn stage() -> Stage {
    let mut account = world::account();
    account.users = Default::default();
    account.user_groups = Default::default();
    for (number, (id, name, role, login)) in [
        ("1", "Ann", "reports", Some("2025-01-01T00:00:00Z")),
        ("2", "anna", "admin", Some("2025-02-01T12:00:00Z")),
        ("3", "Bob", "billing", Some("2025-03-01T23:59:59Z")),
        ("4", "Cleo", "technical_admin", None),
    ]
    .into_iter()
    .enumerate()
    {
        let mut user = User::new(id, name, format!("{id}@client.example"));
        user.role = role.to_owned();
        user.pending = name == "Bob";
        user.last_login = login.map(time);
        user.created_at = time(&format!("2024-01-0{}T00:00:00Z", number + 1));
        if name == "Cleo" {
            user.sub_account_ids = Some(["env-2".to_owned()].into_iter().collect());
        }
        account.users.insert(user);
    }
    Stage::with(world::emulator([account]), |client| client).await
}

/// The users that a list shows, oldest first.
async fn found(users: &Users, filter: impl Fn(Pager<GetUsers>) -> Pager<GetUsers>) -> String {
    let list = || {
        filter(users.list())
            .sort_by(UserSortBy::CreatedAt)
            .sort_order(SortOrder::Asc)
    };
    let page: Vec<String> = list()
        .await
        .unwrap()
        .into_iter()
        .map(|user| user.id.to_string())
        .collect();
    let streamed: Vec<String> = list()
        .page_size(1)
        .collect()
        .await
        .unwrap()
        .into_iter()
        .map(|user| user.id.to_string())
        .collect();
    assert_eq!(page, streamed);
    page.concat()
}

#[tokio::test]
async fn users_filtered_are_those_that_fit() {
    let stage = stage().await;
    let users = stage.client.users();
    assert_eq!(found(&users, |list| list).await, "1234");
    assert_eq!(found(&users, |list| list.prefix("ANN")).await, "12");
    assert_eq!(found(&users, |list| list.prefix("anna")).await, "2");
    assert_eq!(found(&users, |list| list.prefix("nn")).await, "");
    assert_eq!(found(&users, |list| list.pending(true)).await, "3");
    assert_eq!(found(&users, |list| list.product_environment("env-1")).await, "123");
    assert_eq!(found(&users, |list| list.product_environment("env-2")).await, "1234");
    assert_eq!(found(&users, |list| list.ids(["4", "1", "nobody"])).await, "14");
    assert_eq!(found(&users, |list| list.emails(["2@CLIENT.example"])).await, "2");
    assert_eq!(found(&users, |list| list.prefix("a").ids(["1", "3"])).await, "1");
    assert_eq!(found(&users, |list| list.pending(true).prefix("a")).await, "");
    let unknown = users.list().product_environment("no-such").await.unwrap_err();
    assert!(unknown.is_not_found(), "{unknown:?}");
}

#[tokio::test]
async fn pending_false_is_everyone_or_the_others_as_the_service_has_it() {
    let stage = stage().await;
    let users = stage.client.users();
    assert_eq!(found(&users, |list| list.pending(false)).await, "1234");
    stage.emulator.set_quirk(Quirk::PendingFalseMeansActive, true);
    assert_eq!(found(&users, |list| list.pending(false)).await, "124");
}

#[tokio::test]
async fn users_by_last_login_are_those_within_the_dates_or_the_others() {
    let stage = stage().await;
    let users = stage.client.users();
    let (january, february, march, april) = (
        day("2025-01-01"),
        day("2025-02-01"),
        day("2025-03-01"),
        day("2025-04-01"),
    );
    assert_eq!(found(&users, |list| list.last_login(true)).await, "123");
    assert_eq!(found(&users, |list| list.last_login(false)).await, "4");
    assert_eq!(found(&users, |list| list.last_login_from(february)).await, "23");
    assert_eq!(found(&users, |list| list.last_login_to(february)).await, "1");
    assert_eq!(
        found(&users, |list| list.last_login_from(january).last_login_to(april)).await,
        "123"
    );
    assert_eq!(
        found(&users, |list| list
            .last_login(true)
            .last_login_from(february)
            .last_login_to(march))
        .await,
        "2"
    );
    let include = LoginRangeMode::Include;
    let exclude = LoginRangeMode::Exclude;
    assert_eq!(
        found(&users, |list| list
            .last_login_from(february)
            .last_login_to(march)
            .last_login_mode(include.clone()))
        .await,
        "2"
    );
    assert_eq!(
        found(&users, |list| list
            .last_login_from(february)
            .last_login_to(march)
            .last_login_mode(exclude.clone()))
        .await,
        "134"
    );
    assert_eq!(
        found(&users, |list| list.last_login_from(march).last_login_to(march)).await,
        ""
    );
}

#[tokio::test]
async fn dates_in_the_wrong_order_are_refused_before_anything_is_sent() {
    let stage = stage().await;
    let list = stage
        .client
        .users()
        .list()
        .last_login_from(day("2025-02-02"))
        .last_login_to(day("2025-02-01"));
    let problem = list.await.unwrap_err();
    assert!(
        problem.is_invalid_input() && problem.to_string().contains("`last_login_from`"),
        "{problem}"
    );
    assert!(stage.emulator.requests().is_empty());
}

#[tokio::test]
async fn users_sorted_are_in_that_order() {
    let stage = stage().await;
    let users = stage.client.users();
    for (by, ascending) in [
        (UserSortBy::Name, ["1", "2", "3", "4"]),
        (UserSortBy::Role, ["2", "3", "1", "4"]),
        (UserSortBy::Status, ["1", "2", "4", "3"]),
        (UserSortBy::Activity, ["4", "1", "2", "3"]),
        (UserSortBy::CreatedAt, ["1", "2", "3", "4"]),
    ] {
        let order = async |list: Pager<GetUsers>| -> Vec<String> {
            list.await
                .unwrap()
                .into_iter()
                .map(|user| user.id.to_string())
                .collect()
        };
        let sorted = || users.list().sort_by(by.clone());
        assert_eq!(order(sorted().sort_order(SortOrder::Asc)).await, ascending, "{by:?}");
        let descending: Vec<&str> = ascending.iter().rev().copied().collect();
        assert_eq!(order(sorted().sort_order(SortOrder::Desc)).await, descending, "{by:?}");
        assert_eq!(order(sorted()).await, descending, "{by:?} without an order");
    }
}
