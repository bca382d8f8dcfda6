//! Cursor lists, with their faults and quirks.

use account_provisioning_emulator::cloudinary::CustomPolicy;
use account_provisioning_emulator::{Fault, Quirk};
use reqwest::Method;
use serde_json::{Value, json};

use super::{ACCOUNT_ROLE, ANYBODY, setting, text};
use crate::client::Bench;

/// A bench with this many custom policies, and two per page.
async fn policies(count: usize) -> Bench {
    let bench = Bench::of(setting().cursor_page_size(2).start().await.unwrap());
    let edit = |state: &mut account_provisioning_emulator::State| {
        let account = state.cloudinary.accounts.get_mut("emulator-account").unwrap();
        for number in 0..count {
            let name = format!("p{number}");
            account.custom_policies.insert(CustomPolicy::new(&name, &name, ANYBODY));
        }
    };
    bench.emulator.edit_state(edit).unwrap();
    bench
}

/// Returns the names on a page and its cursor.
async fn page(bench: &Bench, cursor: Option<&str>) -> (Vec<String>, Option<String>) {
    let query = cursor.map_or(String::new(), |cursor| format!("?cursor={cursor}"));
    let body = bench.see(&format!("/policies/custom{query}")).await;
    let names = super::ids(&body).into_iter().map(str::to_owned).collect();
    (names, body.get("next_cursor").map(text))
}

#[tokio::test]
async fn pages_hold_every_entry_once_whatever_their_number() {
    for count in [0, 1, 2, 3, 4, 99, 100] {
        let bench = policies(count).await;
        let (mut seen, mut next) = page(&bench, None).await;
        let mut pages = 1;
        while let Some(cursor) = next {
            let (names, after) = page(&bench, Some(&cursor)).await;
            assert!(!names.is_empty(), "no page is empty");
            seen.extend(names);
            next = after;
            pages += 1;
        }
        let expected: Vec<String> = (0..count).map(|number| format!("p{number}")).collect();
        assert_eq!((seen, pages), (expected, count.div_ceil(2).max(1)));
    }
}

#[tokio::test]
async fn cursor_of_another_list_is_400_and_an_empty_one_the_beginning() {
    let bench = policies(3).await;
    let (first, next) = page(&bench, None).await;
    assert_eq!(page(&bench, Some("")).await.0, first);
    let elsewhere = format!("/principal_roles/inspect?scope_type=account&cursor={}", next.unwrap());
    assert_eq!(bench.look(&elsewhere).await.0, 400);
}

#[tokio::test]
async fn list_ends_with_an_empty_cursor_by_the_quirk() {
    let bench = policies(3).await;
    bench.emulator.set_quirk(Quirk::EmptyCursorAtEnd, true);
    let (_, next) = page(&bench, None).await;
    assert_eq!(
        page(&bench, next.as_deref()).await,
        (vec!["p2".to_owned()], Some(String::new()))
    );
}

#[tokio::test]
async fn repeated_cursor_comes_back_as_it_was_sent() {
    let bench = policies(5).await;
    bench.emulator.inject(Fault::repeated_cursor().on("getCustomPolicies"));
    let (_, first) = page(&bench, None).await;
    let (names, second) = page(&bench, first.as_deref()).await;
    assert_eq!((names, &second), (vec!["p2".to_owned(), "p3".to_owned()], &first));
}

#[tokio::test]
async fn cursor_cycle_goes_back_and_forth_between_two_cursors_however_short_the_list_is() {
    for count in [0, 3, 100] {
        let bench = policies(count).await;
        bench.emulator.inject(Fault::cursor_cycle().on("getCustomPolicies"));
        let mut cursors = Vec::new();
        let mut next = None;
        for _ in 0..6 {
            next = page(&bench, next.as_deref()).await.1;
            cursors.push(next.clone().unwrap());
        }
        assert_eq!((&cursors[0], &cursors[1]), (&cursors[2], &cursors[3]));
        assert_eq!((&cursors[2], &cursors[3]), (&cursors[4], &cursors[5]));
        assert_ne!(cursors[0], cursors[1]);
    }
}

