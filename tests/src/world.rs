//! A small account that tests of the wire and of lifecycles begin with.

use account_provisioning_emulator::cloudinary::{
    AccessKey, Account, Billing, BillingCycle, Credential, CustomPolicy, CustomRole, PermissionType, PrincipalType,
    ProductEnvironment, RoleAssignment, ScopeType, User, UserGroup,
};
use account_provisioning_emulator::{Emulator, EmulatorBuilder, State};

/// The account's id; its capitals have to reach the path as they are.
pub const ACCOUNT: &str = "Acc-1";

/// The account: environments `env-1` (keys `111` and `222`) and `env-2`, users `user-1` and `user-2`, a group `group-1`
/// that `user-2` belongs to, and a monthly plan; custom roles `role-1` (which the key holds), `role-2` and `role-3`, and
/// the custom policies `policy-1`, which is disabled, and `policy-2`.
pub fn account() -> Account {
    let mut account = Account::new(ACCOUNT);
    account.credentials.insert(Credential::new("world-key", "world-secret"));
    let mut first = ProductEnvironment::new("env-1", "First", "first_cloud");
    first
        .access_keys
        .insert(AccessKey::new("111", "secret-of-111", "primary"));
    first
        .access_keys
        .insert(AccessKey::new("222", "secret-of-222", "second key"));
    account.product_environments.insert(first);
    let second = ProductEnvironment::new("env-2", "Second", "second_cloud");
    account.product_environments.insert(second);
    account
        .users
        .insert(User::new("user-1", "Ann Smith", "ann@client.example"));
    account
        .users
        .insert(User::new("user-2", "Bob Jones", "bob@client.example"));
    let mut editors = UserGroup::new("group-1", "Editors");
    editors.user_ids.insert("user-2".to_owned());
    account.user_groups.insert(editors);
    account.billing = Some(Billing::new("Plus", BillingCycle::Monthly));
    for (id, name) in [("role-1", "Reader"), ("role-2", "Writer"), ("role-3", "Auditor")] {
        let mut role = CustomRole::new(id, name, ScopeType::Account, PermissionType::Global);
        role.description = Some(format!("{name} of the account"));
        role.system_policy_ids.insert(READ_USERS.to_owned());
        account.custom_roles.insert(role);
    }
    let held = RoleAssignment::new("role-1", PrincipalType::ProvisioningKey, "world-key");
    account.role_assignments.push(held);
    for (id, name, enabled) in [("policy-1", "No billing", false), ("policy-2", "No reports", true)] {
        let mut policy = CustomPolicy::new(id, name, STATEMENT);
        policy.description = Some(format!("{name} for anybody"));
        policy.enabled = enabled;
        account.custom_policies.insert(policy);
    }
    account
}

/// The system policy that the account's roles are made of.
pub const READ_USERS: &str = "cld::policy::global::users_and_groups::view";

/// The statement of the account's policies.
pub const STATEMENT: &str =
    "forbid (principal, action == Cloudinary::Action::\"read\", resource is Cloudinary::Report);";

/// An emulator to be started with these accounts, at noon of 15 January 2026.
pub fn emulator(accounts: impl IntoIterator<Item = Account>) -> EmulatorBuilder {
    let mut state = State::empty();
    for account in accounts {
        state.cloudinary.accounts.insert(account);
    }
    let noon = "2026-01-15T12:00:00Z".parse().expect("the date is one");
    Emulator::builder().state(state).clock(noon)
}
