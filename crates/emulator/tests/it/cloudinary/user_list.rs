//! The filters, the order and the pages of the list of users.

use account_provisioning_emulator::cloudinary::{ProductEnvironment, User, UserGroup};
use account_provisioning_emulator::{Emulator, Quirk};
use serde_json::{Value, json};

use crate::client::{Bench, each, message, time};

/// Eight users, created one day apart from 2026-01-01 on, whose last logins are 2025-06-01 and so on.
pub(crate) async fn eight() -> Bench {
    // id, name, role, pending, environments, day of the last login
    let users = [
        ("u0", "Ann", "master_admin", false, None, Some(1)),
        ("u1", "anna", "admin", false, Some(vec!["e1"]), Some(2)),
        ("u2", "Bob", "billing", true, Some(vec![]), None),
        ("u3", "bert", "reports", false, Some(vec!["e1", "e2"]), Some(3)),
        ("u4", "Cleo", "admin", true, None, None),
        ("u5", "ANNE", "technical_admin", false, Some(vec!["e2"]), Some(3)),
        ("u6", "dora", "media_library_user", false, None, Some(9)),
        ("u7", "Zoe", "a_role_of_tomorrow", false, Some(vec![]), None),
    ];
    let emulator = Emulator::builder()
        .clock(time("2026-01-15T12:00:00Z"))
        .start()
        .await
        .unwrap();
    emulator
        .edit_state(|state| {
            let account = state.cloudinary.accounts.get_mut("emulator-account").unwrap();
            account
                .product_environments
                .insert(ProductEnvironment::new("e1", "E1", "c1"));
            account
                .product_environments
                .insert(ProductEnvironment::new("e2", "E2", "c2"));
            for (day, (id, name, role, pending, environments, login)) in (0..).zip(users) {
                let mut user = User::new(id, name, format!("{id}@x.example"));
                user.role = role.to_owned();
                user.pending = pending;
                user.root = id == "u0";
                user.sub_account_ids = environments.map(|ids| ids.into_iter().map(str::to_owned).collect());
                user.last_login = login.map(|day| time("2025-05-31T10:30:00Z") + chrono::TimeDelta::days(day));
                user.created_at = time("2026-01-01T00:00:00Z") + chrono::TimeDelta::days(day);
                account.users.insert(user);
            }
            let mut group = UserGroup::new("g", "Group");
            group.user_ids = ["u1".to_owned(), "u2".to_owned()].into_iter().collect();
            account.user_groups.insert(group);
        })
        .unwrap();
    Bench::of(emulator)
}

async fn listed(bench: &Bench, query: &str) -> String {
    let (status, body) = bench.get(&format!("/users?{query}")).await;
    assert_eq!(status, 200, "{query}: {body}");
    each(&body, "users", "id").join(" ").replace('u', "")
}

#[tokio::test]
async fn list_with_each_filter_shows_whom_it_means() {
    let bench = eight().await;
    for (query, expected) in [
        ("", "0 1 2 3 4 5 6 7"),
        ("pending=true", "2 4"),
        ("pending=false", "0 1 2 3 4 5 6 7"),
        ("status=pending", "2 4"),
        ("status=active", "0 1 3 5 6 7"),
        ("prefix=ANN", "0 1 5"),
        ("prefix=b", "2 3"),
        ("sub_account_id=e1", "0 1 3 4 6"),
        ("ids=u3&ids=u1&ids=nobody", "1 3"),
        ("emails=U3%40x.example&emails=u5@x.example", "3 5"),
        ("ids=u1&ids=u2&pending=true", "2"),
        ("ids=u1&ids=u2&prefix=an", "1"),
        ("ids=u1&ids=u5&sub_account_id=e1", "1"),
        ("ids=u1&ids=u2&last_login=true", "1"),
        ("ids=u1&emails=u2@x.example", ""),
        ("last_login=true", "0 1 3 5 6"),
        ("last_login=false", "2 4 7"),
        ("last_login=true&from=2025-06-02", "1 3 5 6"),
        ("last_login=true&to=2025-06-02", "0"),
        ("last_login=true&from=2025-06-02&to=2025-06-04", "1 3 5"),
        ("from=2025-06-02&to=2025-06-04", "1 3 5"),
        (
            "last_login=true&from=2025-06-02&to=2025-06-04&union_type=include",
            "1 3 5",
        ),
        (
            "last_login=true&from=2025-06-02&to=2025-06-04&union_type=exclude",
            "0 2 4 6 7",
        ),
        ("last_login=false&from=2025-06-02&to=2025-06-04", "0 2 4 6 7"),
        ("last_login=true&from=2025-06-02+10:30:00&to=2025-06-02+10:30:01", "1"),
        ("last_login=true&from=2025-06-02T12:30:01%2B02:00&to=2025-06-04", "3 5"),
        ("from=2025-06-01&to=2025-06-02+10:30:00", "0"),
        ("union_type=exclude", "0 1 2 3 4 5 6 7"),
    ] {
        assert_eq!(
            listed(&bench, &format!("sort_order=asc&{query}")).await,
            expected,
            "{query}"
        );
    }
}

