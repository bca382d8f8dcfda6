//! The members of a user group.

use serde_json::{Value, json};

use super::context::Context;
use super::state::{Account, User, UserGroup};
use crate::quirk::Quirk;
use crate::refusal::Refusal;

pub(super) fn list(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let id = context.input.path("group_id");
    let account = context.account()?;
    Ok(json!({ "users": to_json(account, account.group(id)?) }))
}

pub(super) fn add(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let (input, quirks, now) = (context.input, context.quirks, context.now);
    let (id, user_id) = (input.path("group_id"), input.path("user_id"));
    let account = context.account()?;
    account.group(id)?;
    account.user(user_id)?;
    let group = account.group_mut(id)?;
    if group.user_ids.insert(user_id.to_owned()) {
        group.updated_at = now;
    } else if !quirks.has(Quirk::AddMemberIsIdempotent) {
        return Err(Refusal::conflict("the user is already a member of the user group"));
    }
    let group = account.group(id)?;
    let users = to_json(account, group);
    if quirks.has(Quirk::AddUserReturnsList) {
        return Ok(json!({ "users": users }));
    }
    let mut reply = member(account.user(user_id)?);
    if !quirks.has(Quirk::AddUserReturnsUser) {
        // One response that fits both the document and the older client.
        reply["users"] = users;
    }
    Ok(reply)
}

pub(super) fn remove(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let (input, now) = (context.input, context.now);
    let (id, user_id) = (input.path("group_id"), input.path("user_id"));
    let account = context.account()?;
    account.group(id)?;
    account.user(user_id)?;
    let group = account.group_mut(id)?;
    if !group.user_ids.shift_remove(user_id) {
        return Err(Refusal::not_found(format!(
            "Cannot find user with id {user_id} in user group with id {id}"
        )));
    }
    group.updated_at = now;
    Ok(json!({ "users": to_json(account, account.group(id)?) }))
}

/// Returns a group's members, in the order they were added.
pub(super) fn to_json(account: &Account, group: &UserGroup) -> Value {
    group
        .user_ids
        .iter()
        .filter_map(|id| account.users.get(id))
        .map(member)
        .collect()
}

fn member(user: &User) -> Value {
    json!({ "id": user.id, "name": user.name, "email": user.email })
}
