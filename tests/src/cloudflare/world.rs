//! A small Cloudflare account that tests begin with.

use account_provisioning_emulator::cloudflare::{
    Account, AuditEntry, AuditLog, Cloudflare, DEFAULT_ACCOUNT_ID, DEFAULT_EMAIL, Effect, Frequency, GroupMember,
    Member, MemberPolicy, MemberStatus, PermissionGroup, ResourceGroup, SsoConnector, Subscription, Token, UserGroup,
};
use account_provisioning_emulator::{Emulator, EmulatorBuilder, State};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

/// The account's id.
pub const ACCOUNT: &str = DEFAULT_ACCOUNT_ID;

/// Noon of 15 January 2026, when the emulator starts.
pub fn noon() -> DateTime<Utc> {
    "2026-01-15T12:00:00Z".parse().expect("the date is one")
}

/// The default account and, in it, the members `member-1` (accepted) and `member-2` (pending), the token `token-1` and the
/// subscription `subscription-1`, the resource group `resource-group-1`, the user group `user-group-1` with `member-1` and
/// a policy, and the connector `sso-connector-1`; and another account, `account-2`, to which the default user is invited
/// (`membership-2`). The default user has the token `user-token-1`.
pub fn state() -> State {
    let mut state = State::default();
    let mut second = Account::new("account-2", "Second");
    second
        .members
        .insert(Member::new("membership-2", DEFAULT_EMAIL, MemberStatus::Pending));
    state.cloudflare.accounts.insert(second);
    for user in state.cloudflare.users.iter_mut() {
        user.tokens
            .insert(Token::new("user-token-1", "Own", "value-of-user-token-1"));
    }
    let account = account(&mut state);
    for (id, email, status) in [
        ("member-1", "ann@client.example", MemberStatus::Accepted),
        ("member-2", "bob@client.example", MemberStatus::Pending),
    ] {
        let mut member = Member::new(id, email, status);
        member
            .roles
            .extend(account.roles.iter().take(1).map(|role| role.id.clone()));
        account.members.insert(member);
    }
    account
        .tokens
        .insert(Token::new("token-1", "Reports", "value-of-token-1"));
    account
        .subscriptions
        .insert(Subscription::new("subscription-1", "pro", Frequency::Monthly));
    let mut shop = ResourceGroup::new("resource-group-1", "Shop", Account::resource(&account.id));
    shop.objects.insert("com.cloudflare.api.account.zone.shop".to_owned());
    account.resource_groups.insert(shop);
    let mut readers = UserGroup::new("user-group-1", "Readers");
    readers.members.insert(GroupMember::new("member-1"));
    readers.policies.insert(MemberPolicy::new(
        "policy-1",
        Effect::Allow,
        [permission_group("Billing Read")],
        ["resource-group-1".to_owned()],
    ));
    account.user_groups.insert(readers);
    account
        .sso_connectors
        .insert(SsoConnector::new("sso-connector-1", "client.example", "code-1"));
    state
}

/// An emulator with the [`state`], at [`noon`].
pub fn emulator() -> EmulatorBuilder {
    Emulator::builder().state(state()).clock(noon())
}

/// The default account with so many members beside the default one: `member-00000` is the oldest.
pub fn with_members(count: usize) -> EmulatorBuilder {
    with(|account| {
        for n in 0..count {
            let (id, email) = (format!("member-{n:05}"), format!("member-{n:05}@client.example"));
            account.members.insert(Member::new(id, email, MemberStatus::Accepted));
        }
    })
}

/// The default account, changed, at [`noon`].
pub fn with(edit: impl FnOnce(&mut Account)) -> EmulatorBuilder {
    let mut state = State::default();
    edit(account(&mut state));
    Emulator::builder().state(state).clock(noon())
}

/// The default account with a log of so many entries, one a second, `together` of them at one moment; the first is of
/// `since`.
pub fn with_audit_log(count: u64, together: u64, since: DateTime<Utc>) -> EmulatorBuilder {
    with(|account| {
        account.audit_log = AuditLog::synthetic(count);
        if let Some(log) = &mut account.audit_log.synthetic {
            log.first_at = since;
            log.together = together;
        }
    })
}

/// Adds an entry to the log of the first account, so many milliseconds from [`noon`].
pub fn record(emulator: &Emulator, id: &str, milliseconds: i64) {
    let entry = AuditEntry::new(id, noon() + TimeDelta::milliseconds(milliseconds));
    emulator
        .edit_state(|state| account(state).audit_log.record(entry))
        .expect("the state stays consistent");
}

/// Adds an entry about a resource to the log of the first account, so many milliseconds from [`noon`].
pub fn record_about(emulator: &Emulator, id: &str, milliseconds: i64, resource: &str) {
    let mut entry = AuditEntry::new(id, noon() + TimeDelta::milliseconds(milliseconds));
    let about = json!({ "id": resource, "product": "zones", "scope": "zones", "type": "zone" });
    entry.resource = serde_json::from_value(about).expect("it is a resource");
    emulator
        .edit_state(|state| account(state).audit_log.record(entry))
        .expect("the state stays consistent");
}

/// The first account of a state.
pub fn account(state: &mut State) -> &mut Account {
    state
        .cloudflare
        .accounts
        .iter_mut()
        .next()
        .expect("the state has an account")
}

/// The id of a permission group of the catalog.
pub fn permission_group(name: &str) -> String {
    let state = Cloudflare::empty();
    let group = state.permission_group(name, PermissionGroup::ACCOUNT);
    group.expect("the catalog has the group").id.clone()
}

/// The id of the nth role of the catalog.
pub fn role(n: usize) -> String {
    let roles = Account::new("any", "Any").roles;
    let id = roles.iter().nth(n).map(|role| role.id.clone());
    id.expect("the catalog has the role")
}

/// The id of the resource group for all that is in the account.
pub fn resource_group() -> String {
    account_provisioning_emulator::cloudflare::ResourceGroup::whole(ACCOUNT).id
}

/// The id of the invite behind the membership `membership-2`.
pub async fn invite(client: &account_provisioning::cloudflare::Client) -> String {
    let invites = client.user().invites().list().await.expect("the user sees the invites");
    let invite = invites.items.first().expect("the user is invited");
    invite.id.to_string()
}
