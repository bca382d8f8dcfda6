//! What Cloudinary's provisioning API knows: the rows of the state file.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use indexmap::IndexSet;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    secret::Secret,
    table::{Row, Table},
};

/// The account id of the default account.
pub const DEFAULT_ACCOUNT_ID: &str = "emulator-account";
/// The API key of the default account.
pub const DEFAULT_API_KEY: &str = "emulator-key";
/// The API secret of the default account.
pub const DEFAULT_API_SECRET: &str = "emulator-secret";

/// The moment that records of a state file without dates were made: 2024-01-01T00:00:00Z.
fn beginning() -> DateTime<Utc> {
    DateTime::from_timestamp(1_704_067_200, 0).unwrap_or_default()
}

fn yes() -> bool {
    true
}

/// All Cloudinary accounts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Cloudinary {
    /// The accounts by `account_id`. The first is the one that [`Emulator::cloudinary`](crate::Emulator::cloudinary) describes.
    pub accounts: Table<Account>,
}

impl Cloudinary {
    /// Makes a state without any account.
    pub fn empty() -> Self {
        Self { accounts: Table::new() }
    }
}

impl Default for Cloudinary {
    /// One account with one credential, one product environment that has one key, a monthly plan, no user and no group.
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

/// One Cloudinary account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Account {
    /// The id that stands in every path.
    pub account_id: String,
    /// The account's API keys; each may do everything.
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
}

impl Credential {
    /// Makes an enabled credential.
    pub fn new(api_key: impl Into<String>, api_secret: impl Into<Secret>) -> Self {
        Self {
            api_key: api_key.into(),
            api_secret: api_secret.into(),
            enabled: true,
        }
    }
}

impl Row for Credential {
    const KEY: &'static str = "api_key";

    fn key(&self) -> &str {
        &self.api_key
    }
}

/// A product environment, which the wire calls a sub-account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ProductEnvironment {
    /// The id, unique within its account.
    pub id: String,
    /// The display name.
    pub name: String,
    /// The cloud name, unique over all accounts without regard to case.
    pub cloud_name: String,
    /// Whether it is enabled. Defaults to true.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// Free-form attributes. Defaults to none.
    #[serde(default)]
    pub custom_attributes: Map<String, Value>,
    /// The access keys, oldest first.
    #[serde(default)]
    pub access_keys: Table<AccessKey>,
    /// When it was made. Defaults to 2024-01-01T00:00:00Z.
    #[serde(default = "beginning")]
    pub created_at: DateTime<Utc>,
    /// When it was last changed. Defaults to 2024-01-01T00:00:00Z.
    #[serde(default = "beginning")]
    pub updated_at: DateTime<Utc>,
}

impl ProductEnvironment {
    /// Makes an enabled environment without keys.
    pub fn new(id: impl Into<String>, name: impl Into<String>, cloud_name: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            cloud_name: cloud_name.into(),
            enabled: true,
            custom_attributes: Map::new(),
            access_keys: Table::new(),
            created_at: beginning(),
            updated_at: beginning(),
        }
    }
}

impl Row for ProductEnvironment {
    const KEY: &'static str = "id";

    fn key(&self) -> &str {
        &self.id
    }
}

/// An access key of a product environment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct AccessKey {
    /// The API key: digits in what the emulator makes, any text in a state file.
    pub api_key: String,
    /// The API secret, shown in every reply that shows the key, as the vendor does.
    pub api_secret: Secret,
    /// The name, unique within the environment.
    pub name: String,
    /// Whether it is enabled. Defaults to true.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// What the key is dedicated to, such as `webhooks`; one key of an environment at a time. Defaults to nothing.
    #[serde(default)]
    pub dedicated_for: IndexSet<String>,
    /// When it was made. Defaults to 2024-01-01T00:00:00Z.
    #[serde(default = "beginning")]
    pub created_at: DateTime<Utc>,
    /// When it was last changed. Defaults to 2024-01-01T00:00:00Z.
    #[serde(default = "beginning")]
    pub updated_at: DateTime<Utc>,
}

impl AccessKey {
    /// Makes an enabled key.
    pub fn new(api_key: impl Into<String>, api_secret: impl Into<Secret>, name: impl Into<String>) -> Self {
        Self {
            api_key: api_key.into(),
            api_secret: api_secret.into(),
            name: name.into(),
            enabled: true,
            dedicated_for: IndexSet::new(),
            created_at: beginning(),
            updated_at: beginning(),
        }
    }
}

impl Row for AccessKey {
    const KEY: &'static str = "api_key";

    fn key(&self) -> &str {
        &self.api_key
    }
}

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

/// How long a billing cycle lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum BillingCycle {
    /// A cycle of a month; the usage of a year lists its months as cycles.
    Monthly,
    /// A cycle of a year; its usage lists one cycle, and its months beside it.
    Annual,
}

/// The account's subscription.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Billing {
    /// The plan's name.
    pub plan_name: String,
    /// How long its cycles are.
    pub cycle: BillingCycle,
    /// The first day of the first cycle. Defaults to 2024-01-01.
    #[serde(default = "first_day")]
    pub started_on: NaiveDate,
    /// The day after the last one; from then on no subscription is active. Defaults to never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_on: Option<NaiveDate>,
    /// What each metric may use in a cycle, by the metric's name. Defaults to 225 credits.
    #[serde(default = "limits")]
    pub limits: BTreeMap<String, f64>,
}

fn first_day() -> NaiveDate {
    beginning().date_naive()
}

fn limits() -> BTreeMap<String, f64> {
    BTreeMap::from([("credit".to_owned(), 225.0)])
}

impl Billing {
    /// Makes a subscription that began on 2024-01-01 and has not ended.
    pub fn new(plan_name: impl Into<String>, cycle: BillingCycle) -> Self {
        Self {
            plan_name: plan_name.into(),
            cycle,
            started_on: first_day(),
            ended_on: None,
            limits: limits(),
        }
    }
}
