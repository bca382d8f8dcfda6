//! Tests of the way from a document to Rust.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that fails may panic, in its helpers too"
)]

mod digest;
mod fixture;
mod generate;
mod normalise;
mod overlay;
mod preflight;
mod vendors;
