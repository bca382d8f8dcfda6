//! Validates the permissions in a state.

use std::collections::HashSet;

use super::super::state::{Account, ScopeType};
use super::{assignments, cedar, principal, role, scope};
use crate::check::{keyed, not_empty};
use crate::error::StateError;

impl Account {
    pub(in crate::cloudinary) fn validate_permissions(&self, path: &str) -> Result<(), StateError> {
        keyed(&self.custom_roles, path, "custom_roles")?;
        keyed(&self.custom_policies, path, "custom_policies")?;
        self.validate_roles(path)?;
        self.validate_assignments(path)?;
        self.validate_policies(path)
    }

    fn validate_roles(&self, path: &str) -> Result<(), StateError> {
        let mut ids: HashSet<&str> = role::system().map(|role| role.id).collect();
        let mut names: HashSet<&str> = role::system().map(|role| role.name).collect();
        for (index, role) in self.custom_roles.iter().enumerate() {
            let path = format!("{path}.custom_roles[{index}]");
            not_empty(&role.id, &path, "id")?;
            not_empty(&role.name, &path, "name")?;
            if !ids.insert(&role.id) {
                return Err(StateError::new(format!("{path}.id"), "is the id of a system role"));
            }
            if !names.insert(&role.name) {
                return Err(StateError::new(
                    format!("{path}.name"),
                    "is also the name of another role",
                ));
            }
            for (place, id) in role.system_policy_ids.iter().enumerate() {
                role::fitting_policy(id, role.scope_type, role.permission_type).map_err(|refusal| {
                    StateError::new(format!("{path}.system_policy_ids[{place}]"), refusal.message)
                })?;
            }
        }
        Ok(())
    }

    fn validate_assignments(&self, path: &str) -> Result<(), StateError> {
        for (index, assignment) in self.role_assignments.iter().enumerate() {
            let path = format!("{path}.role_assignments[{index}]");
            let field = |name: &str| format!("{path}.{name}");
            let role = role::find(self, &assignment.role_id)
                .map_err(|refusal| StateError::new(field("role_id"), refusal.message))?;
            if role.id != assignment.role_id {
                let reason = format!("is the role {:?}; write its id so", role.id);
                return Err(StateError::new(field("role_id"), reason));
            }
            if !principal::exists(self, assignment.principal_type, &assignment.principal_id) {
                return Err(StateError::new(
                    field("principal_id"),
                    format!(
                        "no {} has the id {:?}",
                        assignment.principal_type, assignment.principal_id
                    ),
                ));
            }
            self.validate_scope(role.scope_type, assignment.scope_id.as_deref(), &path)?;
            assignments::check_parameters(&role, &assignment.policy_parameters)
                .map_err(|refusal| StateError::new(field("policy_parameters"), refusal.message))?;
            if self.role_assignments[..index]
                .iter()
                .any(|earlier| earlier.is_same(assignment))
            {
                return Err(StateError::new(path, "is a duplicate of another assignment"));
            }
        }
        Ok(())
    }

    fn validate_policies(&self, path: &str) -> Result<(), StateError> {
        let mut names = HashSet::new();
        for (index, policy) in self.custom_policies.iter().enumerate() {
            let path = format!("{path}.custom_policies[{index}]");
            not_empty(&policy.id, &path, "id")?;
            not_empty(&policy.name, &path, "name")?;
            self.validate_scope(policy.scope_type, policy.scope_id.as_deref(), &path)?;
            if !names.insert((&policy.name, policy.scope_type, &policy.scope_id)) {
                return Err(StateError::new(
                    format!("{path}.name"),
                    "is also the name of another policy in the scope",
                ));
            }
            // The statement is not validated against the schema, so that future statements can be tested.
            cedar::parse(&policy.policy_statement).map_err(|complaints| {
                let messages: Vec<String> = complaints
                    .into_iter()
                    .map(|complaint| complaint.cedar_message)
                    .collect();
                StateError::new(format!("{path}.policy_statement"), messages.join("; "))
            })?;
        }
        Ok(())
    }

    fn validate_scope(&self, scope_type: ScopeType, scope_id: Option<&str>, path: &str) -> Result<(), StateError> {
        match scope::target(scope_type, scope_id, self) {
            Ok(_) => Ok(()),
            Err(refusal) => Err(StateError::new(format!("{path}.scope_id"), refusal.message)),
        }
    }
}
