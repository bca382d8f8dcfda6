//! The roles and policies that the system predefines, the same for every account.
//!
//! The vendor's document names one id, `cld::role::account::admin`; the others are made up in its form.

mod policies;
mod roles;
mod schema;

use serde_json::{Value, json};

use super::parameters::Parameters;
use crate::cloudinary::{PermissionType, ScopeType};

pub(super) use self::schema::cedar_schema;

/// The parameter that names a folder.
pub(super) const FOLDER_ID: &str = "folder_id";
/// The parameter that names a collection.
pub(super) const COLLECTION_ID: &str = "collection_id";

/// The moment at which the system's roles and policies came into being: 2024-01-01T00:00:00Z.
pub(super) const BEGINNING: i64 = 1_704_067_200;

/// A policy of the system.
#[derive(Debug)]
pub(super) struct SystemPolicy {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    pub(super) scope_type: ScopeType,
    /// The parameter that fills the statement's placeholder.
    pub(super) parameter: Option<&'static str>,
    category: &'static str,
    sub_category: &'static str,
    actions: &'static [&'static str],
}

/// A role of the system.
#[derive(Debug)]
pub(super) struct SystemRole {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    pub(super) description: &'static str,
    pub(super) scope_type: ScopeType,
    pub(super) permission_type: PermissionType,
    pub(super) policies: &'static [&'static str],
}

pub(super) fn policies() -> &'static [SystemPolicy] {
    policies::POLICIES
}

pub(super) fn policy(id: &str) -> Option<&'static SystemPolicy> {
    policies::POLICIES.iter().find(|policy| policy.id == id)
}

pub(super) fn roles() -> &'static [SystemRole] {
    roles::ROLES
}

impl SystemPolicy {
    pub(super) fn permission_type(&self) -> PermissionType {
        match self.parameter {
            Some(_) => PermissionType::Content,
            None => PermissionType::Global,
        }
    }

    /// The statement in Cedar; what `parameters` does not name keeps its placeholder, which stands inside of a string and
    /// is valid Cedar as well.
    pub(super) fn statement(&self, parameters: &Parameters) -> String {
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

    /// The policy as replies show it.
    pub(super) fn shown(&self, parameters: &Parameters) -> Value {
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
            "created_at": BEGINNING,
            "updated_at": BEGINNING,
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use std::collections::BTreeSet;

    use super::super::cedar;
    use super::*;

    #[test]
    fn catalog_ids_and_names_are_unique_and_the_parts_of_roles_fit_them() {
        let ids: BTreeSet<&str> = policies().iter().map(|policy| policy.id).collect();
        assert_eq!(ids.len(), policies().len());
        let ids: BTreeSet<&str> = roles().iter().map(|role| role.id).collect();
        let names: BTreeSet<&str> = roles().iter().map(|role| role.name).collect();
        assert_eq!((ids.len(), names.len()), (roles().len(), roles().len()));
        for role in roles() {
            assert!(!role.policies.is_empty());
            for id in role.policies {
                let policy = policy(id).unwrap();
                assert_eq!(
                    (policy.scope_type, policy.permission_type()),
                    (role.scope_type, role.permission_type),
                    "{id} in {}",
                    role.id
                );
            }
        }
        for policy in policies() {
            let used = roles().iter().any(|role| role.policies.contains(&policy.id));
            assert!(used, "{} is in no role", policy.id);
        }
    }

    #[test]
    fn statements_with_and_without_their_parameter_are_valid_by_the_schema() {
        let odd: Parameters = [FOLDER_ID, COLLECTION_ID]
            .into_iter()
            .map(|name| (name.to_owned(), "a\"b\\c'\u{7f}\n{{é".to_owned()))
            .collect();
        for policy in policies() {
            for parameters in [&Parameters::new(), &odd] {
                let statement = policy.statement(parameters);
                assert_eq!(cedar::check(&statement), Ok(()), "{statement}");
            }
        }
    }

    #[test]
    fn statement_without_its_parameter_shows_the_placeholder() {
        let policy = policy("cld::policy::folder::folders::view").unwrap();
        assert!(
            policy
                .statement(&Parameters::new())
                .contains(r#"Folder::"{{folder_id}}""#)
        );
        let filled = Parameters::from([(FOLDER_ID.to_owned(), "f1".to_owned())]);
        assert!(
            policy
                .statement(&filled)
                .contains(r#"resource in Cloudinary::Folder::"f1""#)
        );
    }
}
