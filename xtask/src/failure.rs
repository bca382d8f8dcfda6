//! Why a command failed.

use std::fmt;
use std::io;
use std::path::Path;

use account_provisioning_codegen as codegen;
use account_provisioning_wire_diff as wire_diff;

/// The exit code of a command that cannot do its work, where 1 means that it found something.
pub(crate) const REFUSED: u8 = 2;

/// Why a command failed. The text is ready to print: it names the file, the place and the remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    text: String,
    code: u8,
}

impl Failure {
    /// A failure with exit code 1.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            code: 1,
        }
    }

    /// Replaces the exit code.
    #[must_use]
    pub fn with_code(mut self, code: u8) -> Self {
        self.code = code;
        self
    }

    /// A failure with exit code 2.
    pub(crate) fn refused(text: impl Into<String>) -> Self {
        Self::new(text).with_code(REFUSED)
    }

    /// The exit code.
    #[must_use]
    pub fn code(&self) -> u8 {
        self.code
    }

    /// A file that cannot be read or written.
    pub(crate) fn file(path: &Path, error: &io::Error) -> Self {
        Self::new(format!(
            "{}: {error}; check that the file exists and that you have access to it",
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

impl From<codegen::Error> for Failure {
    fn from(error: codegen::Error) -> Self {
        Self::new(error.to_string())
    }
}

impl From<wire_diff::Error> for Failure {
    fn from(error: wire_diff::Error) -> Self {
        Self::refused(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use account_provisioning_wire_diff::{Side, compare};
    use serde_json::json;

    use super::*;

    #[test]
    fn failure_of_a_comparison_has_code_2_and_the_text_of_the_error() {
        let document = json!({"paths": {}});
        let broken = json!({"paths": {"/": {"$ref": "#/components/Gone"}}});
        for (before, after) in [
            (&json!({"swagger": "2.0"}), &document),
            (&broken, &document),
            (&document, &broken),
        ] {
            let error = compare(before, after);
            let failure = error.clone().map_err(Failure::from).map(|_| ());
            let expected = error
                .map_err(|error| Failure::new(error.to_string()).with_code(2))
                .map(|_| ());
            assert!(failure.is_err());
            assert_eq!(failure, expected);
        }
        let error = wire_diff::Error::NoPaths { side: Side::Before };
        assert_eq!(Failure::from(error).code(), 2);
    }
}
