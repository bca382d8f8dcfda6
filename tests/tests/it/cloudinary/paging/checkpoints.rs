//! Lists that are gone on with from where they were left.

use account_provisioning::Checkpoint;
use account_provisioning_emulator::Emulator;
use futures::TryStreamExt as _;
use integration_tests::state::{self, ENVIRONMENT};
use integration_tests::wording::assert_well_worded;

use super::{all, api_keys, stage_with_keys, stage_with_users, stored, until_failure, user_ids};

#[tokio::test]
async fn users_left_after_any_item_are_gone_on_with_at_the_next() {
    let stage = stage_with_users(7).await;
    for size in [1, 2, 3, 7, 8] {
        for left_after in 0..=7 {
            let mut stream = stage.client.users().list().page_size(size).stream();
            let mut read = Vec::new();
            for _ in 0..left_after {
                read.push(stream.try_next().await.unwrap().unwrap().id.to_string());
            }
            let checkpoint = stored(&stream.checkpoint());
            assert_eq!(checkpoint.read(), left_after as u64);
            drop(stream);
            // Another page size would move the pages: the checkpoint's own counts.
            let rest = stage.client.users().list().page_size(5).resume(checkpoint);
            read.extend(all(rest).await);
            assert_eq!(read, user_ids(7), "by {size}, left after {left_after}");
        }
    }
}

#[tokio::test]
async fn access_keys_left_after_any_item_are_gone_on_with_at_the_next() {
    let stage = stage_with_keys(7).await;
    for size in [1, 2, 3, 7, 8] {
        for left_after in 0..=7 {
            let list = || stage.client.access_keys(ENVIRONMENT).list();
            let mut stream = list().page_size(size).stream();
            let mut read = Vec::new();
            for _ in 0..left_after {
                read.push(stream.try_next().await.unwrap().unwrap().api_key.to_string());
            }
            let checkpoint = stored(&stream.checkpoint());
            read.extend(all(list().resume(checkpoint)).await);
            assert_eq!(read, api_keys(7), "by {size}, left after {left_after}");
        }
    }
}

#[tokio::test]
async fn list_resumed_twice_counts_all_that_was_read() {
    let stage = stage_with_users(9).await;
    let mut checkpoint = None::<Checkpoint>;
    let mut read = Vec::new();
    for _ in 0..9 {
        let list = stage.client.users().list().page_size(4);
        let mut stream = match checkpoint.take() {
            Some(checkpoint) => list.resume(stored(&checkpoint)),
            None => list.stream(),
        };
        read.push(stream.try_next().await.unwrap().unwrap().id.to_string());
        checkpoint = Some(stream.checkpoint());
    }
    assert_eq!((read, checkpoint.unwrap().read()), (user_ids(9), 9));
}

#[tokio::test]
async fn list_of_ids_in_several_requests_is_gone_on_with_in_the_right_one() {
    let stage = stage_with_users(230).await;
    let ids: Vec<String> = (0..230).map(state::user_id).collect();
    for left_after in [0, 1, 99, 100, 101, 150, 200, 229, 230] {
        let list = || stage.client.users().list().ids(&ids).page_size(30);
        let mut stream = list().stream();
        let mut read = Vec::new();
        for _ in 0..left_after {
            read.push(stream.try_next().await.unwrap().unwrap().id.to_string());
        }
        read.extend(all(list().resume(stored(&stream.checkpoint()))).await);
        read.sort();
        assert_eq!(read, ids, "left after {left_after}");
    }
}

#[tokio::test]
async fn pages_left_after_one_are_gone_on_with_at_the_next() {
    let stage = stage_with_users(5).await;
    let mut pages = stage.client.users().list().page_size(2).pages();
    pages.try_next().await.unwrap().unwrap();
    let rest = stage.client.users().list().resume(stored(&pages.checkpoint()));
    assert_eq!(all(rest).await, user_ids(5)[2..]);
}

async fn checkpoint_of_users() -> Checkpoint {
    let stage = stage_with_users(3).await;
    let mut stream = stage.client.users().list().page_size(2).stream();
    stream.try_next().await.unwrap().unwrap();
    stream.checkpoint()
}

#[tokio::test]
async fn checkpoint_of_another_list_is_refused_before_anything_is_sent() {
    let checkpoint = checkpoint_of_users().await;
    let stage = stage_with_keys(3).await;
    let (read, error) = until_failure(stage.client.access_keys(ENVIRONMENT).list().resume(checkpoint)).await;
    assert!(read.is_empty() && error.is_invalid_input(), "{error}");
    let text = error.to_string();
    assert!(text.contains("getUsers") && text.contains("getAccessKeys"), "{text}");
    assert_well_worded(&error);
    assert!(stage.emulator.requests().is_empty());
}

#[tokio::test]
async fn checkpoint_that_was_tampered_with_is_refused_before_anything_is_sent() {
    let genuine = serde_json::to_value(checkpoint_of_users().await).unwrap();
    let stage = stage_with_users(3).await;
    for (field, value) in [
        ("position", serde_json::json!({ "number": 0 })),
        ("position", serde_json::json!("only")),
        ("position", serde_json::json!({ "cursor": "x" })),
        ("segment", serde_json::json!(7)),
        ("page_size", serde_json::json!(0)),
    ] {
        let mut forged = genuine.clone();
        forged[field] = value;
        let forged: Checkpoint = serde_json::from_value(forged).unwrap();
        let (read, error) = until_failure(stage.client.users().list().resume(forged)).await;
        assert!(read.is_empty() && error.is_invalid_input(), "{field}: {error}");
        assert_well_worded(&error);
    }
    assert!(stage.emulator.requests().is_empty());
}

#[tokio::test]
async fn checkpoint_from_a_smaller_list_ends_without_items() {
    let checkpoint = {
        let stage = stage_with_users(9).await;
        let mut stream = stage.client.users().list().page_size(2).stream();
        for _ in 0..7 {
            stream.try_next().await.unwrap().unwrap();
        }
        stream.checkpoint()
    };
    let emulator: Emulator = state::with_users(2).start().await.unwrap();
    let client = integration_tests::builder(&emulator, &account_provisioning::time::ManualTime::default())
        .build()
        .unwrap();
    assert!(all(client.users().list().resume(checkpoint)).await.is_empty());
}
