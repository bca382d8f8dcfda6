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
    /// The id, unique over all accounts and users. It is no secret.
    pub id: String,
    /// The name; not unique.
    pub name: String,
    /// What signs requests in, unique over all accounts and users. No reply shows it, but that which made it.
    pub value: Secret,
    /// The status; a token past `expires_on` is expired whatever stands here. Defaults to `active`.
    #[serde(default)]
    pub status: TokenStatus,
    /// When it was made. Defaults to 2024-01-01T00:00:00Z.
    #[serde(default = "beginning")]
    pub issued_on: DateTime<Utc>,
    /// When it was last changed. Defaults to 2024-01-01T00:00:00Z.
    #[serde(default = "beginning")]
    pub modified_on: DateTime<Utc>,
    /// When it last signed a request in. Defaults to never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_used_on: Option<DateTime<Utc>>,
    /// From when on it is refused. Defaults to never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_on: Option<DateTime<Utc>>,
    /// Until when it is refused. Defaults to no time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_before: Option<DateTime<Utc>>,
    /// What it may do. Defaults to nothing.
    #[serde(default)]
    pub policies: Vec<TokenPolicy>,
    /// Where it may be used from. Defaults to everywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<TokenCondition>,
}

impl Token {
    /// Makes an active token that may do nothing.
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
    /// It works.
    #[default]
    Active,
    /// It was switched off.
    Disabled,
    /// Its time is over.
    Expired,
}

/// A policy of a token.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct TokenPolicy {
    /// The id.
    pub id: String,
    /// Whether it grants or takes away.
    pub effect: Effect,
    /// The ids of the permission groups.
    pub permission_groups: IndexSet<String>,
    /// The resources by name, such as `com.cloudflare.api.account.ID`: each `*`, or an object of resources inside of it.
    pub resources: Map<String, Value>,
}

impl TokenPolicy {
    /// Makes a policy that allows these permission groups, on no resource yet.
    pub fn allow(id: impl Into<String>, permission_groups: impl IntoIterator<Item = String>) -> Self {
        Self {
            id: id.into(),
            effect: Effect::Allow,
            permission_groups: permission_groups.into_iter().collect(),
            resources: Map::new(),
        }
    }
}

/// Where a token may be used from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct TokenCondition {
    /// The addresses. Defaults to all. The emulator's requests come from 127.0.0.1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_ip: Option<RequestIp>,
}

/// The addresses that a token may be used from, in CIDR notation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct RequestIp {
    /// Those it may be used from. Defaults to all.
    #[serde(default, rename = "in", skip_serializing_if = "Vec::is_empty")]
    pub within: Vec<String>,
    /// Those it may not be used from, whatever the others say. Defaults to none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_in: Vec<String>,
}
