//! Lists read to their end, in order, without loss, doubles or circles.

mod checkpoints;
mod counts;
mod cursors;
mod laziness;
mod lookups;
mod single_pages;
mod stops;
mod totals;
mod whole_lists;

use account_provisioning::cloudinary::{AccessKey, User};
use account_provisioning::{Checkpoint, Error, Items};
use futures::{StreamExt as _, TryStreamExt as _};
use integration_tests::{Stage, state};

async fn stage_with_users(count: usize) -> Stage {
    Stage::with(state::with_users(count), |client| client).await
}

async fn stage_with_keys(count: usize) -> Stage {
    Stage::with(state::with_keys(count), |client| client).await
}

/// The ids of so many users in the service's order: the newest first.
fn user_ids(count: usize) -> Vec<String> {
    (0..count).rev().map(state::user_id).collect()
}

/// So many API keys in the service's order: the newest first.
fn api_keys(count: usize) -> Vec<String> {
    (0..count).rev().map(state::api_key).collect()
}

/// What tells one item of a list from another.
trait Identified: Send + 'static {
    fn identity(self) -> String;
}

impl Identified for User {
    fn identity(self) -> String {
        self.id.to_string()
    }
}

impl Identified for AccessKey {
    fn identity(self) -> String {
        self.api_key.to_string()
    }
}

/// Reads a list to its end.
async fn all<T: Identified>(items: Items<T>) -> Vec<String> {
    items.map_ok(Identified::identity).try_collect().await.unwrap()
}

/// Reads a list that fails: what it handed out before, and how it failed. It hands out nothing afterwards.
async fn until_failure<T: Identified>(mut items: Items<T>) -> (Vec<String>, Error) {
    let mut read = Vec::new();
    loop {
        match items.next().await.expect("the list fails before it ends") {
            Ok(item) => read.push(item.identity()),
            Err(error) => {
                assert!(items.next().await.is_none(), "a stream ends after its first error");
                assert_eq!(items.end(), None);
                return (read, error);
            }
        }
    }
}

/// A checkpoint as another process would have it.
fn stored(checkpoint: &Checkpoint) -> Checkpoint {
    let json = serde_json::to_string(checkpoint).unwrap();
    let restored = serde_json::from_str(&json).unwrap();
    assert_eq!(*checkpoint, restored);
    restored
}
