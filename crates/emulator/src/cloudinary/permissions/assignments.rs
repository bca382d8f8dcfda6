//! The assignment of roles to principals.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::super::state::{Account, PermissionType, PrincipalType, RoleAssignment, ScopeType};
use super::parameters::{COLLECTION_ID, FOLDER_ID, ParameterFilter, Parameters};
use super::principal::Principal;
use super::role::{self, Role};
use super::scope::Scope;
use crate::refusal::Refusal;

/// Whether a request adds or removes assignments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    Add,
    Remove,
}

impl Change {
    pub(super) fn read(word: Option<&str>) -> Result<Self, Refusal> {
        match word {
            Some("add") => Ok(Self::Add),
            Some("remove") => Ok(Self::Remove),
            _ => Err(Refusal::invalid("operation is required: add or remove").missing("operation")),
        }
    }
}

/// Adds or removes all of the assignments. Adding an existing one or removing a missing one is not an error.
pub(super) fn apply(account: &mut Account, change: Change, assignments: Vec<RoleAssignment>, now: DateTime<Utc>) {
    for mut assignment in assignments {
        assignment.created_at = now;
        assignment.updated_at = now;
        let held = account
            .role_assignments
            .iter()
            .position(|known| known.is_same(&assignment));
        match (change, held) {
            (Change::Add, None) => account.role_assignments.push(assignment),
            (Change::Remove, Some(place)) => {
                account.role_assignments.remove(place);
            }
            _ => {}
        }
    }
}

/// Checks that the parameters are those that the role's policies require.
pub(super) fn check_parameters(role: &Role<'_>, parameters: &Parameters) -> Result<(), Refusal> {
    let lacks = |name: &str, message: String| Refusal::invalid(message).missing(&format!("policy_parameters.{name}"));
    if role.permission_type == PermissionType::Global {
        return match parameters.is_empty() {
            true => Ok(()),
            false => Err(Refusal::invalid(format!(
                "policy_parameters are for roles of permission type content, and the role {:?} is global",
                role.id
            ))
            .named("policy_parameters", json!(parameters))),
        };
    }
    let needed = role.parameters();
    let known: &[&str] = if needed.is_empty() {
        &[FOLDER_ID, COLLECTION_ID]
    } else {
        &needed
    };
    if let Some((unknown, id)) = parameters.iter().find(|(name, _)| !known.contains(&name.as_str())) {
        return Err(Refusal::invalid(format!(
            "policy_parameters: the role {:?} has no parameter {unknown:?}; it has {}",
            role.id,
            known.join(" and ")
        ))
        .named(&format!("policy_parameters.{unknown}"), id.as_str()));
    }
    let missing = needed.iter().find(|name| !parameters.contains_key(**name));
    match missing {
        Some(missing) => Err(lacks(
            missing,
            format!("policy_parameters: the role {:?} needs {missing}", role.id),
        )),
        None if parameters.is_empty() => {
            let either = known.join(" or ");
            let message = format!("policy_parameters: the role {:?} needs {either}", role.id);
            Err(lacks(&either, message))
        }
        None => Ok(()),
    }
}

/// An assignment and its role.
pub(super) type Assigned<'a> = (Role<'a>, &'a RoleAssignment);

/// Returns the principal's own assignments, oldest first.
pub(super) fn own<'a>(account: &'a Account, principal: &'a Principal) -> impl Iterator<Item = Assigned<'a>> {
    of(account, principal.kind, &principal.id)
}

fn of<'a>(account: &'a Account, kind: PrincipalType, id: &'a str) -> impl Iterator<Item = Assigned<'a>> {
    account
        .role_assignments
        .iter()
        .filter(move |assignment| assignment.principal_type == kind && assignment.principal_id == id)
        .filter_map(|assignment| Some((role::find(account, &assignment.role_id).ok()?, assignment)))
}

/// Returns the principal's assignments in a scope, its own and those of its groups, without duplicates.
pub(super) fn effective<'a>(
    account: &'a Account,
    principal: &'a Principal,
    scope: Scope<'_>,
    wanted: &ParameterFilter,
) -> Vec<Assigned<'a>> {
    let mut held: Vec<Assigned<'a>> = Vec::new();
    let through = principal
        .groups(account)
        .flat_map(|group| of(account, PrincipalType::Group, group));
    for (role, assignment) in own(account, principal).chain(through) {
        let here = scope.includes(role.scope_type, assignment.scope_id.as_deref());
        let known = held.iter().any(|(_, known)| {
            known.role_id == assignment.role_id
                && known.scope_id == assignment.scope_id
                && known.policy_parameters == assignment.policy_parameters
        });
        if here && !known && wanted.matches(&assignment.policy_parameters) {
            held.push((role, assignment));
        }
    }
    held
}

impl Account {
    /// Removes the assignments of a deleted principal.
    pub(in crate::cloudinary) fn remove_assignments_of(&mut self, kind: PrincipalType, id: &str) {
        self.role_assignments
            .retain(|assignment| assignment.principal_type != kind || assignment.principal_id != id);
    }

    /// Removes the assignments and custom policies of a deleted environment.
    pub(in crate::cloudinary) fn remove_permissions_in(&mut self, id: &str) {
        self.role_assignments
            .retain(|assignment| assignment.scope_id.as_deref() != Some(id));
        let gone: Vec<String> = self
            .custom_policies
            .iter()
            .filter(|policy| policy.scope_type == ScopeType::Prodenv && policy.scope_id.as_deref() == Some(id))
            .map(|policy| policy.id.clone())
            .collect();
        for id in gone {
            self.custom_policies.remove(&id);
        }
    }
}
