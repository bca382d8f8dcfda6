//! What a policy says.

use std::fmt;

use account_provisioning_core::{Error, MakeError as _, Result};

/// A statement in the Cedar language: what a policy permits or forbids, to whom, and on what. It contains one Cedar policy,
/// or several one after the other.
///
/// Any text can be passed as a statement; the service decides whether it is valid. With the feature `cedar`,
/// `PolicyStatement::parse` finds syntax errors before anything is sent, and `CedarSchema::validate` checks a statement
/// as the service does.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PolicyStatement(String);

impl PolicyStatement {
    /// Makes a statement of a text, without checking it.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text as it is sent.
    ///
    /// # Errors
    /// An input error when the text is empty.
    pub(super) fn text(&self) -> Result<String> {
        if self.0.trim().is_empty() {
            return Err(Error::invalid_input(
                "policy statement: it is empty; write what the policy permits or forbids, as in `permit (principal, \
                 action, resource);`",
            ));
        }
        Ok(self.0.clone())
    }
}

impl fmt::Display for PolicyStatement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for PolicyStatement {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<&str> for PolicyStatement {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for PolicyStatement {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&String> for PolicyStatement {
    fn from(text: &String) -> Self {
        Self::new(text)
    }
}

impl From<&PolicyStatement> for PolicyStatement {
    fn from(statement: &PolicyStatement) -> Self {
        statement.clone()
    }
}
