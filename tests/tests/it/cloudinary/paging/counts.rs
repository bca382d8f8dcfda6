//! Every item once, in order, and no request too many, whatever the page size.

use account_provisioning::PagingEnd;
use account_provisioning_emulator::Quirk;
use futures::TryStreamExt as _;
use integration_tests::state::ENVIRONMENT;
use integration_tests::{Stage, state};

use super::{all, api_keys, stage_with_keys, stage_with_users, user_ids};

const SIZES: [u32; 5] = [1, 2, 99, 100, 101];

/// Nothing, one, and each page size with its neighbours and multiples, so that total % size is 0 and is not.
const COUNTS: [usize; 10] = [0, 1, 2, 3, 98, 99, 100, 101, 200, 202];

#[tokio::test]
async fn users_of_any_count_and_page_size_come_once_and_in_order() {
    for count in COUNTS {
        let stage = stage_with_users(count).await;
        for size in SIZES {
            stage.emulator.clear_requests();
            let mut stream = stage.client.users().list().page_size(size).stream();
            let mut read = Vec::new();
            while let Some(user) = stream.try_next().await.unwrap() {
                read.push(user.id.to_string());
            }
            assert_eq!(read, user_ids(count), "{count} users by {size}");
            assert_eq!(stream.end(), Some(PagingEnd::EmptyPage));
            assert_eq!(stream.checkpoint().read(), count as u64);
            // Without a total only an empty page is the end.
            let requests = stage.emulator.requests_for("getUsers").len();
            assert_eq!(requests, count.div_ceil(size as usize) + 1, "{count} users by {size}");
        }
    }
}

#[tokio::test]
async fn access_keys_of_any_count_and_page_size_come_once_and_in_order() {
    for count in COUNTS {
        let stage = stage_with_keys(count).await;
        for size in SIZES {
            let pages = count.div_ceil(size as usize).max(1);
            if pages > 100 {
                continue;
            }
            stage.emulator.clear_requests();
            let mut stream = stage.client.access_keys(ENVIRONMENT).list().page_size(size).stream();
            let mut read = Vec::new();
            while let Some(key) = stream.try_next().await.unwrap() {
                read.push(key.api_key.to_string());
            }
            assert_eq!(read, api_keys(count), "{count} keys by {size}");
            let end = if count == 0 {
                PagingEnd::EmptyPage
            } else {
                PagingEnd::TotalReached
            };
            assert_eq!(stream.end(), Some(end), "{count} keys by {size}");
            let requests = stage.emulator.requests_for("getAccessKeys").len();
            assert_eq!(requests, pages, "the total tells the end: {count} keys by {size}");
        }
    }
}

#[tokio::test]
async fn list_whose_server_clamps_the_page_size_is_read_whole() {
    for (count, clamp) in [(20, 7), (21, 7), (22, 7), (6, 7), (3, 1)] {
        let stage = Stage::with(state::with_users(count).max_page_size(clamp), |client| client).await;
        assert_eq!(all(stage.client.users().list().stream()).await, user_ids(count));
        let requests = stage.emulator.requests_for("getUsers");
        assert_eq!(requests.len(), count.div_ceil(clamp) + 1, "{count} by {clamp}");

        let stage = Stage::with(state::with_keys(count).max_page_size(clamp), |client| client).await;
        assert_eq!(
            all(stage.client.access_keys(ENVIRONMENT).list().stream()).await,
            api_keys(count)
        );
        let requests = stage.emulator.requests_for("getAccessKeys");
        assert_eq!(requests.len(), count.div_ceil(clamp), "{count} by {clamp}");
    }
}

#[tokio::test]
async fn list_that_comes_without_its_total_ends_with_an_empty_page() {
    for count in [0, 1, 9, 10, 11, 20] {
        let stage = Stage::with(state::with_keys(count).quirk(Quirk::NoTotal, true), |client| client).await;
        let list = stage.client.access_keys(ENVIRONMENT).list().page_size(10);
        assert_eq!(all(list.stream()).await, api_keys(count));
        assert_eq!(stage.emulator.requests().len(), count.div_ceil(10) + 1);
    }
}

#[tokio::test]
async fn list_by_default_sends_page_and_page_size_100() {
    let stage = stage_with_users(1).await;
    all(stage.client.users().list().stream()).await;
    let queries: Vec<_> = stage
        .emulator
        .requests()
        .into_iter()
        .map(|request| request.query_pairs())
        .collect();
    let page = |number: &str| {
        vec![
            ("page".to_owned(), number.to_owned()),
            ("page_size".to_owned(), "100".to_owned()),
        ]
    };
    assert_eq!(queries, [page("1"), page("2")]);
}

#[tokio::test]
async fn list_collected_or_read_by_pages_holds_the_same_items() {
    let stage = stage_with_users(5).await;
    let list = || stage.client.users().list().page_size(2);
    let collected: Vec<_> = list()
        .collect()
        .await
        .unwrap()
        .into_iter()
        .map(|user| user.id.to_string())
        .collect();
    assert_eq!(collected, user_ids(5));
    let pages: Vec<_> = list().pages().try_collect().await.unwrap();
    let sizes: Vec<_> = pages
        .iter()
        .map(|page| (page.number, page.page_size, page.len()))
        .collect();
    let page = |number, len| (Some(number), Some(2), len);
    assert_eq!(
        sizes,
        [page(1, 2), page(2, 2), page(3, 1)],
        "the empty last page is not handed out"
    );
}

#[tokio::test]
async fn list_that_comes_whole_takes_one_request() {
    let stage = Stage::start().await;
    let mut stream = stage.client.product_environments().list().stream();
    let environment = stream.try_next().await.unwrap().unwrap();
    assert_eq!(environment.id, ENVIRONMENT);
    assert!(stream.try_next().await.unwrap().is_none());
    assert_eq!(stream.end(), Some(PagingEnd::SinglePage));
    let requests = stage.emulator.requests();
    assert_eq!(requests.len(), 1);
    assert!(requests[0].query.as_deref().unwrap_or_default().is_empty());
}
