//! Text that Debug must not print.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A secret of the emulator's own state: Debug shows `Secret(…)`, serde writes the text.
///
/// The state is the oracle's own, so writing it to JSON shows the secrets; a log line must not.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Wraps `secret`.
    pub fn new(secret: impl Into<String>) -> Self {
        Self(secret.into())
    }

    /// Returns the text.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl From<&str> for Secret {
    fn from(secret: &str) -> Self {
        Self::new(secret)
    }
}

impl From<String> for Secret {
    fn from(secret: String) -> Self {
        Self::new(secret)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secret_formatted_with_debug_hides_the_text() {
        assert!(!format!("{:?}", Secret::new("canary")).contains("canary"));
    }
}
