//! Custom and system roles.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::super::state::{Account, CustomRole, PermissionType, RoleAssignment, ScopeType};
use super::catalog::{self, SystemPolicy, SystemRole};
use super::parameters::Parameters;
use crate::refusal::Refusal;

/// A custom role or a system role.
#[derive(Clone, Debug)]
pub(super) struct Role<'a> {
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    description: Option<&'a str>,
    pub(super) is_custom: bool,
    pub(super) permission_type: PermissionType,
    pub(super) scope_type: ScopeType,
    pub(super) policies: Vec<&'static SystemPolicy>,
    created_at: i64,
    updated_at: i64,
}

impl Role<'_> {
    pub(super) fn management_type(&self) -> &'static str {
        if self.is_custom { "custom" } else { "system" }
    }

    /// Returns the parameters of its policies, without duplicates.
    pub(super) fn parameters(&self) -> Vec<&'static str> {
        let mut names = Vec::new();
        for policy in &self.policies {
            names.extend(policy.parameter.filter(|name| !names.contains(name)));
        }
        names
    }

    /// Returns the role as in the list of roles.
    pub(super) fn to_json(&self) -> Value {
        json!({
            "id": self.id,
            "name": self.name,
            "description": self.description,
            "management_type": self.management_type(),
            "permission_type": self.permission_type,
            "policy_parameters": self.parameters(),
            "scope_type": self.scope_type,
            "created_at": self.created_at,
            "updated_at": self.updated_at,
        })
    }

    /// Returns the role with its policies, with the placeholders filled.
    pub(super) fn to_json_with_policies(&self, filling: &Parameters) -> Value {
        let mut json = self.to_json();
        json["policies"] = self.policies.iter().map(|policy| policy.to_json(filling)).collect();
        json
    }

    /// Returns the role as assigned to a principal.
    pub(super) fn to_assigned_json(&self, assignment: &RoleAssignment) -> Value {
        let mut json = json!({
            "id": self.id,
            "name": self.name,
            "description": self.description,
            "management_type": self.management_type(),
            "permission_type": self.permission_type,
            "scope_type": self.scope_type,
            "created_at": self.created_at,
            "updated_at": self.updated_at,
        });
        if let Some(id) = &assignment.scope_id {
            json["scope_id"] = id.as_str().into();
        }
        if self.permission_type == PermissionType::Content {
            json["policy_parameters"] = json!(assignment.policy_parameters);
        }
        json
    }
}

impl<'a> From<&'a CustomRole> for Role<'a> {
    fn from(role: &'a CustomRole) -> Self {
        Self {
            id: &role.id,
            name: &role.name,
            description: role.description.as_deref(),
            is_custom: true,
            permission_type: role.permission_type,
            scope_type: role.scope_type,
            policies: role
                .system_policy_ids
                .iter()
                .filter_map(|id| catalog::policy(id))
                .collect(),
            created_at: epoch(role.created_at),
            updated_at: epoch(role.updated_at),
        }
    }
}

impl From<&'static SystemRole> for Role<'_> {
    fn from(role: &'static SystemRole) -> Self {
        Self {
            id: role.id,
            name: role.name,
            description: Some(role.description),
            is_custom: false,
            permission_type: role.permission_type,
            scope_type: role.scope_type,
            policies: role.policies.iter().filter_map(|id| catalog::policy(id)).collect(),
            created_at: catalog::CREATED_AT,
            updated_at: catalog::CREATED_AT,
        }
    }
}

/// Returns the system roles, then the custom roles.
pub(super) fn all(account: &Account) -> impl Iterator<Item = Role<'_>> {
    let system = catalog::ROLES.iter().map(Role::from);
    system.chain(account.custom_roles.iter().map(Role::from))
}

/// Returns the system roles.
pub(super) fn system() -> impl Iterator<Item = Role<'static>> {
    catalog::ROLES.iter().map(Role::from)
}

pub(super) fn find<'a>(account: &'a Account, id: &str) -> Result<Role<'a>, Refusal> {
    let custom = || account.custom_roles.get(id).map(Role::from);
    catalog::role(id)
        .map(Role::from)
        .or_else(custom)
        .ok_or_else(|| Refusal::not_found(format!("Cannot find role with id {id}")).named("role_id", id))
}

/// Checks that a system policy fits a role with these types.
pub(super) fn fitting_policy(id: &str, scope_type: ScopeType, permission_type: PermissionType) -> Result<(), Refusal> {
    let policy = catalog::policy(id).ok_or_else(|| {
        Refusal::invalid(format!("no system policy has the id {id:?}")).named("system_policy_ids", id)
    })?;
    if policy.scope_type != scope_type || policy.permission_type() != permission_type {
        return Err(Refusal::invalid(format!(
            "the system policy {id:?} is of scope type {} and permission type {}, the role of {scope_type} and {permission_type}",
            policy.scope_type,
            policy.permission_type()
        ))
        .named("system_policy_ids", id));
    }
    Ok(())
}

/// Formats a time as the permissions API does: in seconds since 1970-01-01T00:00:00Z.
pub(super) fn epoch(time: DateTime<Utc>) -> i64 {
    time.timestamp()
}
