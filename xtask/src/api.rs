//! What is generated for one API.

use std::collections::BTreeMap;

use account_provisioning_codegen::digest;
use serde_json::Value;

/// Everything that is generated from the document and the overlay of one API.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Api {
    /// The name of its directory under `openapi/`.
    pub name: String,
    /// The vendor's document, without the overlay.
    pub wire: Value,
    /// The deviations from it, each with its reason.
    pub deviations: String,
    /// The document with the overlay applied, normalised.
    pub build: Value,
    /// The generated code, formatted.
    pub code: String,
}

impl Api {
    /// The operations and types by tag, one fact per line.
    #[must_use]
    pub fn digest(&self) -> BTreeMap<String, String> {
        digest::digest(&self.build)
    }
}
