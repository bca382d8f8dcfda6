//! The permission groups that tokens can have.

use serde_json::{Value, json};

use super::context::Context;
use crate::refusal::Refusal;

pub(super) fn list(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let (name, scope) = (context.input.query("name"), context.input.query("scope"));
    let groups = context.state.permission_groups.iter().filter(|group| {
        name.is_none_or(|name| group.name == name) && scope.is_none_or(|scope| group.scopes.contains(scope))
    });
    let items = groups.map(|group| json!({ "id": group.id, "name": group.name, "scopes": group.scopes }));
    Ok(context.full_list(items.collect()))
}
