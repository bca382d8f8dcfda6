//! Lists of ids and e-mail addresses: split where the vendor takes no more, joined, and checked.

use account_provisioning::{ErrorKind, PagingEnd, PagingStop};
use account_provisioning_emulator::{Fault, Quirk};
use futures::TryStreamExt as _;
use integration_tests::Stage;
use integration_tests::state::{self, user_email, user_id};
use integration_tests::wording::assert_well_worded;
use serde_json::json;

use super::{all, stage_with_users, until_failure};

fn ids(range: std::ops::Range<usize>) -> Vec<String> {
    range.map(user_id).collect()
}

async fn sorted(items: account_provisioning::Items<account_provisioning::cloudinary::User>) -> Vec<String> {
    let mut read = all(items).await;
    read.sort();
    read
}

#[tokio::test]
async fn users_by_id_over_a_hundred_are_asked_for_in_requests_of_a_hundred() {
    let stage = stage_with_users(300).await;
    for (count, requests) in [(1, 1), (99, 1), (100, 1), (101, 2), (200, 2), (250, 3)] {
        stage.emulator.clear_requests();
        let mut stream = stage.client.users().list().ids(ids(0..count)).stream();
        let mut read = Vec::new();
        while let Some(user) = stream.try_next().await.unwrap() {
            read.push(user.id.to_string());
        }
        read.sort();
        assert_eq!(read, ids(0..count));
        assert_eq!(stream.end(), Some(PagingEnd::AllFound));
        let sent = stage.emulator.requests_for("getUsers");
        assert_eq!(sent.len(), requests, "{count} ids");
        for request in sent {
            let asked = request.query_pairs().iter().filter(|(name, _)| name == "ids").count();
            assert!((1..=100).contains(&asked), "{asked}");
        }
    }
}

#[tokio::test]
async fn users_by_id_whose_server_ignores_paging_come_once() {
    for (asked, page_size) in [(5, 2), (5, 5), (5, 100), (150, 20)] {
        let emulator = state::with_users(200).quirk(Quirk::IdsOverrideFilters, true);
        let stage = Stage::with(emulator, |client| client).await;
        let list = stage.client.users().list().ids(ids(0..asked)).page_size(page_size);
        assert_eq!(sorted(list.stream()).await, ids(0..asked));
        assert_eq!(
            stage.emulator.requests().len(),
            asked.div_ceil(100),
            "everything came with the first page"
        );
    }
}

#[tokio::test]
async fn users_by_id_of_which_some_are_gone_come_once_whether_paging_is_ignored_or_not() {
    for ignored in [false, true] {
        let emulator = state::with_users(120).quirk(Quirk::IdsOverrideFilters, ignored);
        let stage = Stage::with(emulator, |client| client).await;
        for page_size in [1, 2, 7, 100] {
            // 100 to 119 exist, 120 to 259 don't.
            let list = stage.client.users().list().ids(ids(100..260)).page_size(page_size);
            assert_eq!(sorted(list.stream()).await, ids(100..120), "{ignored} {page_size}");
        }
    }
}

#[tokio::test]
async fn users_by_id_of_which_some_are_missing_from_a_full_page_that_is_repeated_are_not_all_found() {
    // Some ids don't exist, or are on a page that the service doesn't return: nobody can tell.
    for (page, asked, page_size) in [(2, 5, 2), (50, 100, 50)] {
        let users: Vec<_> = ids(0..page).iter().map(|id| json!({ "id": id })).collect();
        let stage = stage_with_users(0).await;
        let body = json!({ "users": users }).to_string();
        stage
            .emulator
            .inject(Fault::body_replaced(200, "application/json", body));
        let list = || stage.client.users().list().ids(ids(0..asked)).page_size(page_size);
        let (read, error) = until_failure(list().stream()).await;
        assert_eq!(read, ids(0..page), "what came has been handed out");
        let paging = error.paging().unwrap();
        assert_eq!(
            (paging.stop, paging.read),
            (PagingStop::RepeatedPage, page as u64),
            "{error}"
        );
        assert_well_worded(&error);
        let error = list().await.unwrap_err();
        assert_eq!(error.paging().unwrap().stop, PagingStop::RepeatedPage, "{error}");
    }
}

