//! Members and their policies.

use chrono::{DateTime, Utc};
use indexmap::IndexSet;
use serde::{Deserialize, Serialize};

use crate::defaults::beginning;
use crate::table::{Row, Table};

/// A membership of a user in an account, or an invitation.
///
/// The name and the two-factor setting come from the [`User`](super::User) with this email address, if there is one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Member {
    /// The id of the membership.
    pub id: String,
    /// The email address, unique within the account. Case does not matter.
    pub email: String,
    /// The status of the invitation, which the user with this email address accepts or rejects. Defaults to `accepted`.
    #[serde(default)]
    pub status: MemberStatus,
    /// Who invited the member, and until when it can be accepted. Defaults to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invitation: Option<Invitation>,
    /// The ids of the roles. Defaults to none.
    #[serde(default)]
    pub roles: IndexSet<String>,
    /// The policies. Defaults to none.
    #[serde(default)]
    pub policies: Table<MemberPolicy>,
}

impl Member {
    /// Creates a member without roles and policies.
    pub fn new(id: impl Into<String>, email: impl Into<String>, status: MemberStatus) -> Self {
        Self {
            id: id.into(),
            email: email.into(),
            status,
            invitation: None,
            roles: IndexSet::new(),
            policies: Table::new(),
        }
    }
}

impl Row for Member {
    const KEY: &'static str = "id";

    fn key(&self) -> &str {
        &self.id
    }
}

/// The status of an invitation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum MemberStatus {
    /// Accepted.
    #[default]
    Accepted,
    /// Pending.
    Pending,
    /// Rejected. Responses about the account contain such a member without a status, since the document has none for it.
    Rejected,
}

/// How a member was invited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Invitation {
    /// The email address of the user who sent it. Defaults to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invited_by: Option<String>,
    /// When it was sent. Defaults to 2024-01-01T00:00:00Z.
    #[serde(default = "beginning")]
    pub invited_on: DateTime<Utc>,
    /// Expires at this time, unless it was accepted or rejected before. Defaults to never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_on: Option<DateTime<Utc>>,
}

impl Invitation {
    /// Creates an invitation without a sender that does not expire.
    pub fn new(invited_on: DateTime<Utc>) -> Self {
        Self {
            invited_by: None,
            invited_on,
            expires_on: None,
        }
    }
}

/// Whether a policy allows or denies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Effect {
    /// The policy allows.
    Allow,
    /// The policy denies, whatever others allow.
    Deny,
}

/// A policy of a member or a user group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct MemberPolicy {
    /// The id, unique within the member or the user group.
    pub id: String,
    /// Whether it allows or denies.
    pub access: Effect,
    /// The ids of the permission groups.
    pub permission_groups: IndexSet<String>,
    /// The ids of the resource groups of the account.
    pub resource_groups: IndexSet<String>,
}

impl MemberPolicy {
    /// Creates a policy.
    pub fn new(
        id: impl Into<String>,
        access: Effect,
        permission_groups: impl IntoIterator<Item = String>,
        resource_groups: impl IntoIterator<Item = String>,
    ) -> Self {
        Self {
            id: id.into(),
            access,
            permission_groups: permission_groups.into_iter().collect(),
            resource_groups: resource_groups.into_iter().collect(),
        }
    }
}

impl Row for MemberPolicy {
    const KEY: &'static str = "id";

    fn key(&self) -> &str {
        &self.id
    }
}
