//! Permissions: of tokens, of members with their user groups, and of administrators of the tenant.

use indexmap::IndexSet;
use serde_json::{Map, Value};

use super::error::{AUTHENTICATION, INVALID_TOKEN, UNREACHABLE};
use super::identity::Identity;
use super::requirements::{Area, REQUIREMENTS, Requirement, SETTINGS};
use super::state::{Account, Cloudflare, Effect, Member, MemberPolicy, MemberStatus, PermissionGroup, Token, User};
use crate::document::Operation;
use crate::email::same_email;
use crate::refusal::Refusal;

pub(super) fn check(
    operation: &Operation,
    state: &Cloudflare,
    identity: Identity<'_>,
    account_id: Option<&str>,
) -> Result<(), Refusal> {
    let requirement = REQUIREMENTS
        .iter()
        .find(|(id, _)| *id == operation.id)
        .map_or(Requirement::Tenant, |(_, requirement)| *requirement);
    let account = match account_id {
        None => None,
        // The error does not reveal whether the account exists.
        Some(id) => Some(
            state
                .accounts
                .get(id)
                .filter(|account| reaches(state, identity, account))
                .ok_or_else(unreachable)?,
        ),
    };
    match (requirement, account) {
        (Requirement::Tenant, _) => tenant(operation, state, identity, account),
        (Requirement::AccountToken, _) => match identity {
            Identity::AccountToken(..) => Ok(()),
            _ => Err(wrong_token("no token that belongs to the account")),
        },
        (Requirement::UserToken, _) => match identity {
            Identity::UserToken(..) => Ok(()),
            _ => Err(wrong_token("no token that belongs to a user")),
        },
        (Requirement::UserRead(area), _) => user(operation, state, identity, area, false),
        (Requirement::UserWrite(area), _) => user(operation, state, identity, area, true),
        (Requirement::AnyCaller, _) | (_, None) => Ok(()),
        (Requirement::Read(area), Some(account)) => of_account(operation, state, identity, account, area, false),
        (Requirement::Write(area), Some(account)) => of_account(operation, state, identity, account, area, true),
    }
}

fn unreachable() -> Refusal {
    Refusal::forbidden("the credentials do not reach the account in the path").code(UNREACHABLE)
}

fn wrong_token(what: &str) -> Refusal {
    Refusal::unauthorized(format!("the credentials are {what}")).code(INVALID_TOKEN)
}

fn lacking(operation: &Operation, area: Area, write: bool) -> Refusal {
    Refusal::forbidden(format!(
        "the credentials may not do {}: it takes {}",
        operation.id,
        area.group(write)
    ))
    .code(AUTHENTICATION)
}

fn of_account(
    operation: &Operation,
    state: &Cloudflare,
    identity: Identity<'_>,
    account: &Account,
    area: Area,
    write: bool,
) -> Result<(), Refusal> {
    let token = identity.token();
    let by_token = token.is_none_or(|token| token_allows(state, token, &account.id, area, write));
    let user = identity.user();
    let by_user = user.is_none_or(|user| user_is_allowed(state, user, account, area, write));
    match by_token && by_user {
        true => Ok(()),
        false => Err(lacking(operation, area, write)),
    }
}

/// Checks an operation on the user that the credentials belong to.
fn user(
    operation: &Operation,
    state: &Cloudflare,
    identity: Identity<'_>,
    area: Area,
    write: bool,
) -> Result<(), Refusal> {
    let Some(user) = identity.user() else {
        return Err(Refusal::forbidden("the credentials belong to no user").code(UNREACHABLE));
    };
    let token = identity.token();
    match token.is_none_or(|token| token_allows(state, token, &user.id, area, write)) {
        true => Ok(()),
        false => Err(lacking(operation, area, write)),
    }
}

fn tenant(
    operation: &Operation,
    state: &Cloudflare,
    identity: Identity<'_>,
    account: Option<&Account>,
) -> Result<(), Refusal> {
    let is_administrator = identity.user().is_some_and(|user| user.tenant_admin);
    let permits = identity.token().is_none_or(|token| {
        let id = account.map_or("*", |account| account.id.as_str());
        token_allows(state, token, id, SETTINGS, true)
    });
    match is_administrator && permits {
        true => Ok(()),
        false => Err(Refusal::forbidden(format!(
            "the credentials may not do {}: only administrators of a tenant can",
            operation.id
        ))
        .code(AUTHENTICATION)),
    }
}

