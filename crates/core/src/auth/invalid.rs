//! Why credentials are invalid.

use thiserror::Error;

/// Credentials can't be sent. The message names the field, and never shows its value.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{field} {problem}")]
pub struct InvalidCredentials {
    field: String,
    problem: Problem,
}

impl InvalidCredentials {
    pub(super) fn new(field: impl Into<String>, problem: Problem) -> Self {
        Self {
            field: field.into(),
            problem,
        }
    }

    /// The invalid part: `username`, `password`, `bearer token`, or the header.
    pub fn field(&self) -> &str {
        &self.field
    }

    /// The problem without the field, for an error message that names the setting itself.
    pub fn problem(&self) -> String {
        self.problem.to_string()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub(super) enum Problem {
    #[error("is empty; check that the variable or setting it comes from is set")]
    Empty,
    #[error("contains a control character, such as a newline at its end; remove it")]
    Control,
    #[error("contains a colon, which would end the user name; pass the user name and the password separately")]
    Colon,
    #[error("contains whitespace or a character that is not visible ASCII; pass the token alone")]
    NotVisible,
    #[error("starts or ends with whitespace or with an invisible character, such as a byte order mark; remove it")]
    OuterWhitespace,
    #[error("is given twice; pass each header once")]
    Twice,
}
