//! One page, with what the service says about the whole.

use integration_tests::state::ENVIRONMENT;
use integration_tests::wording::assert_well_worded;

use super::{api_keys, stage_with_keys, stage_with_users, until_failure, user_ids};

#[tokio::test]
async fn page_of_users_tells_its_number_and_size_and_no_total() {
    let stage = stage_with_users(5).await;
    let page = stage.client.users().list().page(2).page_size(2).await.unwrap();
    assert_eq!((page.number, page.page_size, page.total), (Some(2), Some(2), None));
    assert_eq!((page.next_cursor.as_deref(), page.len()), (None, 2));
    let ids: Vec<_> = page.into_iter().map(|user| user.id.to_string()).collect();
    assert_eq!(ids, user_ids(5)[2..4]);
    assert_eq!(stage.emulator.requests().len(), 1, "exactly one page");
}

#[tokio::test]
async fn page_of_access_keys_tells_the_total_too() {
    let stage = stage_with_keys(5).await;
    let list = || stage.client.access_keys(ENVIRONMENT).list();
    let page = list().page(3).page_size(2).await.unwrap();
    assert_eq!((page.number, page.page_size, page.total), (Some(3), Some(2), Some(5)));
    assert_eq!(
        page.into_iter().map(|key| key.api_key.to_string()).collect::<Vec<_>>(),
        api_keys(5)[4..]
    );
    let past = list().page(4).page_size(2).await.unwrap();
    assert!(
        past.is_empty() && past.total == Some(5),
        "a page past the end is empty and no error"
    );
}

#[tokio::test]
async fn page_by_default_is_the_first_of_a_hundred() {
    let stage = stage_with_users(101).await;
    let page = stage.client.users().list().await.unwrap();
    assert_eq!((page.number, page.page_size, page.len()), (Some(1), Some(100), 100));
}

#[tokio::test]
async fn page_chosen_for_a_stream_is_refused() {
    let stage = stage_with_users(5).await;
    let (read, error) = until_failure(stage.client.users().list().page(2).stream()).await;
    assert!(
        read.is_empty() && error.is_invalid_input() && error.to_string().contains("`page`"),
        "{error}"
    );
    assert_well_worded(&error);
    let error = stage.client.users().list().page(1).collect().await.unwrap_err();
    assert!(error.is_invalid_input(), "{error}");
    assert!(stage.emulator.requests().is_empty());
}

#[tokio::test]
async fn page_or_size_out_of_range_is_refused_before_anything_is_sent() {
    let stage = stage_with_keys(5).await;
    let keys = || stage.client.access_keys(ENVIRONMENT).list();
    let users = || stage.client.users().list();
    for (error, says) in [
        (users().page(0).await.unwrap_err(), "counted from 1"),
        (users().page_size(0).await.unwrap_err(), "at least 1"),
        (keys().page(0).await.unwrap_err(), "counted from 1"),
        (keys().page_size(0).await.unwrap_err(), "at least 1"),
        (keys().page(101).await.unwrap_err(), "100"),
    ] {
        assert!(error.is_invalid_input() && error.to_string().contains(says), "{error}");
        assert_well_worded(&error);
    }
    assert!(stage.emulator.requests().is_empty());
    keys().page(100).await.unwrap();
}
