//! The people who sign in.

use serde::{Deserialize, Serialize};

use super::token::Token;
use crate::secret::Secret;
use crate::table::{Row, Table};

/// A user, who signs in with a key, a service key or a token of their own.
///
/// What a user may do in an account is what the membership there says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct User {
    /// The email address, unique without regard to case; a membership belongs to the user with its address.
    pub email: String,
    /// The id, unique.
    pub id: String,
    /// The first name, when it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    /// The last name, when it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// Whether the user signs in with a second factor. Defaults to false.
    #[serde(default)]
    pub two_factor_authentication_enabled: bool,
    /// Whether the user administers the tenant, and so may create and delete accounts. Defaults to false.
    #[serde(default)]
    pub tenant_admin: bool,
    /// The key that goes into `X-Auth-Key`, when there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub api_key: Option<Secret>,
    /// The key that goes into `X-Auth-User-Service-Key`, when there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_key: Option<Secret>,
    /// The API tokens that belong to the user. No operation here makes them.
    #[serde(default)]
    pub tokens: Table<Token>,
}

impl User {
    /// Makes a user without names, keys and tokens, who does not administer the tenant.
    pub fn new(id: impl Into<String>, email: impl Into<String>) -> Self {
        Self {
            email: email.into(),
            id: id.into(),
            first_name: None,
            last_name: None,
            two_factor_authentication_enabled: false,
            tenant_admin: false,
            api_key: None,
            service_key: None,
            tokens: Table::new(),
        }
    }
}

impl Row for User {
    const KEY: &'static str = "email";

    fn key(&self) -> &str {
        &self.email
    }
}
