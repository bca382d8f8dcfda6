//! Connectors for single sign-on.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::defaults::beginning;
use crate::table::Row;

/// An SSO connector of an account: the users whose email address is in a domain log in through an identity provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SsoConnector {
    /// The id, unique within the account.
    pub id: String,
    /// The email domain. Only one connector of all accounts can have it. Case does not matter.
    pub email_domain: String,
    /// Whether it is enabled, which needs a verified domain. Defaults to false.
    #[serde(default)]
    pub enabled: bool,
    /// Whether users see the language of FedRAMP when they log in. Defaults to false.
    #[serde(default)]
    pub use_fedramp_language: bool,
    /// The code that belongs into a DNS TXT record of the domain.
    pub code: String,
    /// The state of the verification. Defaults to `awaiting`.
    #[serde(default)]
    pub status: VerificationStatus,
    /// When a `pending` verification ends. Defaults to none, which means at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verification_ends_on: Option<DateTime<Utc>>,
    /// When it was created. Defaults to 2024-01-01T00:00:00Z.
    #[serde(default = "beginning")]
    pub created_on: DateTime<Utc>,
    /// When it was last changed. Defaults to 2024-01-01T00:00:00Z.
    #[serde(default = "beginning")]
    pub updated_on: DateTime<Utc>,
}

impl SsoConnector {
    /// Creates a disabled connector whose verification has not begun.
    pub fn new(id: impl Into<String>, email_domain: impl Into<String>, code: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            email_domain: email_domain.into(),
            enabled: false,
            use_fedramp_language: false,
            code: code.into(),
            status: VerificationStatus::Awaiting,
            verification_ends_on: None,
            created_on: beginning(),
            updated_on: beginning(),
        }
    }
}

impl Row for SsoConnector {
    const KEY: &'static str = "id";

    fn key(&self) -> &str {
        &self.id
    }
}

/// The state of the verification of a domain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum VerificationStatus {
    /// Not begun.
    #[default]
    Awaiting,
    /// Begun. The first request after [`SsoConnector::verification_ends_on`] ends it.
    Pending,
    /// The domain has no such record. The verification can begin again.
    Failed,
    /// The record was found.
    Verified,
}
