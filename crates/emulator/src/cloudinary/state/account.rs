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
    /// The id that stands in every path.
    pub account_id: String,
    /// The account's API keys, which the permissions call provisioning keys.
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
    /// The roles that the account defines, oldest first.
    #[serde(default)]
    pub custom_roles: Table<CustomRole>,
    /// Who holds which role, oldest first.
    #[serde(default)]
    pub role_assignments: Vec<RoleAssignment>,
    /// The policies that the account defines, oldest first.
    #[serde(default)]
    pub custom_policies: Table<CustomPolicy>,
    /// The subscription that billing usage tells of. Without one the usage is empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub billing: Option<Billing>,
}

impl Account {
    /// Makes an account with nothing in it, not even a credential.
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

/// A key and secret of the account: what HTTP Basic authentication sends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Credential {
    /// The account's API key, unique over all accounts.
    pub api_key: String,
    /// The account's API secret.
    pub api_secret: Secret,
    /// Whether it may be used; a disabled one is refused with 401. Defaults to true.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// What it may do: operations by their ids in the vendor's document, `read` for all that change nothing, `write` for
    /// all others. What it may not do is 403, or 401 where the operation documents no 403. Defaults to everything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowed: Option<IndexSet<String>>,
}

impl Credential {
    /// Makes an enabled credential.
    pub fn new(api_key: impl Into<String>, api_secret: impl Into<Secret>) -> Self {
        Self {
            api_key: api_key.into(),
            api_secret: api_secret.into(),
            enabled: true,
            allowed: None,
        }
    }

    /// Makes an enabled credential that may read and change nothing.
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
