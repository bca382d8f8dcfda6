//! Tokens of users, and tokens for impersonation.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::secret::Secret;

/// A token of a user.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Token {
    /// The token.
    pub token: Secret,
    /// The name of the user.
    pub username: String,
    /// The id of the module that the user logged in to, which may be unknown.
    pub module: String,
    /// When it expires. Defaults to never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<DateTime<Utc>>,
}

impl Token {
    /// Creates a token that never expires.
    pub fn new(token: impl Into<Secret>, username: impl Into<String>, module: impl Into<String>) -> Self {
        Self {
            token: token.into(),
            username: username.into(),
            module: module.into(),
            expires_at: None,
        }
    }

    /// Returns whether the token has not expired.
    pub(in crate::cloudspot) fn is_valid(&self, now: DateTime<Utc>) -> bool {
        !has_expired(self.expires_at, now)
    }
}

/// A token with which someone can act as a user, once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Impersonation {
    /// The token.
    pub token: Secret,
    /// The name of the user to act as.
    pub username: String,
    /// The id of the module.
    pub module: String,
    /// The id of the company to act for. Defaults to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// When it expires. Defaults to never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<DateTime<Utc>>,
    /// Whether it was used. Defaults to false.
    #[serde(default)]
    pub used: bool,
}

impl Impersonation {
    /// Creates an unused impersonation that never expires.
    pub fn new(token: impl Into<Secret>, username: impl Into<String>, module: impl Into<String>) -> Self {
        Self {
            token: token.into(),
            username: username.into(),
            module: module.into(),
            company: None,
            expires_at: None,
            used: false,
        }
    }
}

/// Returns whether an expiry time has passed.
pub(in crate::cloudspot) fn has_expired(expires_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    expires_at.is_some_and(|end| end <= now)
}
