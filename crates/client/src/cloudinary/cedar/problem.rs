//! Errors of Cedar, as errors of this crate.

use account_provisioning_core::{Error, MakeError as _};

/// Writes Cedar's text on one line.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An error's text with that of its cause, which says what is wrong.
pub(super) fn with_cause(error: &dyn std::error::Error) -> String {
    match error.source() {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    }
}

/// The error for a question that can't be decided.
pub(super) fn undecided(problem: String) -> Error {
    Error::invalid_input(format!("authorization: {}", one_line(&problem)))
}
