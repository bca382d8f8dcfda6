//! Whether, when and how often a failed attempt is repeated: decisions without any input or output.
//!
//! - [`RetryClass`]: what an operation allows, from its method or the document.
//! - [`RetryPolicy`]: what the user wants: attempts and waits.
//! - [`decide`]: the table that turns a [`Failure`] of one attempt into a [`Verdict`].
//!
//! Deadlines and the loop itself are the transport's.

mod backoff;
mod class;
mod decision;
mod policy;

pub use class::RetryClass;
pub use decision::{Failure, Verdict, classify_status, decide};
pub use policy::RetryPolicy;
