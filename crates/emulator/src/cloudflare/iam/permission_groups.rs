//! The permission groups that members and user groups can have.

use serde_json::{Value, json};

use super::super::context::{Context, reply};
use super::super::state::PermissionGroup;
use crate::refusal::Refusal;

pub(in super::super) fn list(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let input = context.input;
    let wanted = |parameter: &str, value: &str| input.query(parameter).is_none_or(|wanted| wanted == value);
    let groups: Vec<&PermissionGroup> = context
        .state
        .permission_groups
        .iter()
        .filter(|group| is_for_members(group))
        .filter(|group| wanted("id", &group.id) && wanted("name", &group.name) && wanted("label", &label(group)))
        .collect();
    context.page(&groups, |group| to_json(group))
}

pub(in super::super) fn get(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let group = context
        .state
        .permission_groups
        .get(context.input.path("permission_group_id"));
    group
        .filter(|group| is_for_members(group))
        .map(|group| reply(to_json(group)))
        .ok_or_else(|| Refusal::not_found("there is no permission group for members with this id"))
}

/// Returns whether policies of members can have the group: it is about accounts or zones.
pub(in super::super) fn is_for_members(group: &PermissionGroup) -> bool {
    [PermissionGroup::ACCOUNT, PermissionGroup::ZONE]
        .iter()
        .any(|scope| group.scopes.contains(*scope))
}

/// Returns the name in lower case, with underscores.
fn label(group: &PermissionGroup) -> String {
    let words = group.name.split(|letter: char| !letter.is_alphanumeric());
    let words: Vec<String> = words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    words.join("_")
}

fn to_json(group: &PermissionGroup) -> Value {
    json!({
        "id": group.id,
        "name": group.name,
        "meta": { "editable": "false", "label": label(group), "scopes": group.scopes.first() },
    })
}
