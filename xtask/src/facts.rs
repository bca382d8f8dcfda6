//! The results that several commands share: changes of a crate's public API, and gaps of the ergonomic crate.

use account_provisioning_wire_diff::Level;

/// How many operations a report lists after a fact of the wire.
pub(crate) const LISTED_OPERATIONS: usize = 4;

/// One change of a crate's public API.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct RustFact {
    /// What the change means to code that uses the crate.
    pub level: Level,
    /// The name of the package.
    pub package: String,
    /// The path of the item: `cloudinary::Client::users`.
    pub item: String,
    /// How it changed, in a few words: `removed`, `parameter added`, `field type changed`.
    pub change: String,
    /// The item before, in Rust syntax.
    pub before: Option<String>,
    /// The item after, in Rust syntax.
    pub after: Option<String>,
}

/// A generated operation or parameter that no method of the ergonomic crate covers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Gap {
    /// The API, by the name of its directory under `openapi/`.
    pub api: String,
    /// The operationId.
    pub operation: String,
    /// The parameter or field that no method sets; `None` if no method calls the operation.
    pub parameter: Option<String>,
}
