//! Client and emulator against each other over real HTTP.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a failed step is a failed test"
)]

mod blocking;
mod canary;
mod cedar;
mod cloudflare;
mod cloudspot;
mod configuration;
mod errors;
mod house;
mod ids;
mod lifecycle;
mod migrating;
mod paging;
mod retries;
mod tracing_spans;
mod wire;
