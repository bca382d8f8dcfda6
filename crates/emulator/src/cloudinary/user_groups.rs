//! The user groups of an account.

use serde_json::{Value, json};

use super::context::{Context, given_name, required_name, timestamp};
use super::group_members;
use super::lookup::no_group;
use super::state::{Account, PrincipalType, UserGroup};
use crate::context::with_field;
use crate::refusal::Refusal;

pub(super) fn list(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let extended = context.input.query_bool("extended_details").unwrap_or(false);
    let account = context.account()?;
    let groups: Vec<Value> = account
        .user_groups
        .iter()
        .map(|group| to_json(account, group, extended))
        .collect();
    Ok(with_field("user_groups", groups))
}

pub(super) fn create(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let (input, now) = (context.input, context.now);
    let name = required_name(input)?;
    refuse_taken(context.account()?, name, None)?;
    let mut group = UserGroup::new(context.random.id(), name);
    group.created_at = now;
    group.updated_at = now;
    let account = context.account()?;
    let reply = to_json(account, &group, input.flag("extended_details").unwrap_or(false));
    account.user_groups.insert(group);
    Ok(reply)
}

pub(super) fn get(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let input = context.input;
    let account = context.account()?;
    let group = account.group(input.path("group_id"))?;
    Ok(to_json(
        account,
        group,
        input.query_bool("extended_details").unwrap_or(false),
    ))
}

pub(super) fn update(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let (input, now) = (context.input, context.now);
    let id = input.path("group_id");
    let name = given_name(input)?;
    let account = context.account()?;
    account.group(id)?;
    if let Some(name) = name {
        refuse_taken(account, name, Some(id))?;
        name.clone_into(&mut account.group_mut(id)?.name);
    }
    account.group_mut(id)?.updated_at = now;
    Ok(to_json(
        account,
        account.group(id)?,
        input.flag("extended_details").unwrap_or(false),
    ))
}

pub(super) fn delete(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let id = context.input.path("group_id");
    let account = context.account()?;
    account.user_groups.remove(id).ok_or_else(|| no_group(id))?;
    account.remove_assignments_of(PrincipalType::Group, id);
    // The document has only `message`. The service also sends `ok`, which its client's live tests expect.
    Ok(json!({ "message": "ok", "ok": true }))
}

fn to_json(account: &Account, group: &UserGroup, extended: bool) -> Value {
    let mut json = json!({ "id": group.id, "name": group.name });
    if extended {
        json["users"] = group_members::to_json(account, group);
        json["created_at"] = timestamp(group.created_at).into();
        json["updated_at"] = timestamp(group.updated_at).into();
    }
    json
}

fn refuse_taken(account: &Account, name: &str, own: Option<&str>) -> Result<(), Refusal> {
    match account
        .user_groups
        .iter()
        .any(|group| group.name == name && own != Some(group.id.as_str()))
    {
        true => Err(Refusal::conflict(format!("a user group named {name} already exists"))),
        false => Ok(()),
    }
}
