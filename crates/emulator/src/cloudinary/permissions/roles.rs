//! The operations on roles.

use indexmap::IndexSet;
use serde_json::{Value, json};

use super::super::context::{Context, required_name};
use super::super::state::{Account, CustomRole, PermissionType, ScopeType};
use super::parameters::{COLLECTION_ID, FOLDER_ID, ParameterFilter, Parameters};
use super::role::{self, Role};
use super::scope::scope_type;
use crate::context::with_field;
use crate::input::Input;
use crate::refusal::Refusal;

pub(super) fn list(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let input = context.input;
    let scope_type = scope_type(input.query("scope_type"));
    let permission_type = input.query("permission_type");
    let management_type = input.query("management_type");
    let kinds = content_kinds(input)?;
    let roles: Vec<Value> = role::all(context.account()?)
        .filter(|role| scope_type.is_none_or(|wanted| role.scope_type == wanted))
        .filter(|role| permission_type.is_none_or(|wanted| role.permission_type.word() == wanted))
        .filter(|role| management_type.is_none_or(|wanted| role.management_type() == wanted))
        .filter(|role| {
            kinds.is_empty()
                || role
                    .parameters()
                    .iter()
                    .any(|name| kinds.iter().any(|kind| kind == name))
        })
        .map(|role| role.to_json())
        .collect();
    Ok(with_field("data", roles))
}

/// Returns the parameters that filter the list of roles. The query contains them as JSON.
fn content_kinds(input: &Input) -> Result<Vec<String>, Refusal> {
    let Some(text) = input.query("policy_parameters") else {
        return Ok(Vec::new());
    };
    let kinds: Vec<String> = serde_json::from_str(text).map_err(|_| {
        Refusal::invalid(
            "the query parameter policy_parameters must be a JSON array of strings, such as [\"folder_id\"]",
        )
        .named("policy_parameters", text)
    })?;
    match kinds
        .iter()
        .find(|kind| ![FOLDER_ID, COLLECTION_ID].contains(&kind.as_str()))
    {
        Some(unknown) => Err(Refusal::invalid(format!(
            "the query parameter policy_parameters has {unknown:?}; it takes folder_id and collection_id"
        ))
        .named("policy_parameters", text)),
        None => Ok(kinds),
    }
}

pub(super) fn create(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let (input, now) = (context.input, context.now);
    let name = required_name(input)?;
    let scope_type = scope_type(input.text("scope_type"))
        .ok_or_else(|| Refusal::invalid("scope_type is required").missing("scope_type"))?;
    let permission_type = input
        .text("permission_type")
        .and_then(PermissionType::read)
        .ok_or_else(|| Refusal::invalid("permission_type must be global or content").missing("permission_type"))?;
    let policies = given_policies(input, scope_type, permission_type)?.unwrap_or_default();
    let account = context.account()?;
    refuse_taken(account, name, None)?;
    let id = match input.text("id") {
        Some("") => return Err(Refusal::invalid("id must not be empty; leave it out to have one made").named("id", "")),
        Some(id) if role::find(account, id).is_ok() => {
            return Err(Refusal::conflict(format!("a role with id {id} already exists")).named("id", id));
        }
        Some(id) => id.to_owned(),
        None => context.random.id(),
    };
    let mut made = CustomRole::new(id, name, scope_type, permission_type);
    made.description = input.text("description").map(str::to_owned);
    made.system_policy_ids = policies;
    made.created_at = now;
    made.updated_at = now;
    let reply = reply(&Role::from(&made));
    context.account()?.custom_roles.insert(made);
    Ok(reply)
}

pub(super) fn get(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let input = context.input;
    let filling = ParameterFilter::of_query(input)?.filling();
    let role = role::find(context.account()?, input.path("role_id"))?;
    Ok(json!({ "data": role.to_json_with_policies(&filling) }))
}

pub(super) fn update(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let (input, now) = (context.input, context.now);
    let id = input.path("role_id");
    let account = context.account()?;
    let role = own(account, id)?;
    let name = required_name(input)?;
    let policies = given_policies(input, role.scope_type, role.permission_type)?;
    refuse_taken(account, name, Some(id))?;
    let Some(role) = account.custom_roles.get_mut(id) else {
        return Err(system(id));
    };
    name.clone_into(&mut role.name);
    // Fields that the request leaves out keep their values; null removes the description.
    if let Some(description) = input.field("description") {
        role.description = description.as_str().map(str::to_owned);
    }
    if let Some(policies) = policies {
        role.system_policy_ids = policies;
    }
    role.updated_at = now;
    Ok(reply(&Role::from(&*role)))
}

pub(super) fn delete(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let input = context.input;
    let id = input.path("role_id");
    let force = input.query_bool("force").unwrap_or(false);
    let account = context.account()?;
    own(account, id)?;
    let held = account
        .role_assignments
        .iter()
        .filter(|assignment| assignment.role_id == id)
        .count();
    if held > 0 && !force {
        // The operation does not document 409.
        return Err(Refusal::forbidden(format!(
            "the role {id} is assigned {held} times; take it away first, or send force=true"
        )));
    }
    account.custom_roles.remove(id);
    account.role_assignments.retain(|assignment| assignment.role_id != id);
    Ok(Value::Null)
}

/// Finds a custom role; a system role is an error.
fn own<'a>(account: &'a Account, id: &str) -> Result<Role<'a>, Refusal> {
    let role = role::find(account, id)?;
    match role.is_custom {
        true => Ok(role),
        false => Err(system(id)),
    }
}

fn system(id: &str) -> Refusal {
    Refusal::forbidden(format!(
        "the role {id} is of the system, and cannot be changed or deleted"
    ))
}

fn reply(role: &Role<'_>) -> Value {
    json!({ "data": role.to_json_with_policies(&Parameters::new()) })
}

/// Returns the policies in a request; `None` when it has no such field, which differs from an empty list.
fn given_policies(
    input: &Input,
    scope_type: ScopeType,
    permission_type: PermissionType,
) -> Result<Option<IndexSet<String>>, Refusal> {
    let Some(ids) = input.field("system_policy_ids").and_then(Value::as_array) else {
        return Ok(None);
    };
    let ids: IndexSet<String> = ids.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    for id in &ids {
        role::fitting_policy(id, scope_type, permission_type).map_err(|refusal| refusal.within("system_policy_ids"))?;
    }
    Ok(Some(ids))
}

fn refuse_taken(account: &Account, name: &str, own: Option<&str>) -> Result<(), Refusal> {
    match role::all(account).any(|role| role.name == name && own != Some(role.id)) {
        true => Err(Refusal::conflict(format!("a role named {name} already exists")).named("name", name)),
        false => Ok(()),
    }
}