#[tokio::test]
async fn users_by_email_all_of_which_are_in_a_page_that_is_repeated_are_all_found() {
    let emulator = state::with_users(5).quirk(Quirk::IdsOverrideFilters, true);
    let stage = Stage::with(emulator, |client| client).await;
    let emails = || (0..5).map(user_email);
    let list = stage.client.users().list().emails(emails()).page_size(2);
    assert_eq!(sorted(list.stream()).await, ids(0..5));
    let missing = emails().chain(["nobody@x.example".to_owned()]);
    let list = stage.client.users().list().emails(missing).page_size(5);
    let (read, error) = until_failure(list.stream()).await;
    assert_eq!(read.len(), 5);
    assert_eq!(error.paging().unwrap().stop, PagingStop::RepeatedPage, "{error}");
}

#[tokio::test]
async fn users_by_id_none_of_which_exists_are_none() {
    let stage = stage_with_users(1).await;
    assert!(
        all(stage.client.users().list().ids(["nobody"]).stream())
            .await
            .is_empty()
    );
}

#[tokio::test]
async fn users_by_id_named_twice_come_once_and_by_case_are_different() {
    let stage = stage_with_users(2).await;
    let twice = [user_id(0), user_id(1), user_id(0)];
    assert_eq!(sorted(stage.client.users().list().ids(twice).stream()).await, ids(0..2));

    stage.emulator.clear_requests();
    let by_case = stage.client.users().list().ids(["abc", "ABC"]);
    all(by_case.stream()).await;
    let query = stage.emulator.requests()[0].query_pairs();
    let asked: Vec<_> = query
        .iter()
        .filter(|(name, _)| name == "ids")
        .map(|(_, id)| id.as_str())
        .collect();
    assert_eq!(
        asked,
        ["abc", "ABC"],
        "ids are opaque: no other user may be lost for looking alike"
    );
}

#[tokio::test]
async fn users_by_email_over_a_hundred_are_joined() {
    let stage = stage_with_users(130).await;
    let emails: Vec<_> = (0..130).map(user_email).collect();
    let read = sorted(stage.client.users().list().emails(emails).stream()).await;
    // Behind the full page of the first hundred, there could be another user of one of the addresses.
    assert_eq!((read, stage.emulator.requests().len()), (ids(0..130), 3));
}

#[tokio::test]
async fn users_by_email_in_another_case_are_found() {
    let stage = stage_with_users(3).await;
    let list = stage.client.users().list().emails([user_email(1).to_uppercase()]);
    assert_eq!(all(list.stream()).await, [user_id(1)]);
}

/// Answers with pages of users, each an id and an e-mail address, and then with empty ones.
fn answer(stage: &Stage, pages: &[&[(&str, &str)]]) {
    let body = |users: &[(&str, &str)]| {
        let users: Vec<_> = users
            .iter()
            .map(|(id, email)| json!({ "id": id, "email": email }))
            .collect();
        Fault::body_replaced(200, "application/json", json!({ "users": users }).to_string())
    };
    for (page, nth) in pages.iter().zip(1..) {
        stage.emulator.inject(body(page).nth(nth));
    }
    stage.emulator.inject(body(&[]).from_nth(pages.len() as u64 + 1));
}

