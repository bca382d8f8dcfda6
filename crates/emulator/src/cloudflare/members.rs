//! Members of an account.

use std::collections::HashMap;

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::context::{Context, deleted, object, read, reply, required_text};
use super::error::invalid_at;
use super::member_access::{self, Access};
use super::state::{Account, Cloudflare, Invitation, Member, MemberStatus, User};
use crate::email::{email_key, is_email, same_email};
use crate::quirk::Quirk;
use crate::refusal::Refusal;

pub(super) fn list(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let (input, account) = (context.input, context.account()?);
    let status: Option<MemberStatus> = input.query("status").map(|text| read(&text.into())).transpose()?;
    let users = Users::of(context.state);
    let mut members: Vec<(&Member, Option<&User>)> = account
        .members
        .iter()
        .filter(|member| status.is_none_or(|status| member.status == status))
        .map(|member| (member, users.find(member)))
        .collect();
    // Sorting is stable: equal members stay in the order of creation, which is reversed with the rest.
    match input.query("order") {
        Some("user.first_name") => members.sort_by_key(|(_, user)| user.and_then(|user| user.first_name.as_deref())),
        Some("user.last_name") => members.sort_by_key(|(_, user)| user.and_then(|user| user.last_name.as_deref())),
        Some("user.email") => members.sort_by_cached_key(|(member, _)| email_key(&member.email)),
        Some("status") => members.sort_by_key(|(member, _)| member.status),
        _ => {}
    }
    if input.query("direction") == Some("desc") {
        members.reverse();
    }
    context.page(&members, |(member, user)| {
        to_json(context.state, account, member, *user, true)
    })
}

pub(super) fn add(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let input = context.input;
    let email = required_text(input, "email")?;
    if !is_email(email) {
        return Err(invalid_at("/email", "email is not an email address"));
    }
    let status = input.field("status").map(read::<MemberStatus>).transpose()?;
    let access = Access::read(input, context.state, context.account()?)?;
    if context
        .account()?
        .members
        .iter()
        .any(|member| same_email(&member.email, email))
    {
        return Err(Refusal::conflict("the account has a member with this email address already").at("/email"));
    }
    let mut member = Member::new(context.random.id(), email, status.unwrap_or(MemberStatus::Pending));
    member.invitation = (member.status == MemberStatus::Pending)
        .then(|| invitation(context))
        .transpose()?;
    access.apply_to(&mut member, context.random);
    let id = member.id.clone();
    context.account_mut()?.members.insert(member);
    one(context, &id, !context.quirks.has(Quirk::AddedMemberWithoutRoles))
}

pub(super) fn get(context: &mut Context<'_>) -> Result<Value, Refusal> {
    one(context, context.input.path("member_id"), true)
}

pub(super) fn update(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let (input, id) = (context.input, context.input.path("member_id"));
    let account = context.account()?;
    account.members.get(id).ok_or_else(no_member)?;
    let access = Access::read(input, context.state, account)?;
    let stale = input.text("status") == Some("pending") && context.quirks.has(Quirk::PendingStatusDropsUpdate);
    if !stale {
        let mut member = context
            .account_mut()?
            .members
            .get_mut(id)
            .map(|member| member.clone())
            .ok_or_else(no_member)?;
        access.apply_to(&mut member, context.random);
        context.account_mut()?.members.insert(member);
    }
    one(context, id, true)
}

pub(super) fn remove(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let id = context.input.path("member_id");
    context.account_mut()?.remove_member(id).ok_or_else(no_member)?;
    Ok(deleted(id))
}

/// How long an invitation can be answered.
const ANSWER_TIME: TimeDelta = TimeDelta::days(7);

fn invitation(context: &Context<'_>) -> Result<Invitation, Refusal> {
    let mut invitation = Invitation::new(context.now);
    invitation.invited_by = context.identity()?.user().map(|user| user.email.clone());
    invitation.expires_on = context.now.checked_add_signed(ANSWER_TIME);
    Ok(invitation)
}

fn no_member() -> Refusal {
    Refusal::not_found("the account has no member with this id")
}

fn one(context: &Context<'_>, id: &str, roles: bool) -> Result<Value, Refusal> {
    let account = context.account()?;
    let member = account.members.get(id).ok_or_else(no_member)?;
    let user = context
        .state
        .users
        .iter()
        .find(|user| same_email(&user.email, &member.email));
    Ok(reply(to_json(context.state, account, member, user, roles)))
}

/// The users by email address.
struct Users<'a>(HashMap<String, &'a User>);

impl<'a> Users<'a> {
    fn of(state: &'a Cloudflare) -> Self {
        let users = state.users.iter().map(|user| (email_key(&user.email), user));
        Self(users.collect())
    }

    fn find(&self, member: &Member) -> Option<&'a User> {
        self.0.get(&email_key(&member.email)).copied()
    }
}

fn to_json(state: &Cloudflare, account: &Account, member: &Member, user: Option<&User>, roles: bool) -> Value {
    // The document has no status for a rejected invitation.
    let status = (member.status != MemberStatus::Rejected).then(|| json!(member.status));
    object([
        ("id", Some(member.id.clone().into())),
        ("email", Some(member.email.clone().into())),
        (
            "policies",
            Some(member_access::policies_to_json(state, account, &member.policies)),
        ),
        ("roles", roles.then(|| member_access::roles_to_json(account, member))),
        ("status", status),
        (
            "user",
            Some(object([
                ("email", Some(member.email.clone().into())),
                ("id", user.map(|user| user.id.clone().into())),
                (
                    "first_name",
                    user.and_then(|user| user.first_name.clone()).map(Value::from),
                ),
                (
                    "last_name",
                    user.and_then(|user| user.last_name.clone()).map(Value::from),
                ),
                (
                    "two_factor_authentication_enabled",
                    user.map(|user| user.two_factor_authentication_enabled.into()),
                ),
            ])),
        ),
    ])
}
