//! Tests of the comparison.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that fails may panic, in its helpers too"
)]

mod comparison;
mod corpus;
mod operations;
mod reorder;
