//! Roles of an account.

use serde_json::{Map, Value, json};

use super::context::{Context, reply};
use super::state::Role;
use crate::refusal::Refusal;

pub(super) fn list(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let roles: Vec<&Role> = context.account()?.roles.iter().collect();
    context.page(&roles, |role| to_json(role))
}

pub(super) fn get(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let role = context.account()?.roles.get(context.input.path("role_id"));
    role.map(|role| reply(to_json(role)))
        .ok_or_else(|| Refusal::not_found("the account has no role with this id"))
}

pub(super) fn to_json(role: &Role) -> Value {
    let permissions: Map<String, Value> = role
        .permissions
        .iter()
        .map(|(area, grant)| (area.clone(), json!(grant)))
        .collect();
    json!({ "id": role.id, "name": role.name, "description": role.description, "permissions": permissions })
}
