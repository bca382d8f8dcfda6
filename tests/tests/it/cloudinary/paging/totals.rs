//! Lists with a total: fetched side by side, handed out in order, and read right when the total moves.

use std::time::Duration;

use account_provisioning::{PagingEnd, PagingStop};
use account_provisioning_emulator::Fault;
use account_provisioning_emulator::cloudinary::AccessKey;
use chrono::{DateTime, Utc};
use futures::TryStreamExt as _;
use integration_tests::Stage;
use integration_tests::state::{self, ENVIRONMENT};

use super::{all, api_keys, stage_with_keys};

#[tokio::test]
async fn pages_that_arrive_out_of_order_are_handed_out_in_order() {
    for seed in 0..3 {
        let stage = Stage::with(state::with_keys(40).seed(seed), |client| client).await;
        // The second and third request are slower than those after them, and so are others by chance.
        stage.emulator.inject(Fault::latency(Duration::from_millis(250)).nth(2));
        stage.emulator.inject(Fault::latency(Duration::from_millis(120)).nth(3));
        stage
            .emulator
            .inject(Fault::latency(Duration::from_millis(40)).probability(0.4));
        let list = stage.client.access_keys(ENVIRONMENT).list().page_size(3);
        assert_eq!(all(list.clone().stream_ahead(6)).await, api_keys(40));
        assert_eq!(stage.emulator.requests().len(), 14);
        assert_eq!(all(list.stream_ahead(usize::MAX)).await, api_keys(40));
    }
}

#[tokio::test]
async fn pages_are_under_way_side_by_side() {
    let stage = stage_with_keys(8).await;
    stage
        .emulator
        .inject(Fault::latency(Duration::from_millis(400)).from_nth(2));
    let mut stream = stage.client.access_keys(ENVIRONMENT).list().page_size(2).stream();
    stream.try_next().await.unwrap().unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;
    let under_way = stage
        .emulator
        .requests()
        .iter()
        .filter(|request| request.status == 0)
        .count();
    assert_eq!(under_way, 3, "none of them waits for another");
    assert_eq!(all(stream).await, api_keys(8)[1..]);
}

fn keys(stage: &Stage, edit: impl FnOnce(&mut account_provisioning_emulator::Table<AccessKey>)) {
    let edited = stage.emulator.edit_state(|state| {
        let environment = state::account(state).product_environments.get_mut(ENVIRONMENT).unwrap();
        edit(&mut environment.access_keys);
    });
    edited.unwrap();
}

#[tokio::test]
async fn list_whose_total_shrinks_meanwhile_ends_at_the_new_one() {
    for gone in [1, 2, 3, 4] {
        let stage = stage_with_keys(6).await;
        let mut stream = stage
            .client
            .access_keys(ENVIRONMENT)
            .list()
            .page_size(2)
            .stream_ahead(0);
        let mut read = vec![stream.try_next().await.unwrap().unwrap().api_key.to_string()];
        // The oldest stand last.
        keys(&stage, |keys| {
            for n in 0..gone {
                keys.remove(&state::api_key(n));
            }
        });
        while let Some(key) = stream.try_next().await.unwrap() {
            read.push(key.api_key.to_string());
        }
        assert_eq!(read, api_keys(6)[..6 - gone], "{gone} gone");
        assert!(stream.end().is_some());
    }
}

#[tokio::test]
async fn list_whose_total_grows_meanwhile_is_read_to_the_new_end() {
    for new in [1, 2, 5] {
        let stage = stage_with_keys(4).await;
        let mut stream = stage
            .client
            .access_keys(ENVIRONMENT)
            .list()
            .page_size(2)
            .stream_ahead(0);
        let mut count = 0;
        while stream.try_next().await.unwrap().is_some() {
            count += 1;
            if count == 1 {
                keys(&stage, |keys| {
                    for n in 0..new {
                        let mut key = AccessKey::new(format!("9{n}"), "secret", format!("Older {n}"));
                        key.created_at = "2020-01-01T00:00:00Z".parse::<DateTime<Utc>>().unwrap();
                        keys.insert(key);
                    }
                });
            }
        }
        assert_eq!((count, stream.end()), (4 + new, Some(PagingEnd::TotalReached)));
    }
}

#[tokio::test]
async fn list_whose_total_is_larger_than_it_ends_in_a_typed_error() {
    let stage = stage_with_keys(0).await;
    let page = |keys: &str| {
        let body = format!(r#"{{"access_keys":[{keys}],"total":1000}}"#);
        Fault::body_replaced(200, "application/json", body)
    };
    stage.emulator.inject(page(r#"{"api_key":"1"},{"api_key":"2"}"#).nth(1));
    stage.emulator.inject(page(""));
    let mut stream = stage.client.access_keys(ENVIRONMENT).list().page_size(2).stream();
    assert_eq!(stream.try_next().await.unwrap().unwrap().api_key, "1");
    assert_eq!(stream.try_next().await.unwrap().unwrap().api_key, "2");
    let error = stream.try_next().await.unwrap_err();
    let failure = error.paging().unwrap();
    assert_eq!((failure.stop, failure.read), (PagingStop::MissingItems, 2));
}

#[tokio::test]
async fn list_whose_total_makes_no_sense_is_read_without_one() {
    for total in ["-1", "null", "0"] {
        let stage = stage_with_keys(0).await;
        let body = format!(r#"{{"access_keys":[{{"api_key":"1"}}],"total":{total}}}"#);
        stage
            .emulator
            .inject(Fault::body_replaced(200, "application/json", body).nth(1));
        let list = stage.client.access_keys(ENVIRONMENT).list().page_size(1);
        assert_eq!(all(list.stream()).await, ["1"], "total {total}");
    }
}
