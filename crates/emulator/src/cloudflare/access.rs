//! Permissions: of tokens, of members, and of administrators of the tenant.

use super::error::{AUTHENTICATION, INVALID_TOKEN, UNREACHABLE};
use super::identity::Identity;
use super::state::{Account, Cloudflare, Effect, Member, MemberStatus, PermissionGroup, Token, User};
use crate::document::Operation;
use crate::email::same_email;
use crate::refusal::Refusal;

/// An area of permissions, with its name in permission groups and its name in roles.
#[derive(Clone, Copy, Debug)]
struct Area {
    groups: &'static str,
    role: &'static str,
}

const SETTINGS: Area = Area {
    groups: "Account Settings",
    role: "organization",
};
const BILLING: Area = Area {
    groups: "Billing",
    role: "billing",
};
const TOKENS: Area = Area {
    groups: "Account API Tokens",
    role: "organization",
};

/// What an operation requires.
#[derive(Clone, Copy, Debug)]
enum Requirement {
    /// Any valid credentials.
    AnyCaller,
    /// A token that belongs to the account.
    OwnToken,
    Read(Area),
    Write(Area),
    /// An administrator of the tenant.
    Tenant,
}

const REQUIREMENTS: &[(&str, Requirement)] = &[
    ("listAccounts", Requirement::AnyCaller),
    ("createAccount", Requirement::Tenant),
    ("getAccount", Requirement::Read(SETTINGS)),
    ("updateAccount", Requirement::Write(SETTINGS)),
    ("deleteAccount", Requirement::Tenant),
    ("listMembers", Requirement::Read(SETTINGS)),
    ("addMember", Requirement::Write(SETTINGS)),
    ("getMember", Requirement::Read(SETTINGS)),
    ("updateMember", Requirement::Write(SETTINGS)),
    ("removeMember", Requirement::Write(SETTINGS)),
    ("listRoles", Requirement::Read(SETTINGS)),
    ("getRole", Requirement::Read(SETTINGS)),
    ("listSubscriptions", Requirement::Read(BILLING)),
    ("createSubscription", Requirement::Write(BILLING)),
    ("updateSubscription", Requirement::Write(BILLING)),
    ("deleteSubscription", Requirement::Write(BILLING)),
    ("listTokens", Requirement::Read(TOKENS)),
    ("createToken", Requirement::Write(TOKENS)),
    ("getToken", Requirement::Read(TOKENS)),
    ("updateToken", Requirement::Write(TOKENS)),
    ("deleteToken", Requirement::Write(TOKENS)),
    ("rollToken", Requirement::Write(TOKENS)),
    ("verifyToken", Requirement::OwnToken),
    ("listPermissionGroups", Requirement::Read(TOKENS)),
    ("listAuditLogs", Requirement::Read(SETTINGS)),
];

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
    let (area, write) = match (requirement, account) {
        (Requirement::Tenant, _) => return tenant(operation, state, identity, account),
        (Requirement::OwnToken, _) => return own_token(identity),
        (Requirement::AnyCaller, _) | (_, None) => return Ok(()),
        (Requirement::Read(area), Some(account)) => ((area, account), false),
        (Requirement::Write(area), Some(account)) => ((area, account), true),
    };
    let (area, account) = area;
    match is_allowed(state, identity, account, area, write) {
        true => Ok(()),
        false => Err(Refusal::forbidden(format!(
            "the credentials may not do {}: it takes {} {}",
            operation.id,
            area.groups,
            if write { "Write" } else { "Read" }
        ))
        .code(AUTHENTICATION)),
    }
}

fn unreachable() -> Refusal {
    Refusal::forbidden("the credentials do not reach the account in the path").code(UNREACHABLE)
}

