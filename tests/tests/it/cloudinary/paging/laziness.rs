//! When pages are fetched: not before they are needed, and only a little ahead.

use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use account_provisioning::ErrorKind;
use account_provisioning::time::ManualTime;
use account_provisioning_emulator::Fault;
use futures::{Stream, StreamExt as _, TryStreamExt as _};
use integration_tests::state::{self, ENVIRONMENT};
use integration_tests::wording::assert_well_worded;
use integration_tests::{Stage, builder};

use super::{all, api_keys, stage_with_keys, stage_with_users, user_ids};

/// Long enough for a request that is on its way to arrive; nothing is asserted about how long it takes.
async fn settle() {
    tokio::time::sleep(Duration::from_millis(150)).await;
}

#[tokio::test]
async fn stream_before_it_is_read_sends_nothing() {
    let stage = stage_with_users(3).await;
    let users = stage.client.users().list().stream();
    let pages = stage.client.users().list().pages();
    let keys = stage.client.access_keys(ENVIRONMENT).list().stream();
    settle().await;
    assert!(stage.emulator.requests().is_empty());
    drop((users, pages, keys));
}

#[tokio::test]
async fn stream_without_a_total_read_slowly_is_one_page_ahead() {
    let stage = stage_with_users(12).await;
    let mut stream = stage.client.users().list().page_size(3).stream();
    for read in 1..=12_usize {
        stream.try_next().await.unwrap().unwrap();
        if read % 3 == 1 {
            settle().await;
        }
        let handed_out = read.div_ceil(3);
        assert_eq!(stage.emulator.requests().len(), handed_out + 1, "after {read} items");
    }
}

#[tokio::test]
async fn stream_with_a_total_read_slowly_is_at_most_seven_pages_ahead() {
    let stage = stage_with_keys(40).await;
    let mut stream = stage.client.access_keys(ENVIRONMENT).list().page_size(2).stream();
    for read in 1..=40_usize {
        stream.try_next().await.unwrap().unwrap();
        if read % 2 == 1 {
            settle().await;
        }
        let handed_out = read.div_ceil(2);
        assert_eq!(
            stage.emulator.requests().len(),
            (handed_out + 7).min(20),
            "after {read} items"
        );
    }
}

#[tokio::test]
async fn stream_with_so_many_pages_ahead_fetches_so_many() {
    for ahead in [0, 1, 5] {
        let stage = stage_with_keys(20).await;
        let mut stream = stage
            .client
            .access_keys(ENVIRONMENT)
            .list()
            .page_size(2)
            .stream_ahead(ahead);
        stream.try_next().await.unwrap().unwrap();
        settle().await;
        assert_eq!(stage.emulator.requests().len(), 1 + ahead);
        assert_eq!(all(stream).await, api_keys(20)[1..]);

        let stage = stage_with_users(9).await;
        let mut stream = stage.client.users().list().page_size(2).stream_ahead(ahead);
        stream.try_next().await.unwrap().unwrap();
        settle().await;
        assert_eq!(
            stage.emulator.requests().len(),
            1 + ahead.min(1),
            "without a total, more would be guesses"
        );
        assert_eq!(all(stream).await, user_ids(9)[1..]);
    }
}

#[tokio::test]
async fn stream_dropped_stops_what_is_under_way_and_asks_for_nothing_more() {
    let stage = stage_with_keys(40).await;
    stage
        .emulator
        .inject(Fault::latency(Duration::from_millis(300)).from_nth(2));
    let mut stream = stage.client.access_keys(ENVIRONMENT).list().page_size(2).stream();
    stream.try_next().await.unwrap().unwrap();
    settle().await;
    assert_eq!(stage.emulator.requests().len(), 8);
    drop(stream);
    tokio::time::sleep(Duration::from_millis(600)).await;
    let requests = stage.emulator.requests();
    assert_eq!(requests.len(), 8, "nothing more was asked for");
    assert!(
        requests[1..]
            .iter()
            .all(|request| request.status == 0 && !request.applied),
        "the client left"
    );
}

#[tokio::test]
async fn stream_read_more_slowly_than_an_attempt_may_take_does_not_time_out() {
    let stage = stage_with_users(6).await;
    stage.emulator.inject(Fault::latency(Duration::from_millis(50)));
    let list = stage.client.users().list().page_size(2);
    let mut stream = list.attempt_timeout(Duration::from_millis(400)).stream();
    let mut read = Vec::new();
    while let Some(user) = stream.try_next().await.unwrap() {
        read.push(user.id.to_string());
        tokio::time::sleep(Duration::from_millis(450)).await;
    }
    assert_eq!(read, user_ids(6));
    assert!(stage.time.sleeps().is_empty(), "no attempt failed");
}

#[test]
fn stream_outside_a_runtime_is_an_error_and_no_panic() {
    let emulator = state::with_users(1).start_blocking().unwrap();
    let client = builder(&emulator, &ManualTime::default()).build().unwrap();
    let mut stream = client.users().list().stream();
    let mut context = Context::from_waker(Waker::noop());
    let Poll::Ready(Some(Err(error))) = Pin::new(&mut stream).poll_next(&mut context) else {
        panic!("it neither waits nor ends");
    };
    assert_eq!(error.kind(), ErrorKind::Blocking);
    assert!(error.to_string().contains("tokio runtime"), "{error}");
    assert_well_worded(&error);
    assert!(emulator.requests().is_empty());
    let Poll::Ready(None) = Pin::new(&mut stream).poll_next(&mut context) else {
        panic!("a stream ends after its first error");
    };
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stream_moved_to_another_task_is_read_there() {
    let stage = Stage::with(state::with_users(5), |client| client).await;
    let stream = stage.client.clone().users().list().page_size(2).stream();
    let ids = tokio::spawn(stream.map_ok(|user| user.id.to_string()).collect::<Vec<_>>())
        .await
        .unwrap();
    assert_eq!(ids.into_iter().map(Result::unwrap).collect::<Vec<_>>(), user_ids(5));
}
