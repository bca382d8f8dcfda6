//! User groups.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::member::MemberPolicy;
use crate::defaults::beginning;
use crate::table::{Row, Table};

/// A user group of an account. Its policies apply to each of its members, in addition to their own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct UserGroup {
    /// The id, unique within the account.
    pub id: String,
    /// The name. It need not be unique.
    pub name: String,
    /// When it was created. Defaults to 2024-01-01T00:00:00Z.
    #[serde(default = "beginning")]
    pub created_on: DateTime<Utc>,
    /// When it was last changed. Defaults to 2024-01-01T00:00:00Z.
    #[serde(default = "beginning")]
    pub modified_on: DateTime<Utc>,
    /// The policies. Defaults to none.
    #[serde(default)]
    pub policies: Table<MemberPolicy>,
    /// The members of the account that belong to the group. Defaults to none.
    #[serde(default)]
    pub members: Table<GroupMember>,
}

impl UserGroup {
    /// Creates a group without policies and members.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            created_on: beginning(),
            modified_on: beginning(),
            policies: Table::new(),
            members: Table::new(),
        }
    }
}

impl Row for UserGroup {
    const KEY: &'static str = "id";

    fn key(&self) -> &str {
        &self.id
    }
}

/// A member of a user group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GroupMember {
    /// The id of the [`Member`](super::Member) of the account.
    pub id: String,
    /// When the member was added to the group. Defaults to 2024-01-01T00:00:00Z.
    #[serde(default = "beginning")]
    pub created_at: DateTime<Utc>,
}

impl GroupMember {
    /// Creates a member that was added on 2024-01-01T00:00:00Z.
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            created_at: beginning(),
        }
    }
}

impl Row for GroupMember {
    const KEY: &'static str = "id";

    fn key(&self) -> &str {
        &self.id
    }
}
