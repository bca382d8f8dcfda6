//! The state of Cloudinary.

mod account;
mod billing;
mod content;
mod environment;
mod permission_words;
mod permissions;
mod user;

use serde::{Deserialize, Serialize};

use crate::table::Table;

pub use self::account::{Account, Credential};
pub use self::billing::{Billing, BillingCycle};
pub use self::content::{Asset, Folder};
pub use self::environment::{AccessKey, ProductEnvironment};
pub use self::permission_words::{ALL_ENVIRONMENTS, PermissionType, PrincipalType, ScopeType};
pub use self::permissions::{CustomPolicy, CustomRole, RoleAssignment};
pub use self::user::{DEFAULT_ROLE, User, UserGroup};

/// The account id of the default account.
pub const DEFAULT_ACCOUNT_ID: &str = "emulator-account";
/// The API key of the default account.
pub const DEFAULT_API_KEY: &str = "emulator-key";
/// The API secret of the default account.
pub const DEFAULT_API_SECRET: &str = "emulator-secret";

/// The state of Cloudinary.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Cloudinary {
    /// The accounts by `account_id`. [`Emulator::cloudinary`](crate::Emulator::cloudinary) returns the first one.
    pub accounts: Table<Account>,
}

impl Cloudinary {
    /// Creates a state without accounts.
    pub fn empty() -> Self {
        Self { accounts: Table::new() }
    }
}

impl Default for Cloudinary {
    /// One account with one credential, one product environment with one access key, and a monthly plan.
    fn default() -> Self {
        let mut account = Account::new(DEFAULT_ACCOUNT_ID);
        account
            .credentials
            .insert(Credential::new(DEFAULT_API_KEY, DEFAULT_API_SECRET));
        let mut environment = ProductEnvironment::new("emulator-environment", "Default", "emulator");
        environment
            .access_keys
            .insert(AccessKey::new("100000000000001", "emulator-environment-secret", "Root"));
        account.product_environments.insert(environment);
        account.billing = Some(Billing::new("Plus", BillingCycle::Monthly));
        Self {
            accounts: [account].into_iter().collect(),
        }
    }
}
