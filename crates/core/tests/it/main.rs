//! Tests of the public API of the runtime: paging through lists that are defined by the tests or made at random, times in
//! responses, and auto traits.
#![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

mod auto_traits;
mod cursors;
mod hostile;
mod model;
mod numbers;
mod retry_after;
mod script;
mod times;
