//! The memberships of the user in accounts, with the invitations that are not answered.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::access;
use super::accounts;
use super::context::{Context, deleted, object, read, reply};
use super::member_access::policies_to_json;
use super::requirements::{Area, BILLING, SETTINGS};
use super::state::{AREAS, Account, AccountType, Cloudflare, Member, MemberStatus, User};
use crate::email::same_email;
use crate::refusal::Refusal;

/// A membership: the account, and the member in it.
type Membership<'a> = (&'a Account, &'a Member);

pub(super) fn list(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let input = context.input;
    let status: Option<MemberStatus> = input.query("status").map(|text| read(&text.into())).transpose()?;
    let wanted = |name: &str| input.query(name);
    let mut memberships: Vec<Membership<'_>> = of_user(context.state, context.user()?)
        .filter(|(_, member)| status.is_none_or(|status| member.status == status))
        .filter(|(account, _)| {
            let names = [wanted("account.name"), wanted("name")];
            names.into_iter().flatten().all(|name| name == account.name)
        })
        .collect();
    // Sorting is stable: equal memberships stay in the order of the accounts, which is reversed with the rest.
    match input.query("order") {
        Some("id") => memberships.sort_by_key(|(_, member)| member.id.as_str()),
        Some("account.name") => memberships.sort_by_key(|(account, _)| account.name.as_str()),
        Some("status") => memberships.sort_by_key(|(_, member)| member.status),
        _ => {}
    }
    if input.query("direction") == Some("desc") {
        memberships.reverse();
    }
    context.page(&memberships, |membership| to_json(context.state, *membership, false))
}

pub(super) fn get(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let membership = find(context)?;
    Ok(reply(to_json(context.state, membership, true)))
}

pub(super) fn answer(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let (account, member) = find(context)?;
    let (account, member) = (account.id.clone(), member.id.clone());
    respond(context, &account, &member)?;
    get(context)
}

pub(super) fn delete(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let (account, member) = find(context)?;
    let (account, member) = (account.id.clone(), member.id.clone());
    if let Some(account) = context.state.accounts.get_mut(&account) {
        account.remove_member(&member);
    }
    Ok(deleted(&member))
}

/// Returns the memberships of a user, in the order of the accounts.
pub(super) fn of_user<'a>(state: &'a Cloudflare, user: &'a User) -> impl Iterator<Item = Membership<'a>> {
    state.accounts.iter().flat_map(move |account| {
        let members = account
            .members
            .iter()
            .filter(|member| same_email(&member.email, &user.email));
        members.map(move |member| (account, member))
    })
}

/// Returns the membership in the path.
fn find<'a>(context: &'a Context<'_>) -> Result<Membership<'a>, Refusal> {
    of_user(context.state, context.user()?)
        .find(|(_, member)| member.id == context.input.path("membership_id"))
        .ok_or_else(|| Refusal::not_found("the user has no membership with this id"))
}

/// Accepts or rejects an invitation. The same answer again changes nothing.
pub(super) fn respond(context: &mut Context<'_>, account_id: &str, member_id: &str) -> Result<(), Refusal> {
    let (now, answer) = (context.now, context.input.field("status").unwrap_or(&Value::Null));
    let answer: MemberStatus = read(answer)?;
    let account = context.state.accounts.get_mut(account_id);
    let member = account.and_then(|account| account.members.get_mut(member_id));
    let member = member.ok_or_else(|| Refusal::not_found("the invitation is gone"))?;
    match member.status {
        status if status == answer => {}
        MemberStatus::Pending if has_expired(member, now) => {
            return Err(Refusal::conflict("the invitation has expired"));
        }
        MemberStatus::Pending => member.status = answer,
        _ => return Err(Refusal::conflict("the invitation has another answer already")),
    }
    Ok(())
}

/// Returns whether an invitation can no longer be answered.
pub(super) fn has_expired(member: &Member, now: DateTime<Utc>) -> bool {
    let end = member.invitation.as_ref().and_then(|invitation| invitation.expires_on);
    member.status == MemberStatus::Pending && end.is_some_and(|end| end <= now)
}

/// Returns the names of a member's roles.
pub(super) fn role_names<'a>((account, member): Membership<'a>) -> impl Iterator<Item = &'a str> {
    let roles = member.roles.iter().filter_map(|id| account.roles.get(id));
    roles.map(|role| role.name.as_str())
}

/// Returns what a member may do, by area: what the roles say, and for the areas that the emulator knows also what
/// policies and user groups say.
pub(super) fn permissions(state: &Cloudflare, (account, member): Membership<'_>) -> Map<String, Value> {
    let grant = |area: &str, write: bool| {
        let mut roles = member
            .roles
            .iter()
            .filter_map(|id| account.roles.get(id)?.permissions.get(area));
        roles.any(|grant| if write { grant.write } else { grant.read })
    };
    let known = |area: Area, write: bool| access::member_is_allowed(state, account, member, area, write);
    let allowed = |area: &str, write: bool| match area {
        _ if area == SETTINGS.role => known(SETTINGS, write),
        _ if area == BILLING.role => known(BILLING, write),
        _ => grant(area, write),
    };
    AREAS
        .iter()
        .map(|area| (*area, allowed(area, false), allowed(area, true)))
        .filter(|(_, read, write)| *read || *write)
        .map(|(area, read, write)| (area.to_owned(), json!({ "read": read, "write": write })))
        .collect()
}

fn to_json(state: &Cloudflare, membership: Membership<'_>, policies: bool) -> Value {
    let (account, member) = membership;
    let is_enterprise = account.kind == AccountType::Enterprise;
    object([
        ("id", Some(member.id.clone().into())),
        ("account", Some(accounts::to_json(account))),
        ("api_access_enabled", is_enterprise.then_some(true.into())),
        ("permissions", Some(permissions(state, membership).into())),
        (
            "policies",
            policies.then(|| policies_to_json(state, account, &member.policies)),
        ),
        ("roles", Some(role_names(membership).map(Value::from).collect())),
        ("status", Some(json!(member.status))),
    ])
}
