//! The invitations of the user to accounts.

use serde_json::{Value, json};

use super::context::{Context, object, reply, timestamp};
use super::memberships::{self, has_expired, role_names};
use super::state::{Account, Member, MemberStatus, User};
use crate::random::fixed_id;
use crate::refusal::Refusal;

pub(super) fn list(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let user = context.user()?;
    let invites = memberships::of_user(context.state, user).filter(|(_, member)| was_invited(member));
    let items = invites.map(|(account, member)| to_json(context, user, account, member));
    Ok(context.full_list(items.collect()))
}

pub(super) fn get(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let (account, member) = find(context)?;
    Ok(reply(to_json(context, context.user()?, account, member)))
}

pub(super) fn answer(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let (account, member) = find(context)?;
    let (account, member) = (account.id.clone(), member.id.clone());
    memberships::respond(context, &account, &member)?;
    get(context)
}

/// Returns the id of the invitation behind a membership. It is not the id of the membership.
pub(super) fn invite_id(account: &Account, member: &Member) -> String {
    fixed_id(&format!("invite {} {}", account.id, member.id))
}

/// Returns whether a member was invited: those who were added as accepted members were not.
fn was_invited(member: &Member) -> bool {
    member.status != MemberStatus::Accepted || member.invitation.is_some()
}

/// Returns the membership that belongs to the invitation in the path.
fn find<'a>(context: &'a Context<'_>) -> Result<(&'a Account, &'a Member), Refusal> {
    memberships::of_user(context.state, context.user()?)
        .filter(|(_, member)| was_invited(member))
        .find(|(account, member)| invite_id(account, member) == context.input.path("invite_id"))
        .ok_or_else(|| Refusal::not_found("the user has no invite with this id"))
}

fn to_json(context: &Context<'_>, user: &User, account: &Account, member: &Member) -> Value {
    let invitation = member.invitation.as_ref();
    let status = match has_expired(member, context.now) {
        true => json!("expired"),
        false => json!(member.status),
    };
    object([
        ("id", Some(invite_id(account, member).into())),
        ("organization_id", Some(account.id.clone().into())),
        ("organization_name", Some(account.name.clone().into())),
        (
            "organization_is_enforcing_twofactor",
            Some(account.settings.enforce_twofactor.into()),
        ),
        (
            "invited_by",
            invitation
                .and_then(|invitation| invitation.invited_by.clone())
                .map(Value::from),
        ),
        ("invited_member_email", Some(member.email.clone().into())),
        ("invited_member_id", Some(user.id.clone().into())),
        (
            "invited_on",
            invitation.map(|invitation| timestamp(invitation.invited_on).into()),
        ),
        (
            "expires_on",
            invitation.and_then(|invitation| Some(timestamp(invitation.expires_on?).into())),
        ),
        ("roles", Some(role_names((account, member)).map(Value::from).collect())),
        ("status", Some(status)),
    ])
}
