//! Users.

use serde::{Deserialize, Serialize};

use super::permission_group::PermissionGroup;
use super::token::Token;
use crate::secret::Secret;
use crate::table::{Row, Table};

/// A user, who authenticates with an API key, a service key or an API token.
///
/// A user's permissions in an account come from the membership there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct User {
    /// The email address, which is unique. Case does not matter. Memberships refer to it.
    pub email: String,
    /// The id, which is unique.
    pub id: String,
    /// The first name. Defaults to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    /// The last name. Defaults to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// The telephone number. Defaults to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub telephone: Option<String>,
    /// The country. Defaults to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// The postal code. Defaults to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zipcode: Option<String>,
    /// Whether two-factor authentication is on. Defaults to false.
    #[serde(default)]
    pub two_factor_authentication_enabled: bool,
    /// Whether the user is an administrator of the tenant, who can create and delete accounts. Defaults to false.
    #[serde(default)]
    pub tenant_admin: bool,
    /// The API key, which is sent in `X-Auth-Key`. Defaults to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub api_key: Option<Secret>,
    /// The service key, which is sent in `X-Auth-User-Service-Key`. Defaults to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_key: Option<Secret>,
    /// The API tokens that belong to the user, oldest first.
    #[serde(default)]
    pub tokens: Table<Token>,
}

impl User {
    /// Returns the resource name of a user, for policies of tokens. The id `*` means every user.
    pub fn resource(id: &str) -> String {
        format!("{}.{id}", PermissionGroup::USER)
    }

    /// Creates a user without names, keys and tokens, who is not an administrator of the tenant.
    pub fn new(id: impl Into<String>, email: impl Into<String>) -> Self {
        Self {
            email: email.into(),
            id: id.into(),
            first_name: None,
            last_name: None,
            telephone: None,
            country: None,
            zipcode: None,
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