fn tenant(
    operation: &Operation,
    state: &Cloudflare,
    identity: Identity<'_>,
    account: Option<&Account>,
) -> Result<(), Refusal> {
    let is_administrator = identity.user().is_some_and(|user| user.tenant_admin);
    let permits = identity.token().is_none_or(|token| {
        let resource = account.map_or("*", |account| account.id.as_str());
        token_allows(state, token, resource, SETTINGS, true)
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

fn own_token(identity: Identity<'_>) -> Result<(), Refusal> {
    match identity {
        Identity::AccountToken(..) => Ok(()),
        _ => Err(Refusal::unauthorized("the credentials are no token that belongs to the account").code(INVALID_TOKEN)),
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
    account
        .members
        .iter()
        .find(|member| member.status == MemberStatus::Accepted && same_email(&member.email, &user.email))
}

/// Returns whether any policy of a token allows anything on the account.
fn names(state: &Cloudflare, token: &Token, account: &Account) -> bool {
    token.policies.iter().any(|policy| {
        policy.effect == Effect::Allow
            && covers(&policy.resources, &account.id)
            && policy
                .permission_groups
                .iter()
                .any(|id| state.permission_groups.contains(id))
    })
}

fn is_allowed(state: &Cloudflare, identity: Identity<'_>, account: &Account, area: Area, write: bool) -> bool {
    identity
        .token()
        .is_none_or(|token| token_allows(state, token, &account.id, area, write))
        && identity
            .user()
            .is_none_or(|user| user_is_allowed(state, user, account, area, write))
}

fn user_is_allowed(state: &Cloudflare, user: &User, account: &Account, area: Area, write: bool) -> bool {
    if user.tenant_admin {
        return true;
    }
    let Some(member) = membership(user, account) else {
        return false;
    };
    let by_role = member
        .roles
        .iter()
        .filter_map(|id| account.roles.get(id)?.permissions.get(area.role))
        .any(|grant| if write { grant.write } else { grant.read });
    let policies = member.policies.iter().filter(|policy| {
        policy.resource_groups.iter().any(|id| {
            account
                .resource_groups
                .get(id)
                .is_some_and(|group| group.scope == Account::resource(&account.id) && group.objects.contains("*"))
        })
    });
    by_role
        || granted(
            state,
            policies.map(|policy| (policy.access, &policy.permission_groups)),
            area,
            write,
        )
}

fn token_allows(state: &Cloudflare, token: &Token, account_id: &str, area: Area, write: bool) -> bool {
    let policies = token
        .policies
        .iter()
        .filter(|policy| covers(&policy.resources, account_id));
    granted(
        state,
        policies.map(|policy| (policy.effect, &policy.permission_groups)),
        area,
        write,
    )
}

/// Returns whether the resources of a policy include an account as a whole. A value that is an object covers only
/// things inside the account.
fn covers(resources: &serde_json::Map<String, serde_json::Value>, account_id: &str) -> bool {
    [Account::resource(account_id), Account::resource("*")]
        .iter()
        .any(|name| resources.get(name).is_some_and(|value| value == "*"))
}

/// Returns whether some policy allows the access and none denies it. Write permission includes read permission.
fn granted<'a>(
    state: &Cloudflare,
    policies: impl Iterator<Item = (Effect, &'a indexmap::IndexSet<String>)>,
    area: Area,
    write: bool,
) -> bool {
    let (read_name, write_name) = (format!("{} Read", area.groups), format!("{} Write", area.groups));
    let has = |groups: &indexmap::IndexSet<String>, name: &str| {
        groups
            .iter()
            .filter_map(|id| state.permission_groups.get(id))
            .any(|group| group.name == name && group.scopes.contains(PermissionGroup::ACCOUNT))
    };
    let mut allowed = false;
    for (effect, groups) in policies {
        let reads = has(groups, &read_name);
        let writes = has(groups, &write_name);
        match effect {
            Effect::Allow => allowed |= writes || (!write && reads),
            Effect::Deny if reads || (write && writes) => return false,
            Effect::Deny => {}
        }
    }
    allowed
}

#[cfg(test)]
mod tests {
    use super::super::document::DOCUMENT;
    use super::*;
    use crate::document::assert_covers;

    #[test]
    fn requirements_cover_the_operations_of_the_document_exactly() {
        assert_covers(&DOCUMENT, |_| true, REQUIREMENTS.iter().map(|(id, _)| *id));
    }
}
