//! Why two documents cannot be compared.

use std::fmt;

/// One of the two documents of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a comparison has two sides")]
pub enum Side {
    /// The older document.
    Before,
    /// The newer document.
    After,
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Before => "the document before",
            Self::After => "the document after",
        })
    }
}

/// Why two documents cannot be compared. The message says what is wrong, where, and how to correct it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The value is not an OpenAPI document.
    #[error("{side}: #/paths is not an object; compare two OpenAPI 3.0 documents")]
    NoPaths {
        /// The document.
        side: Side,
    },
    /// A reference has no target in its document. References to other files are not followed.
    #[error(
        "{side}: #{pointer}: the reference `{reference}` has no target in this document; correct it, or add the target"
    )]
    UnresolvedReference {
        /// The document.
        side: Side,
        /// Where the reference is, as a JSON pointer.
        pointer: String,
        /// The value of `$ref`.
        reference: String,
    },
    /// Following a reference never ends, because the references only lead to each other.
    #[error("{side}: #{pointer}: the reference `{reference}` leads back to itself; refer to a schema")]
    CircularReference {
        /// The document.
        side: Side,
        /// Where the reference is, as a JSON pointer.
        pointer: String,
        /// The value of `$ref`.
        reference: String,
    },
}
