//! What changed on the wire between two faithful documents, each fact once however many operations it touches.
//!
//! Operations are compared in pairs, and what they refer to is compared where it is defined: a property of a component
//! that twenty operations use gives the same fact twenty times over, and one is kept with the
//! twenty operations listed. Facts of operations themselves, such as a status that all of them gain, fold the same way.
//!
//! Each direction has its own verdict, since a request may be freer and a reply narrower than before, and not the
//! other way round. Two rules follow from what this workspace generates: enums are open and types take fields that they
//! do not know, so a new enum value and a new field of a reply are compatible.

mod bodies;
mod components;
mod content;
mod docs;
mod fact;
mod node;
mod operations;
mod pairs;
mod parameters;
mod place;
mod render;
mod schema;
mod security;
mod servers;
mod sink;
mod unused;
mod walk;
mod words;

use serde_json::Value;

use crate::Failure;

pub use fact::{Direction, Fact, Kind, Level};
pub(crate) use render::SHOWN;
pub use render::text;

/// Compares two documents (OpenAPI 3.0, as JSON). The facts come with the most important first.
///
/// # Errors
/// A document that is none, or a reference that leads nowhere; the text names the pointer. The exit code is 2.
pub fn compare(before: &Value, after: &Value) -> Result<Vec<Fact>, Failure> {
    let before = node::Doc::checked(before, "the document before")?;
    let after = node::Doc::checked(after, "the document after")?;
    let mut walk = walk::Walk::new(before, after);
    docs::document(&mut walk);
    operations::compare(&mut walk);
    unused::compare(&mut walk);
    Ok(walk.sink.facts())
}

/// Counts the operations of a document.
#[must_use]
pub fn operation_count(document: &Value) -> usize {
    operations::all(node::Doc::new(document)).len()
}
