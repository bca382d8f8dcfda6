//! The life of each resource: created, read, listed, changed, in conflict, deleted, gone.

mod access_keys;
mod billing_usage;
mod policies;
mod principals;
mod product_environments;
mod roles;
mod user_filters;
mod user_groups;
mod users;

use integration_tests::{Stage, world};

/// A stage with the world's account.
async fn stage() -> Stage {
    Stage::with(world::emulator([world::account()]), |client| client).await
}
