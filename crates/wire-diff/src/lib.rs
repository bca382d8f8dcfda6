#![doc = include_str!("../README.md")]

mod bodies;
mod collector;
mod components;
mod content;
mod context;
mod docs;
mod document;
mod error;
mod fact;
mod flat_schema;
mod info;
mod matching;
mod operation;
mod operations;
mod parameters;
mod report;
mod schema;
mod security;
mod servers;
mod subject;
mod unused;
mod wording;

use serde_json::Value;

pub use error::{Error, Side};
pub use fact::{Direction, Fact, Kind, Level};
pub use operation::{METHODS, Operation, operations, path_template};
pub use report::text;

use components::Documents;
use context::Context;
use document::Document;

/// Compares two OpenAPI 3.0 documents and returns what changed, the most important facts first.
///
/// Each fact occurs once and lists every operation that it affects. The result does not depend on the order of keys, or
/// on the order of lists whose order has no meaning.
///
/// # Errors
/// One of the documents has no `paths` object, or has a reference that cannot be followed. The error names the document
/// and the JSON pointer.
pub fn compare(before: &Value, after: &Value) -> Result<Vec<Fact>, Error> {
    let mut cx = Context::new(Documents {
        before: Document::checked(before, Side::Before)?,
        after: Document::checked(after, Side::After)?,
    });
    info::compare(&mut cx);
    operations::compare(&mut cx);
    unused::compare(&mut cx);
    Ok(cx.into_facts())
}
