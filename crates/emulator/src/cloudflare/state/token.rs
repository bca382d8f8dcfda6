//! API tokens and their policies.

use chrono::{DateTime, Utc};
use indexmap::IndexSet;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::member::Effect;
use crate::defaults::beginning;
use crate::secret::Secret;
use crate::table::Row;

/// An API token of an account or of a user.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Token {
    /// The id, unique across all accounts and users. It is not a secret.
    pub id: String,
    /// The name. It need not be unique.
    pub name: String,
    /// The token itself, unique across all accounts and users. Only the response that creates or rolls the token
    /// contains it.
    pub value: Secret,
    /// The status. A token past `expires_on` is expired, whatever its status. Defaults to `active`.
    #[serde(default)]
    pub status: TokenStatus,
    /// When it was created. Defaults to 2024-01-01T00:00:00Z.
    #[serde(default = "beginning")]
    pub issued_on: DateTime<Utc>,
    /// When it was last changed. Defaults to 2024-01-01T00:00:00Z.
    #[serde(default = "beginning")]
    pub modified_on: DateTime<Utc>,
    /// When it was last used. Defaults to never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_used_on: Option<DateTime<Utc>>,
    /// Expires at this time. Defaults to never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_on: Option<DateTime<Utc>>,
    /// Not valid before this time. Defaults to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_before: Option<DateTime<Utc>>,
    /// The email address of the user who created a token of an account. Defaults to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub creator_email_at_creation: Option<String>,
    /// The policies. Defaults to none, which allow nothing.
    #[serde(default)]
    pub policies: Vec<TokenPolicy>,
    /// The addresses that it can be used from. Defaults to all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<TokenCondition>,
}

impl Token {
    /// Creates an active token without policies.
    pub fn new(id: impl Into<String>, name: impl Into<String>, value: impl Into<Secret>) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            value: value.into(),
            status: TokenStatus::Active,
            issued_on: beginning(),
            modified_on: beginning(),
            last_used_on: None,
            expires_on: None,
            not_before: None,
            creator_email_at_creation: None,
            policies: Vec::new(),
            condition: None,
        }
    }

    /// Returns the status at a time.
    pub fn status_at(&self, now: DateTime<Utc>) -> TokenStatus {
        match self.expires_on {
            Some(end) if end <= now => TokenStatus::Expired,
            _ => self.status,
        }
    }
}

impl Row for Token {
    const KEY: &'static str = "id";

    fn key(&self) -> &str {
        &self.id
    }
}

/// The status of a token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TokenStatus {
    /// Active.
    #[default]
    Active,
    /// Disabled.
    Disabled,
    /// Expired.
    Expired,
}

/// A policy of a token.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct TokenPolicy {
    /// The id.
    pub id: String,
    /// Whether it allows or denies.
    pub effect: Effect,
    /// The ids of the permission groups.
    pub permission_groups: IndexSet<String>,
    /// The resources by name, such as `com.cloudflare.api.account.ID`. Each value is `*` or an object of resources
    /// inside it.
    pub resources: Map<String, Value>,
}

impl TokenPolicy {
    /// Creates a policy that allows these permission groups, without resources.
    pub fn allow(id: impl Into<String>, permission_groups: impl IntoIterator<Item = String>) -> Self {
        Self {
            id: id.into(),
            effect: Effect::Allow,
            permission_groups: permission_groups.into_iter().collect(),
            resources: Map::new(),
        }
    }
}

/// The condition for using a token.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct TokenCondition {
    /// The IP addresses. Defaults to all. All requests to the emulator come from 127.0.0.1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_ip: Option<RequestIp>,
}

/// The IP addresses that a token can be used from, in CIDR notation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct RequestIp {
    /// The allowed addresses. Defaults to all.
    #[serde(default, rename = "in", skip_serializing_if = "Vec::is_empty")]
    pub within: Vec<String>,
    /// The denied addresses, which take precedence. Defaults to none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_in: Vec<String>,
}
