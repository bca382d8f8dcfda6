//! A system policy.

use serde_json::{Value, json};

use super::super::super::state::{PermissionType, ScopeType};
use super::super::parameters::{FOLDER_ID, Parameters};
use super::super::principal::Principal;

/// When the system roles and policies were created: 2024-01-01T00:00:00Z.
pub(in super::super) const CREATED_AT: i64 = 1_704_067_200;

/// What a policy permits: some actions, or every action where the list is empty, on something.
#[derive(Debug)]
pub(super) enum Grant {
    /// Every action on a feature.
    Feature(&'static str),
    /// Actions on everything of a type.
    Every(&'static [&'static str], &'static str),
    /// Actions on everything of a type that is in the folder or collection of the policy's parameter.
    Inside(&'static [&'static str], &'static str),
    /// Actions on that folder or collection itself.
    Itself(&'static [&'static str]),
}

/// A system policy.
#[derive(Debug)]
pub(in super::super) struct SystemPolicy {
    pub(in super::super) id: &'static str,
    pub(in super::super) name: &'static str,
    pub(in super::super) scope_type: ScopeType,
    /// The parameter that fills the statement's placeholders.
    pub(in super::super) parameter: Option<&'static str>,
    pub(super) category: &'static str,
    pub(super) sub_category: &'static str,
    /// Each one is a policy of the statement.
    pub(super) grants: &'static [Grant],
}

impl SystemPolicy {
    pub(in super::super) fn permission_type(&self) -> PermissionType {
        match self.parameter {
            Some(_) => PermissionType::Content,
            None => PermissionType::Global,
        }
    }

    /// Returns the statement in Cedar, one policy for each grant. Without a value in `parameters` the placeholder stays;
    /// it is inside a string, so the statement is valid Cedar either way. Without a principal, the statement is about all
    /// principals.
    pub(in super::super) fn statement(&self, parameters: &Parameters, principal: Option<&Principal>) -> String {
        let principal = principal.map_or_else(|| "principal".to_owned(), Principal::cedar_head);
        let content = self.content(parameters);
        let policies: Vec<String> = self
            .grants
            .iter()
            .map(|grant| grant.to_cedar(&principal, &content))
            .collect();
        policies.join("\n")
    }

    /// Returns the type and the id of the content that the policy is about, as Cedar writes them.
    fn content(&self, parameters: &Parameters) -> (&'static str, String) {
        let parameter = self.parameter.unwrap_or_default();
        let kind = if parameter == FOLDER_ID { "Folder" } else { "Collection" };
        let id = match parameters.get(parameter) {
            Some(id) => format!("\"{}\"", id.escape_debug()),
            None => format!("\"<{parameter}>\""),
        };
        (kind, id)
    }

    /// Returns the policy as in responses.
    pub(in super::super) fn to_json(&self, parameters: &Parameters) -> Value {
        json!({
            "id": self.id,
            "name": self.name,
            "description": self.name,
            "scope_type": self.scope_type,
            "permission_type": self.permission_type(),
            "policy_statement": self.statement(parameters, None),
            "policy_parameters": Vec::from_iter(self.parameter),
            "category": self.category,
            "sub_category": self.sub_category,
            "created_at": CREATED_AT,
            "updated_at": CREATED_AT,
        })
    }
}

impl Grant {
    fn to_cedar(&self, principal: &str, (kind, id): &(&str, String)) -> String {
        let (actions, resource, condition) = match self {
            Self::Feature(feature) => (
                &[][..],
                format!("resource == Cloudinary::Feature::\"{feature}\""),
                String::new(),
            ),
            Self::Every(actions, kind) => (*actions, format!("resource is Cloudinary::{kind}"), String::new()),
            Self::Inside(actions, kind) => (
                *actions,
                format!("resource is Cloudinary::{kind}"),
                format!(" when {{ resource.ancestor_ids.contains({id}) }}"),
            ),
            Self::Itself(actions) => (*actions, format!("resource == Cloudinary::{kind}::{id}"), String::new()),
        };
        let action = action_head(actions);
        format!("permit (\n  {principal},\n  {action},\n  {resource}\n){condition};")
    }
}

fn action_head(actions: &[&str]) -> String {
    let uids: Vec<String> = actions
        .iter()
        .map(|action| format!("Cloudinary::Action::\"{action}\""))
        .collect();
    match uids.as_slice() {
        [] => "action".to_owned(),
        [only] => format!("action == {only}"),
        several => format!("action in [{}]", several.join(", ")),
    }
}
