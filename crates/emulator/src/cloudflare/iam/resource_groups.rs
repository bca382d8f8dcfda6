//! Resource groups of an account.

use indexmap::IndexSet;
use serde_json::{Value, json};

use super::super::context::{Context, deleted, reply, required_text};
use super::super::error::invalid_at;
use super::super::state::{Account, ResourceGroup};
use crate::input::Input;
use crate::refusal::Refusal;

/// The key of everything in a scope.
const EVERYTHING: &str = "*";
/// The prefix of every other key.
const RESOURCE: &str = "com.cloudflare.";

pub(in super::super) fn list(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let input = context.input;
    let wanted = |parameter: &str, value: &str| input.query(parameter).is_none_or(|wanted| wanted == value);
    let groups: Vec<&ResourceGroup> = context
        .account()?
        .resource_groups
        .iter()
        .filter(|group| wanted("id", &group.id) && wanted("name", &group.name))
        .collect();
    context.page(&groups, |group| to_json(group))
}

pub(in super::super) fn get(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let group = context
        .account()?
        .resource_group(context.input.path("resource_group_id"))?;
    Ok(reply(to_json(group)))
}

pub(in super::super) fn create(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let name = required_text(context.input, "name")?;
    let (scope, objects) =
        scope(context.input, context.account()?)?.ok_or_else(|| invalid_at("/scope", "scope is required"))?;
    let mut group = ResourceGroup::new(context.random.id(), name, scope);
    group.objects = objects;
    let result = to_json(&group);
    context.account_mut()?.resource_groups.insert(group);
    Ok(reply(result))
}

pub(in super::super) fn update(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let (input, account) = (context.input, context.account()?);
    let mut group = changeable(account, input)?.clone();
    if input.field("name").is_some() {
        required_text(input, "name")?.clone_into(&mut group.name);
    }
    if let Some((scope, objects)) = scope(input, account)? {
        (group.scope, group.objects) = (scope, objects);
    }
    let result = to_json(&group);
    context.account_mut()?.resource_groups.insert(group);
    Ok(reply(result))
}

pub(in super::super) fn delete(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let id = context.input.path("resource_group_id");
    let account = context.account()?;
    changeable(account, context.input)?;
    let of_members = account.members.iter().flat_map(|member| member.policies.iter());
    let of_groups = account.user_groups.iter().flat_map(|group| group.policies.iter());
    if of_members
        .chain(of_groups)
        .any(|policy| policy.resource_groups.contains(id))
    {
        return Err(Refusal::conflict(
            "the resource group is in use: policies of members or user groups apply to it",
        ));
    }
    context.account_mut()?.resource_groups.remove(id);
    Ok(deleted(id))
}

impl Account {
    fn resource_group(&self, id: &str) -> Result<&ResourceGroup, Refusal> {
        self.resource_groups
            .get(id)
            .ok_or_else(|| Refusal::not_found("the account has no resource group with this id"))
    }
}

/// Returns the group in the path, unless it is built in.
fn changeable<'a>(account: &'a Account, input: &Input) -> Result<&'a ResourceGroup, Refusal> {
    let group = account.resource_group(input.path("resource_group_id"))?;
    match group.is_built_in(&account.id) {
        true => Err(Refusal::conflict(
            "the resource group is built in and cannot be changed or deleted",
        )),
        false => Ok(group),
    }
}

/// Reads the scope in a request: the key of the account, and at least one object inside it.
fn scope(input: &Input, account: &Account) -> Result<Option<(String, IndexSet<String>)>, Refusal> {
    let Some(scope) = input.field("scope") else {
        return Ok(None);
    };
    let key = scope["key"].as_str().unwrap_or_default();
    if key != Account::resource(&account.id) {
        return Err(invalid_at(
            "/scope/key",
            format!("the key of the scope must be {}", Account::resource(&account.id)),
        ));
    }
    let list = scope["objects"].as_array().map(Vec::as_slice).unwrap_or_default();
    let objects = list
        .iter()
        .enumerate()
        .map(|(place, object)| match object["key"].as_str() {
            Some(key) if key == EVERYTHING || key.starts_with(RESOURCE) => Ok(key.to_owned()),
            _ => Err(invalid_at(
                &format!("/scope/objects/{place}/key"),
                format!("the key of an object is {EVERYTHING} or begins with {RESOURCE}"),
            )),
        });
    let objects: IndexSet<String> = objects.collect::<Result<_, _>>()?;
    match objects.is_empty() {
        true => Err(invalid_at("/scope/objects", "objects must not be empty")),
        false => Ok(Some((key.to_owned(), objects))),
    }
}

/// Returns the scope of a group. Members show a list of scopes, resource groups themselves show one.
pub(in super::super) fn scope_to_json(group: &ResourceGroup) -> Value {
    let objects: Vec<Value> = group.objects.iter().map(|key| json!({ "key": key })).collect();
    json!({ "key": group.scope, "objects": objects })
}

fn to_json(group: &ResourceGroup) -> Value {
    json!({ "id": group.id, "name": group.name, "scope": scope_to_json(group) })
}
