//! The emulator over real HTTP, with a client that knows nothing of it.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr,
    reason = "a test fails by panicking"
)]

mod client;
mod operations;
