//! Client and emulator against each other over real HTTP.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a failed step is a failed test"
)]

mod any;
mod blocking;
mod book;
mod cloudflare;
mod cloudinary;
mod cloudspot;
mod connections;
mod creations;
mod credentials;
mod curl;
mod evidence;
mod explain;
mod hooks;
mod house;
mod json;
mod key_rotation;
mod limits;
mod migrating;
mod packaging;
mod redacted;
mod retries;
mod senders;
mod tracing_spans;
mod updates;
