//! A system policy.

use serde_json::{Value, json};

use super::super::super::state::{PermissionType, ScopeType};
use super::super::parameters::{FOLDER_ID, Parameters};

/// When the system roles and policies were created: 2024-01-01T00:00:00Z.
pub(in super::super) const CREATED_AT: i64 = 1_704_067_200;

/// A system policy.
#[derive(Debug)]
pub(in super::super) struct SystemPolicy {
    pub(in super::super) id: &'static str,
    pub(in super::super) name: &'static str,
    pub(in super::super) scope_type: ScopeType,
    /// The parameter that fills the statement's placeholder.
    pub(in super::super) parameter: Option<&'static str>,
    pub(super) category: &'static str,
    pub(super) sub_category: &'static str,
    pub(super) actions: &'static [&'static str],
}

impl SystemPolicy {
    pub(in super::super) fn permission_type(&self) -> PermissionType {
        match self.parameter {
            Some(_) => PermissionType::Content,
            None => PermissionType::Global,
        }
    }

    /// Returns the statement in Cedar. Without a value in `parameters` the placeholder stays; it is inside a string, so
    /// the statement is valid Cedar either way.
    pub(in super::super) fn statement(&self, parameters: &Parameters) -> String {
        let actions: Vec<String> = self
            .actions
            .iter()
            .map(|action| format!("Cloudinary::Action::\"{action}\""))
            .collect();
        let resource = match self.parameter {
            None => "resource".to_owned(),
            Some(parameter) => {
                let kind = if parameter == FOLDER_ID { "Folder" } else { "Collection" };
                let id = match parameters.get(parameter) {
                    Some(id) => id.escape_debug().to_string(),
                    None => format!("{{{{{parameter}}}}}"),
                };
                format!("resource in Cloudinary::{kind}::\"{id}\"")
            }
        };
        format!(
            "permit (\n  principal,\n  action in [{}],\n  {resource}\n);",
            actions.join(", ")
        )
    }

    /// Returns the policy as in responses.
    pub(in super::super) fn to_json(&self, parameters: &Parameters) -> Value {
        json!({
            "id": self.id,
            "name": self.name,
            "description": self.name,
            "scope_type": self.scope_type,
            "permission_type": self.permission_type(),
            "policy_statement": self.statement(parameters),
            "policy_parameters": Vec::from_iter(self.parameter),
            "category": self.category,
            "sub_category": self.sub_category,
            "created_at": CREATED_AT,
            "updated_at": CREATED_AT,
        })
    }
}