#[tokio::test]
async fn list_sorted_by_each_field_follows_it_both_ways() {
    let bench = eight().await;
    for (query, expected) in [
        ("", "7 6 5 4 3 2 1 0"),
        ("sort_by=created_at", "7 6 5 4 3 2 1 0"),
        ("sort_by=name&sort_order=asc", "0 1 5 3 2 4 6 7"),
        ("sort_by=name&sort_order=desc", "7 6 4 2 3 5 1 0"),
        ("sort_by=role&sort_order=asc", "7 1 4 2 0 6 3 5"),
        ("sort_by=status&sort_order=asc", "0 1 3 5 6 7 2 4"),
        ("sort_by=activity&sort_order=asc", "2 4 7 0 1 3 5 6"),
        ("sort_by=activity", "6 5 3 1 0 7 4 2"),
    ] {
        assert_eq!(listed(&bench, query).await, expected, "{query}");
    }
}

#[tokio::test]
async fn list_with_wrong_parameters_is_400_and_names_them() {
    let bench = Bench::start().await;
    for (query, name) in [
        ("pending=yes", "pending"),
        ("status=gone", "status"),
        ("from=yesterday", "from"),
        ("to=2026-02-30", "to"),
        ("union_type=both", "union_type"),
        ("sort_by=shoe_size", "sort_by"),
        ("sort_order=up", "sort_order"),
        ("page=0", "page"),
        ("page_size=-1", "page_size"),
        ("page_size=", "page_size"),
    ] {
        let (status, body) = bench.get(&format!("/users?{query}")).await;
        assert_eq!(status, 400, "{query}");
        assert!(message(&body).contains(name), "{query}: {body}");
    }
    for name in ["ids", "emails"] {
        let (status, body) = bench
            .get(&format!("/users?{}", vec![format!("{name}=x"); 101].join("&")))
            .await;
        assert_eq!(status, 400);
        assert!(message(&body).contains(name), "{body}");
    }
}

/// An emulator with this many users, from `0000` on, all created at the same time.
async fn many(count: usize) -> Bench {
    let emulator = Emulator::builder().start().await.unwrap();
    emulator
        .edit_state(|state| {
            let account = state.cloudinary.accounts.get_mut("emulator-account").unwrap();
            account
                .users
                .extend((0..count).map(|n| User::new(format!("{n:04}"), "N", format!("{n}@x.example"))));
        })
        .unwrap();
    Bench::of(emulator)
}

#[tokio::test]
async fn list_in_pages_loses_and_doubles_nothing_at_any_size() {
    for (count, size) in [
        (5, 1),
        (6, 2),
        (7, 3),
        (99, 99),
        (100, 99),
        (200, 100),
        (202, 101),
        (0, 10),
    ] {
        let bench = many(count).await;
        let mut seen = Vec::new();
        for page in 1.. {
            let (_, body) = bench
                .get(&format!("/users?page={page}&page_size={size}&sort_order=asc"))
                .await;
            let found = each(&body, "users", "id");
            assert!(found.len() <= size);
            if found.is_empty() {
                break;
            }
            seen.extend(found.into_iter().map(str::to_owned));
        }
        let expected: Vec<String> = (0..count).map(|n| format!("{n:04}")).collect();
        assert_eq!(seen, expected, "{count} users by {size}");
    }
}

