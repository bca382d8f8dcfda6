//! What a command leaves behind: a text, and an exit code that scripts can read.

use std::process::ExitCode;

/// What a command that did its work has to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    text: String,
    code: u8,
}

impl Outcome {
    /// A command that ends with exit code 0.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            code: 0,
        }
    }

    /// The same with another exit code, where it tells what was found.
    #[must_use]
    pub fn with_code(mut self, code: u8) -> Self {
        self.code = code;
        self
    }

    /// What to print on standard output.
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
