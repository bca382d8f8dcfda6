//! The id types that a document declares: `x-ids` maps a `format` to what ids of that format identify.
//!
//! ```yaml
//! x-ids:
//!   user-id: Identifies a user.
//!   company-id: { description: Identifies a company., numbers: true }
//! ```

use std::collections::BTreeMap;

use serde_json::Value;

use crate::names;

/// The extension at the root of a document that declares its id types.
pub(crate) const IDS: &str = "x-ids";

/// One id type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct IdType {
    /// The name of the type: `UserId`.
    pub(crate) name: String,
    /// How errors name such an id: `user id`.
    pub(crate) kind: String,
    pub(crate) description: String,
    /// Whether the service also writes such an id as a number.
    pub(crate) numbers: bool,
}

impl IdType {
    /// The type as the modules of types and requests name it.
    pub(crate) fn path(&self) -> String {
        format!("super::ids::{}", self.name)
    }
}

/// Lists the id types by their format.
pub(crate) fn declared(document: &Value) -> BTreeMap<String, IdType> {
    let mut types = BTreeMap::new();
    for (format, entry) in document[IDS].as_object().into_iter().flatten() {
        let description = entry.as_str().or_else(|| entry["description"].as_str());
        types.insert(
            format.clone(),
            IdType {
                name: names::pascal(format),
                kind: format.replace('-', " "),
                description: description.unwrap_or_default().to_owned(),
                numbers: entry["numbers"] == true,
            },
        );
    }
    types
}
