//! The result of a command: a text, and an exit code for scripts.

use std::process::ExitCode;

/// The result of a command that did its work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    text: String,
    code: u8,
}

impl Outcome {
    /// A result with exit code 0.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            code: 0,
        }
    }

    /// Replaces the exit code, for commands whose exit code says what they found.
    #[must_use]
    pub fn with_code(mut self, code: u8) -> Self {
        self.code = code;
        self
    }

    /// The text for standard output.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The exit code.
    #[must_use]
    pub fn code(&self) -> u8 {
        self.code
    }
}

impl From<String> for Outcome {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(outcome.code)
    }
}
