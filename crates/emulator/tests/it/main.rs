//! The emulator over real HTTP, with a client that knows nothing of it.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod access_keys;
mod auth;
mod auto_traits;
mod billing;
mod binary;
mod client;
mod cloudflare;
mod control;
mod faults;
mod lifecycle;
mod operations;
mod permissions;
mod product_environments;
mod rate_limit;
mod readme;
mod requests;
mod state;
mod user_groups;
mod user_list;
mod users;