#[tokio::test]
async fn page_sizes_by_default_and_at_most_are_as_set() {
    let bench = many(501).await;
    let count = async |query: &str| {
        bench.get(&format!("/users{query}")).await.1["users"]
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!(count("").await, 50);
    assert_eq!(count("?page_size=500").await, 500);
    assert_eq!(count("?page_size=501").await, 500, "capped without a word");
    bench.emulator.set_quirk(Quirk::UsersUnpaged, true);
    assert_eq!(count("").await, 501);
    assert_eq!(count("?page=1").await, 50);

    let emulator = Emulator::builder()
        .default_page_size(3)
        .max_page_size(4)
        .start()
        .await
        .unwrap();
    emulator.set_state(bench.emulator.state()).unwrap();
    let bench = Bench::of(emulator);
    let count = async |query: &str| {
        bench.get(&format!("/users{query}")).await.1["users"]
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!((count("").await, count("?page_size=9").await), (3, 4));
}

#[tokio::test]
async fn list_of_ids_comes_whole_unless_pages_are_asked_for() {
    let bench = many(80).await;
    let ids: Vec<String> = (0..60).map(|n| format!("ids={n:04}")).collect();
    let count = async |query: &str| {
        let (_, body): (u16, Value) = bench.get(&format!("/users?{}{query}", ids.join("&"))).await;
        body["users"].as_array().unwrap().len()
    };
    assert_eq!(count("").await, 60);
    assert_eq!(count("&page_size=25").await, 25);
    assert_eq!(count("&page_size=25&page=3").await, 10);
}

#[tokio::test]
async fn quirks_of_the_list_change_what_the_parameters_mean() {
    let bench = eight().await;
    bench.emulator.set_quirk(Quirk::PendingFalseMeansActive, true);
    assert_eq!(listed(&bench, "pending=false&sort_order=asc").await, "0 1 3 5 6 7");
    bench.emulator.set_quirk(Quirk::IdsOverrideFilters, true);
    assert_eq!(
        listed(&bench, "ids=u1&ids=u2&pending=true&page=7&sort_order=asc").await,
        "1 2"
    );
    bench.emulator.set_quirk(Quirk::StatusFilter, false);
    assert_eq!(
        listed(&bench, "status=pending&sort_order=asc").await,
        "0 1 2 3 4 5 6 7",
        "ignored like any other"
    );
}

/// Lists are written from the rows that earlier lists wrote.
#[tokio::test]
async fn lists_after_each_change_show_what_single_requests_show() {
    let bench = eight().await;
    let lists = [
        ("/users", "users", "/users", "id"),
        ("/sub_accounts", "sub_accounts", "/sub_accounts", "id"),
    ];
    let changes: &[(&str, &str, Value)] = &[
        ("PUT", "/users/u1", json!({ "name": "Anna Other" })),
        ("PUT", "/users/u3", json!({ "sub_account_ids": ["e1"] })),
        ("POST", "/user_groups/g/users/u3", json!({})),
        ("DELETE", "/user_groups/g/users/u1", Value::Null),
        ("POST", "/user_groups", json!({ "name": "Second" })),
        ("DELETE", "/user_groups/g", Value::Null),
        ("POST", "/sub_accounts", json!({ "name": "E3" })),
        ("PUT", "/sub_accounts/e2", json!({ "name": "Renamed" })),
        ("POST", "/sub_accounts/e2/access_keys", json!({ "name": "new" })),
        ("DELETE", "/sub_accounts/e1", Value::Null),
        ("DELETE", "/users/u6", Value::Null),
        ("POST", "/users", json!({ "name": "New", "email": "new@x.example" })),
    ];
    for (method, path, body) in [("GET", "/users", Value::Null)].iter().chain(changes) {
        if *method != "GET" {
            let request = bench.request(method.parse().unwrap(), path);
            let request = match body {
                Value::Null => request,
                body => request.json(body),
            };
            let response = request.send().await.unwrap();
            assert!(response.status().is_success(), "{method} {path}: {}", response.status());
        }
        for (list, field, one, id) in lists {
            // The second list is written from the rows of the first.
            for _ in 0..2 {
                let (_, body) = bench.get(list).await;
                for row in body[field].as_array().unwrap() {
                    let (_, single) = bench.get(&format!("{one}/{}", row[id].as_str().unwrap())).await;
                    assert_eq!(*row, single, "after {method} {path}");
                }
            }
        }
    }
}

#[tokio::test]
async fn list_after_a_change_of_the_state_shows_the_change() {
    let bench = eight().await;
    for name in ["First", "Second"] {
        bench
            .emulator
            .edit_state(|state| {
                let account = state.cloudinary.accounts.get_mut("emulator-account").unwrap();
                account
                    .users
                    .iter_mut()
                    .for_each(|user| name.clone_into(&mut user.name));
            })
            .unwrap();
        let (_, body) = bench.get("/users").await;
        assert!(
            each(&body, "users", "name").iter().all(|shown| *shown == name),
            "{body}"
        );
    }
}
