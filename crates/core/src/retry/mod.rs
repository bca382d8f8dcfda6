//! Whether, when and how often a failed attempt is repeated: decisions without any input or output.
//!
//! - [`RetryClass`]: what an operation allows, from its method or the document.
//! - [`RetryPolicy`]: what the user wants: attempts and waits.
//! - [`decide`]: the table that turns a [`Failure`] of one attempt into a [`Verdict`].
//! - [`retry_after`]: how long the server asks to be left alone; without it, [`RetryPolicy::backoff`].
//! - [`RetryBudget`]: what all calls of a client may retry together.
//!
//! Deadlines and the loop itself are the transport's.

mod backoff;
mod budget;
mod class;
mod decision;
mod policy;
mod retry_after;

pub use budget::RetryBudget;
pub use class::RetryClass;
pub use decision::{Failure, Verdict, classify_status, decide};
pub use policy::RetryPolicy;
pub use retry_after::retry_after;
pub(crate) use retry_after::{http_date, number};
