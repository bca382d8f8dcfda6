//! Members and their policies.

use indexmap::IndexSet;
use serde::{Deserialize, Serialize};

use crate::table::{Row, Table};

/// A membership: a user's place in an account, or the invitation to it.
///
/// The names and the second factor are those of the [`User`](super::User) with this email address, when there is one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Member {
    /// The id of the membership.
    pub id: String,
    /// The email address, unique within the account without regard to case.
    pub email: String,
    /// Whether the invitation was taken up. Change it here to accept or reject one: no operation does. Defaults to
    /// `accepted`.
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
    /// Makes a member without roles and policies.
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

/// The state of an invitation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum MemberStatus {
    /// It was taken up.
    #[default]
    Accepted,
    /// It waits for an answer.
    Pending,
    /// It was turned down. Replies show such a member without a status, for which the document has no word.
    Rejected,
}

/// Whether a policy grants or takes away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Effect {
    /// It grants.
    Allow,
    /// It takes away, whatever others grant.
    Deny,
}

/// A policy of a member.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct MemberPolicy {
    /// The id, unique within the member.
    pub id: String,
    /// Whether it grants or takes away.
    pub access: Effect,
    /// The ids of the permission groups.
    pub permission_groups: IndexSet<String>,
    /// The ids of the resource groups of the account.
    pub resource_groups: IndexSet<String>,
}

impl MemberPolicy {
    /// Makes a policy.
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