#[tokio::test]
async fn empty_page_leads_to_what_it_should_have_held_under_a_cursor_never_seen() {
    let bench = policies(3).await;
    bench
        .emulator
        .inject(Fault::empty_page().on("getCustomPolicies").nth(2).times(2));
    let (_, first) = page(&bench, None).await;
    let (names, second) = page(&bench, first.as_deref()).await;
    assert!(names.is_empty() && second != first);
    let (names, third) = page(&bench, second.as_deref()).await;
    assert!(names.is_empty() && third != second && third != first);
    assert_eq!(page(&bench, third.as_deref()).await, (vec!["p2".to_owned()], None));
}

#[tokio::test]
async fn cursor_faults_do_not_strike_lists_without_cursors() {
    let bench = policies(0).await;
    let faults = [Fault::cursor_cycle(), Fault::empty_page()].map(|fault| bench.emulator.inject(fault));
    bench.see("/roles?permission_type=global").await;
    bench.get("/users?page=1").await;
    assert_eq!(faults.map(|fault| bench.emulator.struck(fault)), [Some(0), Some(0)]);
}

#[tokio::test]
async fn cursor_of_an_inspection_stands_in_the_query_or_in_the_body() {
    let bench = Bench::of(setting().cursor_page_size(1).start().await.unwrap());
    for (kind, id) in [("user", "ann"), ("user", "bob"), ("apiKey", "key-1")] {
        bench.assign(kind, id, json!({ "id": ACCOUNT_ROLE })).await;
    }
    let named =
        json!([{ "type": "user", "id": "bob" }, { "type": "user", "id": "ann" }, { "type": "group", "id": "editors" }]);
    let (mut one, mut many) = (Vec::new(), Vec::new());
    for (found, in_body) in [(&mut one, false), (&mut many, true)] {
        let mut cursor: Option<String> = None;
        loop {
            let body = if in_body {
                let mut body = json!({ "scope_type": "account", "principals": named });
                if let Some(cursor) = &cursor {
                    body["cursor"] = json!(cursor);
                }
                let (status, reply) = bench.ask(Method::POST, "/principal_roles/inspect", Some(body)).await;
                assert_eq!(status, 200, "{reply}");
                reply
            } else {
                let query = cursor
                    .as_ref()
                    .map_or(String::new(), |cursor| format!("&cursor={cursor}"));
                bench
                    .see(&format!("/principal_roles/inspect?scope_type=account{query}"))
                    .await
            };
            let page: &Vec<Value> = body["data"]["principals"].as_array().unwrap();
            assert_eq!(page.len(), 1);
            found.push(text(&page[0]["id"]));
            cursor = body.get("next_cursor").map(text);
            if cursor.is_none() {
                break;
            }
        }
    }
    assert_eq!(one, ["ann", "bob", "key-1"]);
    assert_eq!(many, ["bob", "ann", "editors"]);
}

#[tokio::test]
async fn deleting_what_a_page_holds_skips_nothing_on_the_next() {
    let bench = policies(7).await;
    let mut deleted = Vec::new();
    let mut cursor = None;
    loop {
        let (names, next) = page(&bench, cursor.as_deref()).await;
        for name in names {
            let gone = bench
                .ask(Method::DELETE, &format!("/policies/custom/{name}"), None)
                .await;
            assert_eq!(gone.0, 204, "{gone:?}");
            deleted.push(name);
        }
        cursor = next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(deleted, ["p0", "p1", "p2", "p3", "p4", "p5", "p6"]);
}

#[tokio::test]
async fn deleting_principals_while_inspecting_skips_none() {
    let bench = Bench::of(setting().cursor_page_size(1).start().await.unwrap());
    for (kind, id) in [("user", "ann"), ("user", "bob"), ("apiKey", "key-1")] {
        bench.assign(kind, id, json!({ "id": ACCOUNT_ROLE })).await;
    }
    let first = bench.see("/principal_roles/inspect?scope_type=account").await;
    assert_eq!(first["data"]["principals"][0]["id"], "ann");
    let edited = bench.emulator.edit_state(|state| {
        let account = state.cloudinary.accounts.get_mut("emulator-account").unwrap();
        account
            .role_assignments
            .retain(|assignment| assignment.principal_id != "ann");
        account.users.remove("ann");
        for group in account.user_groups.iter_mut() {
            group.user_ids.shift_remove("ann");
        }
    });
    edited.unwrap();
    let cursor = text(&first["next_cursor"]);
    let second = bench
        .see(&format!("/principal_roles/inspect?scope_type=account&cursor={cursor}"))
        .await;
    assert_eq!(second["data"]["principals"][0]["id"], "bob");
}
