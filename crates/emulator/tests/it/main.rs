//! Tests of the emulator over real HTTP, with an independent client.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod auto_traits;
mod binary;
mod client;
mod cloudflare;
mod cloudinary;
mod cloudspot;
mod control;
mod faults;
mod lifecycle;
mod readme;
mod requests;
mod state;