/// Returns whether the caller can access the account at all.
pub(super) fn reaches(state: &Cloudflare, identity: Identity<'_>, account: &Account) -> bool {
    match identity {
        Identity::AccountToken(owner, _) => owner.id == account.id,
        Identity::UserToken(user, token) => belongs(user, account) && names(state, token, account),
        Identity::Key(user) | Identity::ServiceKey(user) => belongs(user, account),
    }
}

/// Returns whether a user is a member, or an administrator of the tenant.
fn belongs(user: &User, account: &Account) -> bool {
    user.tenant_admin || membership(user, account).is_some()
}

fn membership<'a>(user: &User, account: &'a Account) -> Option<&'a Member> {
    let mut members = account.members.iter();
    members.find(|member| member.status == MemberStatus::Accepted && same_email(&member.email, &user.email))
}

/// Returns whether any policy of a token allows anything on the account.
fn names(state: &Cloudflare, token: &Token, account: &Account) -> bool {
    token.policies.iter().any(|policy| {
        policy.effect == Effect::Allow
            && covers(&policy.resources, PermissionGroup::ACCOUNT, &account.id)
            && policy
                .permission_groups
                .iter()
                .any(|id| state.permission_groups.contains(id))
    })
}

fn user_is_allowed(state: &Cloudflare, user: &User, account: &Account, area: Area, write: bool) -> bool {
    user.tenant_admin
        || membership(user, account).is_some_and(|member| member_is_allowed(state, account, member, area, write))
}

/// Returns whether a member's roles, policies and user groups allow something in the account. A policy that denies takes
/// precedence.
pub(super) fn member_is_allowed(
    state: &Cloudflare,
    account: &Account,
    member: &Member,
    area: Area,
    write: bool,
) -> bool {
    let policies = policies_of(account, member)
        .filter(|policy| covers_whole_account(account, policy))
        .map(|policy| (policy.access, &policy.permission_groups));
    let mut roles = member.roles.iter().filter_map(|id| account.roles.get(id));
    verdict(state, policies, area, write).unwrap_or_else(|| {
        roles.any(|role| {
            role.permissions
                .get(area.role)
                .is_some_and(|grant| if write { grant.write } else { grant.read })
        })
    })
}

/// Returns the policies of a member, and those of the user groups that the member belongs to.
fn policies_of<'a>(account: &'a Account, member: &'a Member) -> impl Iterator<Item = &'a MemberPolicy> {
    let groups = account.user_groups.iter();
    let groups = groups.filter(|group| group.members.contains(&member.id));
    member
        .policies
        .iter()
        .chain(groups.flat_map(|group| group.policies.iter()))
}

fn covers_whole_account(account: &Account, policy: &MemberPolicy) -> bool {
    let mut groups = policy
        .resource_groups
        .iter()
        .filter_map(|id| account.resource_groups.get(id));
    groups.any(|group| group.scope == Account::resource(&account.id) && group.objects.contains("*"))
}

fn token_allows(state: &Cloudflare, token: &Token, id: &str, area: Area, write: bool) -> bool {
    let policies = token
        .policies
        .iter()
        .filter(|policy| covers(&policy.resources, area.scope, id))
        .map(|policy| (policy.effect, &policy.permission_groups));
    verdict(state, policies, area, write).unwrap_or(false)
}

/// Returns whether the resources of a policy include an account or a user as a whole. A value that is an object covers
/// only things inside it.
fn covers(resources: &Map<String, Value>, scope: &str, id: &str) -> bool {
    [id, "*"].iter().any(|id| {
        resources
            .get(&format!("{scope}.{id}"))
            .is_some_and(|value| value == "*")
    })
}

/// Returns what policies say about an access: `true` if some policy allows it and none denies it, `None` if no policy
/// is about it. Write permission includes read permission.
fn verdict<'a>(
    state: &Cloudflare,
    policies: impl Iterator<Item = (Effect, &'a IndexSet<String>)>,
    area: Area,
    write: bool,
) -> Option<bool> {
    let (read_name, write_name) = (area.group(false), area.group(true));
    let has = |groups: &IndexSet<String>, name: &str| {
        groups
            .iter()
            .filter_map(|id| state.permission_groups.get(id))
            .any(|group| group.name == name && group.scopes.contains(area.scope))
    };
    let mut verdict = None;
    for (effect, groups) in policies {
        let reads = has(groups, &read_name);
        let writes = has(groups, &write_name);
        match effect {
            Effect::Allow if writes || (!write && reads) => verdict = Some(true),
            Effect::Deny if reads || (write && writes) => return Some(false),
            _ => {}
        }
    }
    verdict
}
