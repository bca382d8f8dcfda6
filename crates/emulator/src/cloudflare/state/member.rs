//! Members and their policies.

use indexmap::IndexSet;
use serde::{Deserialize, Serialize};

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
    /// The status of the invitation. No operation accepts or rejects an invitation; change the state instead. Defaults
    /// to `accepted`.
    #[serde(default)]
    pub status: MemberStatus,
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
    /// Rejected. Responses contain such a member without a status, since the document has none for it.
    Rejected,
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

/// A policy of a member.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct MemberPolicy {
    /// The id, unique within the member.
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