#[tokio::test]
async fn users_who_share_an_email_hide_nobody() {
    let (a, b) = ("a@x.example", "b@x.example");
    for (asked, pages) in [
        // As many users as addresses, but not of all addresses.
        (vec![a, b], vec![vec![("1", a), ("2", a)], vec![("3", b)]]),
        (
            vec![a, b],
            vec![vec![("1", a), ("2", "A@X.example")], vec![("3", "B@x.example")]],
        ),
        // Another user of the same address may be behind a full page.
        (vec![a], vec![vec![("1", a), ("2", a)], vec![("3", a)]]),
        (vec![a, b], vec![vec![("1", a), ("2", b)], vec![("3", a)]]),
    ] {
        let stage = stage_with_users(0).await;
        let pages: Vec<&[(&str, &str)]> = pages.iter().map(Vec::as_slice).collect();
        answer(&stage, &pages);
        let list = stage.client.users().list().emails(asked.clone()).page_size(2);
        assert_eq!(all(list.stream()).await, ["1", "2", "3"], "{asked:?}");

        let stage = stage_with_users(0).await;
        answer(&stage, &pages);
        let list = stage.client.users().list().emails(asked.clone()).page_size(2);
        assert_eq!(list.await.unwrap().len(), 3, "{asked:?}");
    }
}

#[tokio::test]
async fn users_by_email_are_found_however_the_service_folds_its_letters() {
    for (asked, found) in [
        ("İpek@x.example", "i\u{307}pek@x.example"),
        ("İpek@x.example", "ipek@x.example"),
        ("STRAẞE@x.example", "straße@x.example"),
        ("STRASSE@x.example", "straße@x.example"),
        ("ΟΔΟΣ@x.example", "οδος@x.example"),
    ] {
        let stage = stage_with_users(0).await;
        answer(&stage, &[&[("1", found)]]);
        let list = stage.client.users().list().emails([asked]);
        assert_eq!(all(list.stream()).await, ["1"], "{asked}");
        assert_eq!(stage.emulator.requests().len(), 1, "{asked}: it was found");
    }
}

#[tokio::test]
async fn users_by_id_whose_later_page_is_repeated_are_not_all_found() {
    let stage = stage_with_users(0).await;
    let page: &[(&str, &str)] = &[("2", ""), ("3", "")];
    answer(&stage, &[&[("0", ""), ("1", "")], page, page]);
    let list = stage.client.users().list().ids(["0", "1", "2", "3", "4"]).page_size(2);
    let (read, error) = until_failure(list.stream()).await;
    assert_eq!(read, ["0", "1", "2", "3"]);
    assert_eq!(error.paging().unwrap().stop, PagingStop::RepeatedPage, "{error}");
}

#[tokio::test]
async fn users_by_id_awaited_are_one_page_of_all_of_them() {
    let stage = stage_with_users(250).await;
    let reply = stage.client.users().list().ids(ids(0..250)).response().await.unwrap();
    let mut read: Vec<_> = reply.iter().map(|user| user.id.to_string()).collect();
    read.sort();
    assert_eq!((read, reply.meta.status.as_u16()), (ids(0..250), 200));
    assert_eq!(
        (reply.number, reply.total),
        (None, None),
        "there is no page of three requests"
    );
}

#[tokio::test]
async fn users_by_id_over_a_hundred_with_a_page_are_refused() {
    let stage = stage_with_users(1).await;
    let error = stage.client.users().list().ids(ids(0..101)).page(1).await.unwrap_err();
    assert!(error.is_invalid_input() && error.to_string().contains("100"), "{error}");
    assert_well_worded(&error);
    let page = stage.client.users().list().ids(ids(0..100)).page(1).await.unwrap();
    assert_eq!((page.len(), stage.emulator.requests().len()), (1, 1));
}

#[tokio::test]
async fn users_by_id_answered_with_others_are_an_error_instead_of_the_wrong_users() {
    let stage = stage_with_users(2).await;
    let body = r#"{"users":[{"id":"user-00001"},{"id":"somebody-else"}]}"#;
    stage
        .emulator
        .inject(Fault::body_replaced(200, "application/json", body));
    let error = stage.client.users().list().ids(ids(1..2)).await.unwrap_err();
    assert_eq!((error.kind(), error.operation()), (ErrorKind::Decode, Some("getUsers")));
    assert!(
        error.to_string().contains("`ids`") && !error.to_string().contains("somebody"),
        "{error}"
    );
    assert_well_worded(&error);
}
