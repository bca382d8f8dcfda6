//! Users and user groups.

use chrono::{DateTime, Utc};
use indexmap::IndexSet;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::defaults::{beginning, yes};
use crate::table::Row;

/// The role of a new user when the request has none. The vendor's document has no default; this is the role with the
/// fewest permissions.
pub const DEFAULT_ROLE: &str = "media_library_user";

/// A user of the account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct User {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// The email address, unique within the account. Case does not matter.
    pub email: String,
    /// The role. It can be any text, to test roles that clients do not know. Defaults to [`DEFAULT_ROLE`].
    #[serde(default = "default_role")]
    pub role: String,
    /// Whether the user is enabled. Defaults to true.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// Whether the invitation is pending. Defaults to false; a user created by a request is pending.
    #[serde(default)]
    pub pending: bool,
    /// The environments that the user can access. Null or absent means all of them, an empty list means none. Ignored
    /// for `master_admin`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sub_account_ids: Option<IndexSet<String>>,
    /// When the user last logged in. Defaults to never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_login: Option<DateTime<Utc>>,
    /// The authentication providers. Defaults to none.
    #[serde(default)]
    pub providers: Vec<String>,
    /// Free-form preferences. Defaults to none.
    #[serde(default)]
    pub email_preferences: Map<String, Value>,
    /// Whether two-factor authentication is on. Defaults to false.
    #[serde(default)]
    pub two_factor: bool,
    /// Whether this is the account's root user. Deleting the root user, or taking the role `master_admin` away, gets
    /// 403. Defaults to false.
    #[serde(default)]
    pub root: bool,
    /// The technical role. Defaults to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub technical_role: Option<String>,
    /// When the user was created. Defaults to 2024-01-01T00:00:00Z.
    #[serde(default = "beginning")]
    pub created_at: DateTime<Utc>,
    /// When the user was last changed. Defaults to 2024-01-01T00:00:00Z.
    #[serde(default = "beginning")]
    pub updated_at: DateTime<Utc>,
}

fn default_role() -> String {
    DEFAULT_ROLE.to_owned()
}

impl User {
    /// Creates an enabled user with the [`DEFAULT_ROLE`] and access to every environment, who is not pending.
    pub fn new(id: impl Into<String>, name: impl Into<String>, email: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            email: email.into(),
            role: default_role(),
            enabled: true,
            pending: false,
            sub_account_ids: None,
            last_login: None,
            providers: Vec::new(),
            email_preferences: Map::new(),
            two_factor: false,
            root: false,
            technical_role: None,
            created_at: beginning(),
            updated_at: beginning(),
        }
    }

    /// Returns whether the user can access every environment, including future ones.
    pub fn has_all_sub_accounts(&self) -> bool {
        self.role == "master_admin" || self.sub_account_ids.is_none()
    }

    /// Returns whether the user can access this environment.
    pub fn has_access_to(&self, environment_id: &str) -> bool {
        self.has_all_sub_accounts()
            || self
                .sub_account_ids
                .as_ref()
                .is_some_and(|ids| ids.contains(environment_id))
    }
}

impl Row for User {
    const KEY: &'static str = "id";

    fn key(&self) -> &str {
        &self.id
    }
}

/// A user group and its members.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct UserGroup {
    /// The id.
    pub id: String,
    /// The name, unique within the account.
    pub name: String,
    /// The ids of the members, in the order they were added. Defaults to none.
    #[serde(default)]
    pub user_ids: IndexSet<String>,
    /// When it was created. Defaults to 2024-01-01T00:00:00Z.
    #[serde(default = "beginning")]
    pub created_at: DateTime<Utc>,
    /// When it was last changed. Defaults to 2024-01-01T00:00:00Z.
    #[serde(default = "beginning")]
    pub updated_at: DateTime<Utc>,
}

impl UserGroup {
    /// Creates a group without members.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            user_ids: IndexSet::new(),
            created_at: beginning(),
            updated_at: beginning(),
        }
    }
}

impl Row for UserGroup {
    const KEY: &'static str = "id";

    fn key(&self) -> &str {
        &self.id
    }
}
