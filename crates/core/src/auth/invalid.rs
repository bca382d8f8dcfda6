//! Why credentials were refused.

use thiserror::Error;

/// Credentials can't be sent as they are; names the field and never its value.
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

    /// The part that was refused: `username`, `password`, `bearer token`, or the header.
    pub fn field(&self) -> &str {
        &self.field
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub(super) enum Problem {
    #[error("is empty; check that the variable or setting it comes from is set")]
    Empty,
    #[error("holds a control character, such as a newline at its end; remove it")]
    Control,
    #[error("holds a colon, which ends the user name on the wire; pass the name and the password apart")]
    Colon,
    #[error("holds whitespace or a character that is not visible ASCII; pass the token alone")]
    NotVisible,
    #[error("starts or ends with whitespace, which is lost on the way; remove it")]
    OuterWhitespace,
    #[error("is given twice; pass each header once")]
    Twice,
}
