//! The operations of an API, read from its OpenAPI document.
//!
//! Paths, methods, parameters, bodies and responses all come from the document; none of them is written by hand.
//! Components are found through the operations that use them, never by name.

mod operation;
mod reader;
mod route;
mod schema;

use std::sync::OnceLock;

pub(crate) use self::operation::{Item, Operation, PageSize, QueryParameter, Segment, Shape};
pub(crate) use self::schema::violations;

/// An OpenAPI document, parsed on first use.
#[derive(Debug)]
pub(crate) struct Document {
    text: &'static str,
    operations: OnceLock<Result<Vec<Operation>, String>>,
}

impl Document {
    /// Wraps the text of a document in JSON.
    pub(crate) const fn new(text: &'static str) -> Self {
        Self {
            text,
            operations: OnceLock::new(),
        }
    }

    /// Returns the operations. An error contains the JSON pointer of the mistake.
    pub(crate) fn operations(&self) -> Result<&[Operation], &str> {
        self.operations
            .get_or_init(|| reader::operations(self.text))
            .as_deref()
            .map_err(String::as_str)
    }
}

/// Asserts that a table lists each operation that `is` accepts once, and no others.
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
