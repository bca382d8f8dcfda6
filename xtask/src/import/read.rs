//! Reads the vendor's file.

use std::fs;
use std::path::Path;

use account_provisioning_codegen::document::Document;
use serde_json::Value;

use crate::Failure;

/// A vendor's document, and how to name a place in it.
pub(super) struct Vendor {
    document: Document,
}

impl Vendor {
    /// Reads YAML or JSON; JSON is read as the YAML that it also is, so that a key that stands twice is refused.
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let text = fs::read_to_string(path).map_err(|error| Failure::file(path, &error))?;
        let document = Document::parse(&path.display().to_string(), text.trim_start_matches('\u{feff}'))?;
        Ok(Self { document })
    }

    pub(super) fn value(&self) -> &Value {
        self.document.value()
    }

    /// Adds file and line to what is wrong with the document.
    pub(super) fn locate(&self, error: account_provisioning_codegen::Error) -> Failure {
        self.document.locate(error).into()
    }
}
