//! Users and their permissions.

use chrono::{DateTime, Utc};
use indexmap::IndexSet;
use serde::{Deserialize, Serialize};

use super::password::Password;
use crate::defaults::yes;
use crate::secret::Secret;
use crate::table::Row;

/// The permission that a user needs for a company to be listed.
pub const USE_APP: &str = "use_app";

/// A user of the license server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct User {
    /// The login name.
    pub username: String,
    /// The hashed password. In JSON it is the hash or the password itself.
    pub password: Password,
    /// The first name. Defaults to an empty name.
    #[serde(default)]
    pub first_name: String,
    /// The last name. Defaults to an empty name.
    #[serde(default)]
    pub last_name: String,
    /// The email address. Defaults to an empty one.
    #[serde(default)]
    pub email: String,
    /// The personal number. Defaults to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pin: Option<Secret>,
    /// The id of the company that the user belongs to. Defaults to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// Whether the user may log in. A disabled user gets the same error as for a wrong password. Defaults to true.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// The permissions by module and company. Defaults to none.
    #[serde(default)]
    pub grants: Vec<Grant>,
    /// The number of failed logins in a row. Defaults to 0.
    #[serde(default)]
    pub failed_logins: u32,
    /// Locked out until this time. Defaults to not locked out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locked_until: Option<DateTime<Utc>>,
}

impl User {
    /// Creates an enabled user without permissions.
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

/// The permissions of a user in one module for one company.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Grant {
    /// The id of the module.
    pub module: String,
    /// The id of the company.
    pub company: String,
    /// The slugs of the permissions. Without [`USE_APP`], the company is not listed.
    pub permissions: IndexSet<String>,
}

impl Grant {
    /// Creates a grant of these permissions.
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
