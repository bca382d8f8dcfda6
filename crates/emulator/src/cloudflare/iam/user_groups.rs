//! User groups of an account.

use serde_json::{Value, json};

use super::super::context::{Context, deleted, reply, required_text, timestamp};
use super::super::error::invalid_at;
use super::super::member_access::{policies_of, policies_to_json};
use super::super::state::{Account, Cloudflare, MemberPolicy, UserGroup};
use crate::refusal::Refusal;
use crate::table::Table;

pub(in super::super) fn list(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let (input, account) = (context.input, context.account()?);
    let wanted = |parameter: &str, value: &str| input.query(parameter).is_none_or(|wanted| wanted == value);
    let part = input.query("fuzzyName").unwrap_or_default().to_lowercase();
    let mut groups: Vec<&UserGroup> = account
        .user_groups
        .iter()
        .filter(|group| wanted("id", &group.id) && wanted("name", &group.name))
        .filter(|group| group.name.to_lowercase().contains(&part))
        .collect();
    groups.sort_by_cached_key(|group| group.name.to_lowercase());
    if input.query("direction") == Some("desc") {
        groups.reverse();
    }
    context.page(&groups, |group| to_json(context.state, account, group))
}

pub(in super::super) fn get(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let account = context.account()?;
    let group = account.user_group(context.input.path("user_group_id"))?;
    Ok(reply(to_json(context.state, account, group)))
}

pub(in super::super) fn create(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let name = required_text(context.input, "name")?;
    let policies = policies(context, &Table::new())?;
    let mut group = UserGroup::new(context.random.id(), name);
    group.policies = policies.unwrap_or_default();
    (group.created_on, group.modified_on) = (context.now, context.now);
    store(context, group)
}

pub(in super::super) fn update(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let input = context.input;
    let mut group = context.account()?.user_group(input.path("user_group_id"))?.clone();
    if input.field("name").is_some() {
        required_text(input, "name")?.clone_into(&mut group.name);
    }
    if let Some(policies) = policies(context, &group.policies)? {
        group.policies = policies;
    }
    group.modified_on = context.now;
    store(context, group)
}

pub(in super::super) fn delete(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let id = context.input.path("user_group_id");
    let removed = context.account_mut()?.user_groups.remove(id);
    removed.map(|_| deleted(id)).ok_or_else(no_group)
}

fn store(context: &mut Context<'_>, group: UserGroup) -> Result<Value, Refusal> {
    let result = to_json(context.state, context.account()?, &group);
    context.account_mut()?.user_groups.insert(group);
    Ok(reply(result))
}

/// Reads the policies in a request. A policy keeps the id that it has already.
fn policies(context: &mut Context<'_>, known: &Table<MemberPolicy>) -> Result<Option<Table<MemberPolicy>>, Refusal> {
    let Some(list) = context.input.field("policies").and_then(Value::as_array) else {
        return Ok(None);
    };
    let read = policies_of(list, context.state, context.account()?)?;
    let mut policies = Table::new();
    for (place, mut policy) in read.into_iter().enumerate() {
        policy.id = match list[place]["id"].as_str() {
            None => context.random.id(),
            Some(id) if known.contains(id) && !policies.contains(id) => id.to_owned(),
            Some(_) => {
                return Err(invalid_at(
                    &format!("/policies/{place}/id"),
                    "the user group has no policy with this id, or it is given twice",
                ));
            }
        };
        policies.insert(policy);
    }
    Ok(Some(policies))
}

impl Account {
    pub(super) fn user_group(&self, id: &str) -> Result<&UserGroup, Refusal> {
        self.user_groups.get(id).ok_or_else(no_group)
    }

    pub(super) fn user_group_mut(&mut self, id: &str) -> Result<&mut UserGroup, Refusal> {
        self.user_groups.get_mut(id).ok_or_else(no_group)
    }
}

fn no_group() -> Refusal {
    Refusal::not_found("the account has no user group with this id")
}

fn to_json(state: &Cloudflare, account: &Account, group: &UserGroup) -> Value {
    json!({
        "id": group.id,
        "name": group.name,
        "created_on": timestamp(group.created_on),
        "modified_on": timestamp(group.modified_on),
        "policies": policies_to_json(state, account, &group.policies),
    })
}
