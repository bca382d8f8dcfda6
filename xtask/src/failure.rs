//! Why a command failed.

use std::fmt;
use std::path::Path;

/// Why a command failed, ready to be printed: file, place and remedy are in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    text: String,
    code: u8,
}

impl Failure {
    /// Makes a failure from its text.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            code: 1,
        }
    }

    /// The same with another exit code than 1, where a command's codes tell failures apart.
    #[must_use]
    pub fn with_code(mut self, code: u8) -> Self {
        self.code = code;
        self
    }

    /// The exit code.
    #[must_use]
    pub fn code(&self) -> u8 {
        self.code
    }

    /// A file that could not be read or written.
    pub(crate) fn file(path: &Path, error: &std::io::Error) -> Self {
        Self::new(format!(
            "{}: {error}; check that the file exists and may be accessed",
            path.display()
        ))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Failure {}

impl From<account_provisioning_codegen::Error> for Failure {
    fn from(error: account_provisioning_codegen::Error) -> Self {
        Self::new(error.to_string())
    }
}
