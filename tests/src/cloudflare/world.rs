//! A small Cloudflare account that tests begin with.

use account_provisioning_emulator::cloudflare::{
    Account, AuditEntry, AuditLog, Cloudflare, DEFAULT_ACCOUNT_ID, Frequency, Member, MemberStatus, PermissionGroup,
    Subscription, Token,
};
use account_provisioning_emulator::{Emulator, EmulatorBuilder, State};
use chrono::{DateTime, TimeDelta, Utc};

/// The account's id.
pub const ACCOUNT: &str = DEFAULT_ACCOUNT_ID;

/// Noon of 15 January 2026, when the emulator starts.
pub fn noon() -> DateTime<Utc> {
    "2026-01-15T12:00:00Z".parse().expect("the date is one")
}

/// The default account and, in it, the members `member-1` (accepted) and `member-2` (pending), the token `token-1` and the
/// subscription `subscription-1`; and another account, `account-2`.
pub fn state() -> State {
    let mut state = State::default();
    state.cloudflare.accounts.insert(Account::new("account-2", "Second"));
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
