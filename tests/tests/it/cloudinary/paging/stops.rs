//! Lists that can't be read to their end, and what they say about it.

use account_provisioning::{Error, ErrorKind, PagingStop, RetryPolicy};
use account_provisioning_emulator::{Fault, Quirk};
use integration_tests::Stage;
use integration_tests::state::{self, ENVIRONMENT};
use integration_tests::wording::assert_well_worded;

use super::{all, api_keys, stage_with_keys, stage_with_users, stored, until_failure, user_ids};

/// Checks that a list stopped for a reason after so many items.
fn assert_stopped(error: &Error, stop: PagingStop, read: usize) {
    assert_eq!(error.kind(), ErrorKind::Paging, "{error}");
    let paging = error.paging().expect("a list that stops says where");
    assert_eq!((paging.stop, paging.read), (stop, read as u64), "{error}");
    assert_eq!(paging.checkpoint.read(), read as u64);
    assert_eq!(Some(paging.checkpoint.operation()), error.operation());
    assert!(error.to_string().contains(&format!("after {read} items")), "{error}");
    assert_well_worded(error);
}

#[tokio::test]
async fn list_whose_server_ignores_the_page_stops_after_the_first() {
    for (count, size) in [(5, 2), (3, 10), (2, 2)] {
        let stage = stage_with_users(count).await;
        stage.emulator.set_quirk(Quirk::PageIgnored, true);
        let first = count.min(size as usize);
        let (read, error) = until_failure(stage.client.users().list().page_size(size).stream()).await;
        assert_eq!(read, user_ids(count)[..first], "what came has been handed out");
        assert_stopped(&error, PagingStop::RepeatedPage, first);
        assert_eq!(stage.emulator.requests().len(), 2);
    }
}

#[tokio::test]
async fn list_with_a_total_whose_server_ignores_the_page_stops_after_the_first() {
    let stage = stage_with_keys(50).await;
    stage.emulator.inject(Fault::ignored_page());
    let (read, error) = until_failure(stage.client.access_keys(ENVIRONMENT).list().page_size(2).stream()).await;
    assert_eq!(read, api_keys(50)[..2]);
    assert_stopped(&error, PagingStop::RepeatedPage, 2);
    assert!(
        stage.emulator.requests().len() <= 9,
        "the first page, the next, and seven ahead"
    );
}

#[tokio::test]
async fn list_that_holds_all_in_its_first_page_never_asks_whether_the_page_is_ignored() {
    let stage = stage_with_keys(2).await;
    stage.emulator.inject(Fault::ignored_page());
    let list = stage.client.access_keys(ENVIRONMENT).list();
    assert_eq!(all(list.stream()).await, api_keys(2));
}

#[tokio::test]
async fn list_whose_later_page_is_repeated_stops_there() {
    let stage = stage_with_users(10).await;
    // Page 4 is page 3 again: the first page is not one that this fault counts.
    stage.emulator.inject(Fault::repeated_page().nth(3));
    let (read, error) = until_failure(stage.client.users().list().page_size(2).stream()).await;
    assert_eq!(read, user_ids(10)[..6]);
    assert_stopped(&error, PagingStop::RepeatedPage, 6);
}

#[tokio::test]
async fn list_that_begins_anew_after_some_pages_stops_there() {
    let stage = stage_with_users(10).await;
    stage.emulator.inject(Fault::ignored_page().from_nth(4));
    let (read, error) = until_failure(stage.client.users().list().page_size(2).stream()).await;
    assert_eq!(read, user_ids(10)[..6], "page 4 is page 1, not its neighbour");
    assert_stopped(&error, PagingStop::RepeatedPage, 6);
    // Once the server is well, the checkpoint leads to the rest.
    stage.emulator.clear_faults();
    let rest = stage
        .client
        .users()
        .list()
        .resume(stored(&error.paging().unwrap().checkpoint));
    assert_eq!(all(rest).await, user_ids(10)[6..]);
}

#[tokio::test]
async fn access_keys_of_exactly_100_pages_are_read_and_of_more_stop_at_the_limit() {
    let stage = stage_with_keys(100).await;
    let list = stage.client.access_keys(ENVIRONMENT).list().page_size(1);
    assert_eq!(all(list.stream()).await, api_keys(100));

    let stage = stage_with_keys(250).await;
    let list = || stage.client.access_keys(ENVIRONMENT).list();
    let (read, error) = until_failure(list().page_size(2).stream()).await;
    assert_eq!(read, api_keys(250)[..200]);
    assert_stopped(&error, PagingStop::PageLimit, 200);
    assert!(error.to_string().contains("raise the page size above 2"), "{error}");
    let requests = stage.emulator.requests_for("getAccessKeys");
    assert_eq!(requests.len(), 100, "page 101 is never asked for");

    // The checkpoint holds the page size, so it stands at the same wall.
    let (read, again) = until_failure(list().resume(stored(&error.paging().unwrap().checkpoint))).await;
    assert!(read.is_empty());
    assert_eq!(again.paging().unwrap().stop, PagingStop::PageLimit);
    assert_eq!(
        all(list().page_size(3).stream()).await,
        api_keys(250),
        "the remedy works"
    );
}

#[tokio::test]
async fn list_interrupted_says_how_far_it_came_and_resuming_completes_it_once() {
    for page in 1..=4 {
        let stage = stage_with_users(7).await;
        stage.emulator.inject(Fault::status(500).on("getUsers").nth(page));
        let list = || stage.client.users().list().page_size(2);
        let (mut read, error) = until_failure(list().retry(RetryPolicy::never()).stream()).await;
        let before = (page as usize - 1) * 2;
        assert_eq!(read.len(), before);
        assert!(error.is_server(), "it is the request's own error: {error}");
        let paging = error.paging().unwrap();
        assert_eq!((paging.stop, paging.read), (PagingStop::Interrupted, before as u64));
        assert_well_worded(&error);

        read.extend(all(list().resume(stored(&paging.checkpoint))).await);
        assert_eq!(read, user_ids(7), "interrupted at page {page}");
    }
}

#[tokio::test]
async fn list_with_a_total_interrupted_resumes_where_it_stopped() {
    let stage = stage_with_keys(20).await;
    stage.emulator.inject(Fault::status(403).on("getAccessKeys").nth(5));
    let list = || stage.client.access_keys(ENVIRONMENT).list().page_size(2);
    let (mut read, error) = until_failure(list().stream()).await;
    assert!(read.len() < 20 && error.is_permission_denied(), "{error}");
    assert_eq!(error.paging().unwrap().read, read.len() as u64);
    read.extend(all(list().resume(stored(&error.paging().unwrap().checkpoint))).await);
    assert_eq!(read, api_keys(20));
}

#[tokio::test]
async fn list_that_fails_before_anything_is_sent_has_nothing_to_resume() {
    let stage = Stage::with(state::with_users(3), |client| client).await;
    let (read, error) = until_failure(stage.client.users().list().page_size(0).stream()).await;
    assert!(
        read.is_empty() && error.is_invalid_input() && error.paging().is_none(),
        "{error}"
    );
    assert!(stage.emulator.requests().is_empty());
    assert_well_worded(&error);
}
