//! Users and user groups.

use chrono::{DateTime, Utc};
use indexmap::IndexSet;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::defaults::{beginning, yes};
use crate::table::Row;

/// The role that a user has when the request names none. The vendor's document names no default; this is the least of them.
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
    /// The email address, unique within the account without regard to case.
    pub email: String,
    /// The role; any text, so that roles which clients do not know can be tried. Defaults to [`DEFAULT_ROLE`].
    #[serde(default = "default_role")]
    pub role: String,
    /// Whether the user is enabled. Defaults to true.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// Whether the invitation is still open. Defaults to false here; a user made by a request starts as pending.
    #[serde(default)]
    pub pending: bool,
    /// The environments the user may enter: null or absent is all of them, an empty list none. Ignored for `master_admin`.
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
    /// Whether this is the account's root user, who can neither be deleted nor lose `master_admin` (403). Defaults to false.
    #[serde(default)]
    pub root: bool,
    /// The technical role, when there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub technical_role: Option<String>,
    /// When the user was made. Defaults to 2024-01-01T00:00:00Z.
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
    /// Makes an enabled user of the [`DEFAULT_ROLE`], not pending, with access to every environment.
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

    /// Tells whether the user may enter every environment, now and later.
    pub fn has_all_sub_accounts(&self) -> bool {
        self.role == "master_admin" || self.sub_account_ids.is_none()
    }

    /// Tells whether the user may enter this environment.
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
    /// The members' ids, in the order they were added. Defaults to none.
    #[serde(default)]
    pub user_ids: IndexSet<String>,
    /// When it was made. Defaults to 2024-01-01T00:00:00Z.
    #[serde(default = "beginning")]
    pub created_at: DateTime<Utc>,
    /// When it was last changed. Defaults to 2024-01-01T00:00:00Z.
    #[serde(default = "beginning")]
    pub updated_at: DateTime<Utc>,
}

impl UserGroup {
    /// Makes a group without members.
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
