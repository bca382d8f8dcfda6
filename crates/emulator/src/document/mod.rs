//! The operations of an API, read from its OpenAPI document.
//!
//! Paths, methods, parameters, bodies and responses all come from here; nothing about them is written by hand. Components
//! are found through the operations that use them, never by name.

mod operation;
mod reader;
mod route;
mod schema;

use std::sync::OnceLock;

pub(crate) use self::operation::{Item, Operation, QueryParameter, Segment, Shape};
pub(crate) use self::schema::violations;

/// An OpenAPI document, read when it is first needed and then kept.
#[derive(Debug)]
pub(crate) struct Document {
    text: &'static str,
    operations: OnceLock<Result<Vec<Operation>, String>>,
}

impl Document {
    /// Takes the text of a document, as JSON.
    pub(crate) const fn new(text: &'static str) -> Self {
        Self {
            text,
            operations: OnceLock::new(),
        }
    }

    /// Returns the operations; an error names the JSON pointer of the mistake.
    pub(crate) fn operations(&self) -> Result<&[Operation], &str> {
        self.operations
            .get_or_init(|| reader::operations(self.text))
            .as_deref()
            .map_err(String::as_str)
    }
}

/// Asserts that a table lists the operations that `is` accepts: each once, and no other.
#[cfg(test)]
pub(crate) fn assert_covers<'a>(
    document: &Document,
    is: impl Fn(&Operation) -> bool,
    table: impl Iterator<Item = &'a str>,
) {
    let operations = document.operations().unwrap_or_default().iter();
    let mut documented: Vec<&str> = operations.filter(|one| is(one)).map(|one| one.id.as_str()).collect();
    documented.sort_unstable();
    let mut listed: Vec<&str> = table.collect();
    listed.sort_unstable();
    assert_eq!(listed, documented);
    assert!(!listed.is_empty());
}
