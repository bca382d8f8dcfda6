//! Whether, when and how often a failed attempt is retried. This module only decides; it sends nothing.
//!
//! - [`RetryClass`]: whether an operation can be repeated safely, from its method or the document.
//! - [`RetryPolicy`]: the user's settings for attempts and waits.
//! - [`decide`]: the table that turns the [`Failure`] of an attempt into a [`Verdict`].
//! - [`retry_after()`]: how long the server asks to wait. [`RetryPolicy::backoff`] is the least.
//! - [`RetryBudget`]: how many retries all calls of a client may make in vain.
//!
//! The transport has the deadlines and the retry loop.

mod backoff;
mod budget;
mod class;
mod decision;
mod policy;
mod retry_after;
mod statuses;

pub use budget::RetryBudget;
pub use class::RetryClass;
pub use decision::{Failure, Verdict, decide};
pub use policy::RetryPolicy;
pub(crate) use retry_after::{http_date, thousandths};
pub use retry_after::{retry_after, server_time};
