//! Tests of the maintenance commands.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that fails may panic, in its helpers too"
)]

mod command_line;
mod edit;
mod generate;
mod guard;
mod import;
mod measure;
mod review;
mod rust_facts;
mod snapshots;
mod surface;
mod tree;
