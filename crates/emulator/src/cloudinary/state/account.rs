//! Accounts and their credentials.

use indexmap::IndexSet;
use serde::{Deserialize, Serialize};

use super::billing::Billing;
use super::environment::ProductEnvironment;
use super::permissions::{CustomPolicy, CustomRole, RoleAssignment};
use super::user::{User, UserGroup};
use crate::defaults::yes;
use crate::secret::Secret;
use crate::table::{Row, Table};

/// One Cloudinary account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Account {
    /// The id, which is part of every path.
    pub account_id: String,
    /// The account's API keys. The permissions API calls them provisioning keys.
    #[serde(default)]
    pub credentials: Table<Credential>,
    /// The product environments (sub-accounts), oldest first.
    #[serde(default)]
    pub product_environments: Table<ProductEnvironment>,
    /// The users, oldest first.
    #[serde(default)]
    pub users: Table<User>,
    /// The user groups, oldest first.
    #[serde(default)]
    pub user_groups: Table<UserGroup>,
    /// The account's custom roles, oldest first.
    #[serde(default)]
    pub custom_roles: Table<CustomRole>,
    /// The assigned roles, oldest first.
    #[serde(default)]
    pub role_assignments: Vec<RoleAssignment>,
    /// The account's custom policies, oldest first.
    #[serde(default)]
    pub custom_policies: Table<CustomPolicy>,
    /// The subscription for billing usage. Without one, the usage is empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub billing: Option<Billing>,
}

impl Account {
    /// Creates an empty account, without credentials.
    pub fn new(account_id: impl Into<String>) -> Self {
        Self {
            account_id: account_id.into(),
            credentials: Table::new(),
            product_environments: Table::new(),
            users: Table::new(),
            user_groups: Table::new(),
            custom_roles: Table::new(),
            role_assignments: Vec::new(),
            custom_policies: Table::new(),
            billing: None,
        }
    }
}

impl Row for Account {
    const KEY: &'static str = "account_id";

    fn key(&self) -> &str {
        &self.account_id
    }
}

/// An API key and secret of the account, for HTTP Basic authentication.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Credential {
    /// The API key, unique across all accounts.
    pub api_key: String,
    /// The API secret.
    pub api_secret: Secret,
    /// Whether it can be used. A disabled credential gets 401. Defaults to true.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// The allowed operations: ids in the vendor's document, `read` for all operations that change nothing, `write` for
    /// all others. Other operations get 403, or 401 where the operation does not document 403. Defaults to all
    /// operations.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowed: Option<IndexSet<String>>,
}

impl Credential {
    /// Creates an enabled credential that allows every operation.
    pub fn new(api_key: impl Into<String>, api_secret: impl Into<Secret>) -> Self {
        Self {
            api_key: api_key.into(),
            api_secret: api_secret.into(),
            enabled: true,
            allowed: None,
        }
    }

    /// Creates an enabled credential that allows only operations that change nothing.
    pub fn read_only(api_key: impl Into<String>, api_secret: impl Into<Secret>) -> Self {
        Self {
            allowed: Some(IndexSet::from(["read".to_owned()])),
            ..Self::new(api_key, api_secret)
        }
    }
}

impl Row for Credential {
    const KEY: &'static str = "api_key";

    fn key(&self) -> &str {
        &self.api_key
    }
}
