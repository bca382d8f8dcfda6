//! Users and what they may do.

use chrono::{DateTime, Utc};
use indexmap::IndexSet;
use serde::{Deserialize, Serialize};

use super::password::Password;
use crate::defaults::yes;
use crate::secret::Secret;
use crate::table::Row;

/// The permission without which a company is left out of a user's permissions.
pub const USE_APP: &str = "use_app";

/// A user of the license server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct User {
    /// The name that the user signs in with.
    pub username: String,
    /// The password, hashed; in JSON the hash, or the password itself.
    pub password: Password,
    /// The first name. Defaults to none, which is empty.
    #[serde(default)]
    pub first_name: String,
    /// The last name. Defaults to none, which is empty.
    #[serde(default)]
    pub last_name: String,
    /// The e-mail address. Defaults to none, which is empty.
    #[serde(default)]
    pub email: String,
    /// The personal number. Defaults to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pin: Option<Secret>,
    /// The id of the company that the user belongs to. Defaults to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// Whether the user may sign in; one who may not is refused as one with a wrong password is. Defaults to true.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// What the user may do in which module for which company. Defaults to nothing.
    #[serde(default)]
    pub grants: Vec<Grant>,
    /// How often in a row the user failed to sign in. Defaults to 0.
    #[serde(default)]
    pub failed_logins: u32,
    /// Until when the user is locked out. Defaults to not being so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locked_until: Option<DateTime<Utc>>,
}

impl User {
    /// Makes a user who may sign in and do nothing.
    pub fn new(username: impl Into<String>, password: &str) -> Self {
        Self {
            username: username.into(),
            password: Password::new(password),
            first_name: String::new(),
            last_name: String::new(),
            email: String::new(),
            pin: None,
            company: None,
            enabled: true,
            grants: Vec::new(),
            failed_logins: 0,
            locked_until: None,
        }
    }
}

impl Row for User {
    const KEY: &'static str = "username";

    fn key(&self) -> &str {
        &self.username
    }
}

/// What a user may do in one module for one company.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Grant {
    /// The id of the module.
    pub module: String,
    /// The id of the company.
    pub company: String,
    /// The slugs of the permissions. Without [`USE_APP`] among them the company is left out.
    pub permissions: IndexSet<String>,
}

impl Grant {
    /// Makes a grant of these permissions.
    pub fn new<S: Into<String>>(
        module: impl Into<String>,
        company: impl Into<String>,
        permissions: impl IntoIterator<Item = S>,
    ) -> Self {
        Self {
            module: module.into(),
            company: company.into(),
            permissions: permissions.into_iter().map(Into::into).collect(),
        }
    }
}
