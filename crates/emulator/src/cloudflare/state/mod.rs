//! The state of Cloudflare.

mod account;
mod audit_entry;
mod audit_log;
mod catalog;
mod member;
mod permission_group;
mod resource_group;
mod role;
mod sso_connector;
mod subscription;
mod synthetic;
mod token;
mod user;
mod user_group;

use indexmap::IndexSet;
use serde::{Deserialize, Serialize};

use crate::table::Table;

pub use self::account::{Account, AccountSettings, AccountType, ManagedBy};
pub use self::audit_entry::{AuditActor, AuditEntry, AuditRequest, AuditResource, AuditZone};
pub use self::audit_log::AuditLog;
pub(super) use self::catalog::AREAS;
pub use self::member::{Effect, Invitation, Member, MemberPolicy, MemberStatus};
pub use self::permission_group::PermissionGroup;
pub use self::resource_group::ResourceGroup;
pub use self::role::{Grant, Role};
pub use self::sso_connector::{SsoConnector, VerificationStatus};
pub use self::subscription::{Frequency, PendingDowngrade, Subscription, SubscriptionState};
pub use self::synthetic::SyntheticAuditLog;
pub use self::token::{RequestIp, Token, TokenCondition, TokenPolicy, TokenStatus};
pub use self::user::User;
pub use self::user_group::{GroupMember, UserGroup};

/// The id of the default account.
pub const DEFAULT_ACCOUNT_ID: &str = "emulator-account";
/// The value of the default account's API token, which has every permission in the account.
pub const DEFAULT_ACCOUNT_TOKEN: &str = "emulator-account-token";
/// The value of the default user's API token, which has every permission of the user.
pub const DEFAULT_USER_TOKEN: &str = "emulator-user-token";
/// The email address of the default user, who is the only member of the default account and an administrator of the
/// tenant.
pub const DEFAULT_EMAIL: &str = "admin@emulator.example";
/// The default user's API key.
pub const DEFAULT_API_KEY: &str = "emulator-api-key";
/// The default user's service key.
pub const DEFAULT_SERVICE_KEY: &str = "emulator-service-key";

/// The state of Cloudflare.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Cloudflare {
    /// The accounts by `id`. [`Emulator::cloudflare`](crate::Emulator::cloudflare) returns the first one.
    pub accounts: Table<Account>,
    /// The users, by `email`.
    #[serde(default)]
    pub users: Table<User>,
    /// The units of the tenant, in which accounts can be created. Defaults to none.
    #[serde(default)]
    pub units: IndexSet<String>,
    /// The email domains whose verification for single sign-on fails, since they have no DNS record. Defaults to none.
    #[serde(default, skip_serializing_if = "IndexSet::is_empty")]
    pub unverifiable_domains: IndexSet<String>,
    /// The permission groups for the policies of tokens, members and user groups. Defaults to about forty, whose ids are made up.
    #[serde(
        default = "catalog::permission_groups",
        skip_serializing_if = "catalog::are_default_groups"
    )]
    pub permission_groups: Table<PermissionGroup>,
}

impl Cloudflare {
    /// Creates a state with the usual permission groups, without accounts and users.
    pub fn empty() -> Self {
        Self {
            accounts: Table::new(),
            users: Table::new(),
            units: IndexSet::new(),
            unverifiable_domains: IndexSet::new(),
            permission_groups: catalog::permission_groups(),
        }
    }

    /// Finds a permission group by its name and one of its scopes, such as `com.cloudflare.api.account`.
    pub fn permission_group(&self, name: &str, scope: &str) -> Option<&PermissionGroup> {
        self.permission_groups
            .iter()
            .find(|group| group.name == name && group.scopes.contains(scope))
    }

    /// Returns a policy that allows all permission groups of a scope on a resource.
    fn everything(&self, id: &str, scope: &str, resource: &str) -> TokenPolicy {
        let groups = self.permission_groups.iter();
        let groups = groups.filter(|group| group.scopes.contains(scope));
        let mut policy = TokenPolicy::allow(id, groups.map(|group| group.id.clone()));
        policy
            .resources
            .insert(resource.to_owned(), serde_json::Value::from("*"));
        policy
    }
}

impl Default for Cloudflare {
    /// One account with one API token, one free subscription and one member; and one tenant unit, `emulator-unit`. The
    /// member is an administrator of the tenant and has an API token, an API key and a service key.
    fn default() -> Self {
        let mut state = Self::empty();
        state.units.insert("emulator-unit".to_owned());
        let mut account = Account::new(DEFAULT_ACCOUNT_ID, "Emulator");
        let mut own = Token::new("emulator-token-1", "Everything", DEFAULT_ACCOUNT_TOKEN);
        own.policies.push(state.everything(
            "emulator-account-policy",
            PermissionGroup::ACCOUNT,
            &Account::resource(DEFAULT_ACCOUNT_ID),
        ));
        account.tokens.insert(own);
        let mut member = Member::new("emulator-member", DEFAULT_EMAIL, MemberStatus::Accepted);
        member
            .roles
            .extend(account.roles.iter().take(1).map(|role| role.id.clone()));
        account.members.insert(member);
        account
            .subscriptions
            .insert(Subscription::new("emulator-subscription", "free", Frequency::Monthly));
        state.accounts.insert(account);
        let mut user = User::new("emulator-user", DEFAULT_EMAIL);
        user.first_name = Some("Ada".to_owned());
        user.last_name = Some("Admin".to_owned());
        user.api_key = Some(DEFAULT_API_KEY.into());
        user.service_key = Some(DEFAULT_SERVICE_KEY.into());
        user.tenant_admin = true;
        let mut token = Token::new("emulator-token-2", "Everything", DEFAULT_USER_TOKEN);
        token.policies = vec![
            state.everything(
                "emulator-user-policy",
                PermissionGroup::ACCOUNT,
                &Account::resource("*"),
            ),
            state.everything(
                "emulator-user-policy-2",
                PermissionGroup::USER,
                &User::resource(&user.id),
            ),
        ];
        user.tokens.insert(token);
        state.users.insert(user);
        state
    }
}
