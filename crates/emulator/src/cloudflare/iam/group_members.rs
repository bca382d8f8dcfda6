//! Members of a user group.

use indexmap::IndexSet;
use serde_json::{Value, json};

use super::super::context::{Context, object, reply, timestamp};
use super::super::error::invalid_at;
use super::super::state::{Account, GroupMember, Member, MemberStatus};
use crate::email::{email_key, same_email};
use crate::refusal::Refusal;

pub(in super::super) fn list(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let (input, account) = (context.input, context.account()?);
    let group = account.user_group(input.path("user_group_id"))?;
    let part = email_key(input.query("fuzzyEmail").unwrap_or_default());
    let members = group.members.iter().filter_map(|row| account.members.get(&row.id));
    let mut members: Vec<&Member> = members
        .filter(|member| email_key(&member.email).contains(&part))
        .collect();
    members.sort_by_cached_key(|member| email_key(&member.email));
    if input.query("direction") == Some("desc") {
        members.reverse();
    }
    context.page(&members, |member| to_json(member))
}

pub(in super::super) fn get(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let (row, member) = find(context)?;
    let user = context
        .state
        .users
        .iter()
        .find(|user| same_email(&user.email, &member.email));
    let mut result = to_json(member);
    result["created_at"] = timestamp(row.created_at).into();
    result["user"] = object([
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
    ]);
    Ok(reply(result))
}

/// Adds members. Those that are in the group already stay as they are.
pub(in super::super) fn add(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let ids = ids(context)?;
    put(context, &ids, false)
}

pub(in super::super) fn replace(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let ids = ids(context)?;
    put(context, &ids, true)
}

pub(in super::super) fn remove(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let (now, input) = (context.now, context.input);
    let result = to_json(find(context)?.1);
    let group = context.account_mut()?.user_group_mut(input.path("user_group_id"))?;
    group.members.remove(input.path("member_id"));
    group.modified_on = now;
    Ok(reply(result))
}

fn find<'a>(context: &'a Context<'_>) -> Result<(&'a GroupMember, &'a Member), Refusal> {
    let (input, account) = (context.input, context.account()?);
    let id = input.path("member_id");
    let row = account.user_group(input.path("user_group_id"))?.members.get(id);
    row.zip(account.members.get(id))
        .ok_or_else(|| Refusal::not_found("the user group has no member with this id"))
}

/// Reads the ids in a request, which must be members of the account.
fn ids(context: &Context<'_>) -> Result<IndexSet<String>, Refusal> {
    let account: &Account = context.account()?;
    account.user_group(context.input.path("user_group_id"))?;
    let list = context.input.body.as_ref().and_then(Value::as_array);
    let ids = list.into_iter().flatten().enumerate().map(|(place, reference)| {
        let id = reference["id"].as_str().unwrap_or_default();
        match account.members.contains(id) {
            true => Ok(id.to_owned()),
            false => Err(invalid_at(
                &format!("/{place}/id"),
                "the account has no member with this id",
            )),
        }
    });
    ids.collect()
}

fn put(context: &mut Context<'_>, ids: &IndexSet<String>, replace: bool) -> Result<Value, Refusal> {
    let (now, input) = (context.now, context.input);
    let group = context.account_mut()?.user_group_mut(input.path("user_group_id"))?;
    let known = group.members.clone();
    if replace {
        group.members = ids.iter().filter_map(|id| known.get(id).cloned()).collect();
    }
    for id in ids.iter().filter(|id| !known.contains(id)) {
        let mut row = GroupMember::new(id);
        row.created_at = now;
        group.members.insert(row);
    }
    group.modified_on = now;
    let members = &context.account()?.members;
    let shown: Vec<Value> = ids.iter().filter_map(|id| members.get(id)).map(to_json).collect();
    Ok(context.full_list(shown))
}

fn to_json(member: &Member) -> Value {
    // The document has no status for a rejected invitation.
    let status = (member.status != MemberStatus::Rejected).then(|| json!(member.status));
    object([
        ("id", Some(member.id.clone().into())),
        ("email", Some(member.email.clone().into())),
        ("status", status),
    ])
}
