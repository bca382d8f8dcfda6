//! What changed on the wire between two faithful documents, each fact once however many operations it touches.

mod fact;

use serde_json::Value;

use crate::Failure;

pub use fact::{Fact, Level};

/// Compares two documents (OpenAPI 3.0, as JSON).
///
/// # Errors
/// A document that is none, or a reference that leads nowhere. The exit code is 2.
pub fn compare(_before: &Value, _after: &Value) -> Result<Vec<Fact>, Failure> {
    Ok(Vec::new())
}
