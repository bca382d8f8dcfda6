//! The runtime as its users see it: paging over made-up lists, and traits implemented from outside.
#![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

mod auto_traits;
mod cursors;
mod numbers;
mod script;
