//! The roles or policies of a member, in requests and responses.

use indexmap::IndexSet;
use serde_json::{Value, json};

use super::context::read;
use super::error::invalid_at;
use super::iam::permission_groups::is_for_members;
use super::iam::resource_groups::scope_to_json;
use super::roles;
use super::state::{Account, Cloudflare, Effect, Member, MemberPolicy};
use crate::input::Input;
use crate::random::Random;
use crate::refusal::Refusal;
use crate::table::Table;

/// The roles or policies in a request. The document allows only one of the two.
pub(super) enum Access {
    Roles(IndexSet<String>),
    Policies(Vec<MemberPolicy>),
}

impl Access {
    /// Reads roles (ids or objects) or policies.
    pub(super) fn read(input: &Input, state: &Cloudflare, account: &Account) -> Result<Self, Refusal> {
        let list = |name: &str| input.field(name).and_then(Value::as_array);
        match (list("roles"), list("policies")) {
            (Some(list), None) => roles_of(list, account).map(Self::Roles),
            (None, Some(list)) if list.is_empty() => Err(invalid_at("/policies", "policies must not be empty")),
            (None, Some(list)) => policies_of(list, state, account).map(Self::Policies),
            _ => Err(invalid_at("", "exactly one of roles and policies must be given")),
        }
    }

    /// Replaces the member's roles and policies.
    pub(super) fn apply_to(self, member: &mut Member, random: &mut Random) {
        member.roles.clear();
        member.policies = [].into_iter().collect();
        match self {
            Self::Roles(roles) => member.roles = roles,
            Self::Policies(policies) => {
                for mut policy in policies {
                    policy.id = random.id();
                    member.policies.insert(policy);
                }
            }
        }
    }
}

fn roles_of(list: &[Value], account: &Account) -> Result<IndexSet<String>, Refusal> {
    if list.is_empty() {
        return Err(invalid_at("/roles", "roles must not be empty"));
    }
    let ids = list.iter().enumerate().map(|(place, role)| {
        let id = role.as_str().or_else(|| role["id"].as_str()).unwrap_or_default();
        match account.roles.contains(id) {
            true => Ok(id.to_owned()),
            false => Err(invalid_at(
                &format!("/roles/{place}"),
                "the account has no role with this id",
            )),
        }
    });
    ids.collect()
}

/// Reads the policies of a member or a user group, without ids.
pub(super) fn policies_of(list: &[Value], state: &Cloudflare, account: &Account) -> Result<Vec<MemberPolicy>, Refusal> {
    let policies = list.iter().enumerate().map(|(place, policy)| {
        let access: Effect = read(&policy["access"])?;
        let groups = references(policy, place, "permission_groups", |id| {
            state.permission_groups.get(id).is_some_and(is_for_members)
        })?;
        let resources = references(policy, place, "resource_groups", |id| {
            account.resource_groups.contains(id)
        })?;
        Ok(MemberPolicy::new("", access, groups, resources))
    });
    policies.collect()
}

/// Reads the ids in a list of objects. All of them must be known.
pub(super) fn references(
    policy: &Value,
    place: usize,
    field: &str,
    is_known: impl Fn(&str) -> bool,
) -> Result<IndexSet<String>, Refusal> {
    let list = policy[field].as_array().map(Vec::as_slice).unwrap_or_default();
    if list.is_empty() {
        return Err(invalid_at(
            &format!("/policies/{place}/{field}"),
            format!("{field} must not be empty"),
        ));
    }
    let ids = list.iter().enumerate().map(|(inner, entry)| {
        let id = entry["id"].as_str().unwrap_or_default();
        match is_known(id) {
            true => Ok(id.to_owned()),
            false => Err(invalid_at(
                &format!("/policies/{place}/{field}/{inner}/id"),
                format!("there is none of the {field} with this id"),
            )),
        }
    });
    ids.collect()
}

pub(super) fn roles_to_json(account: &Account, member: &Member) -> Value {
    let roles = member.roles.iter().filter_map(|id| account.roles.get(id));
    roles.map(roles::to_json).collect()
}

/// Returns the policies of a member or a user group.
pub(super) fn policies_to_json(state: &Cloudflare, account: &Account, policies: &Table<MemberPolicy>) -> Value {
    let policies = policies.iter().map(|policy| {
        let resources = policy
            .resource_groups
            .iter()
            .filter_map(|id| account.resource_groups.get(id));
        json!({
            "id": policy.id,
            "access": policy.access,
            "permission_groups": groups_to_json(state, policy.permission_groups.iter()),
            "resource_groups": resources
                .map(|group| json!({ "id": group.id, "name": group.name, "scope": [scope_to_json(group)] }))
                .collect::<Value>(),
        })
    });
    policies.collect()
}

/// Returns the permission groups with these ids.
pub(super) fn groups_to_json<'a>(state: &Cloudflare, ids: impl Iterator<Item = &'a String>) -> Value {
    ids.filter_map(|id| state.permission_groups.get(id))
        .map(|group| json!({ "id": group.id, "name": group.name }))
        .collect()
}
