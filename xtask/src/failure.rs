//! Why a command failed.

use std::fmt;
use std::path::Path;

/// Why a command failed, ready to be printed: file, place and remedy are in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure(String);

impl Failure {
    /// Makes a failure from its text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// A file that could not be read or written.
    pub(crate) fn file(path: &Path, error: &std::io::Error) -> Self {
        Self(format!(
            "{}: {error}; check that the file exists and may be accessed",
            path.display()
        ))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}

impl From<account_provisioning_codegen::Error> for Failure {
    fn from(error: account_provisioning_codegen::Error) -> Self {
        Self(error.to_string())
    }
}
