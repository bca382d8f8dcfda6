//! The system roles and policies, which are the same for every account.
//!
//! Their ids, names and statements follow those that the vendor's guides show. What the guides don't show is made up in the
//! same form, and marked as such in the tables.

mod policies;
mod policy;
mod roles;
mod schema;

pub(super) use self::policies::{policies, policy};
pub(super) use self::policy::{CREATED_AT, SystemPolicy};
pub(super) use self::roles::{ROLES, SystemRole, role};
pub(super) use self::schema::{ANCESTOR_IDS, cedar_schema};

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use std::collections::BTreeSet;

    use super::super::cedar;
    use super::super::parameters::{COLLECTION_ID, FOLDER_ID, Parameters};
    use super::super::principal::Principal;
    use super::*;
    use crate::cloudinary::state::PrincipalType;

    #[test]
    fn catalog_ids_are_unique_and_the_parts_of_roles_fit_them() {
        let ids: BTreeSet<&str> = policies().map(|policy| policy.id).collect();
        assert_eq!(ids.len(), policies().count());
        let ids: BTreeSet<&str> = ROLES.iter().map(|role| role.id).collect();
        // The account and a product environment have roles of the same name.
        let names: BTreeSet<_> = ROLES.iter().map(|role| (role.scope_type.word(), role.name)).collect();
        assert_eq!((ids.len(), names.len()), (ROLES.len(), ROLES.len()));
        for role in ROLES {
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
            let used = ROLES.iter().any(|role| role.policies.contains(&policy.id));
            assert!(used, "{} is in no role", policy.id);
        }
    }

    #[test]
    fn statements_with_and_without_their_parameter_and_principal_are_valid_by_the_schema() {
        let odd = "a\"b\\c'\u{7f}\n<folder_id>é";
        let parameters: Parameters = [FOLDER_ID, COLLECTION_ID]
            .into_iter()
            .map(|name| (name.to_owned(), odd.to_owned()))
            .collect();
        let kinds = [
            PrincipalType::User,
            PrincipalType::Group,
            PrincipalType::ApiKey,
            PrincipalType::ProvisioningKey,
        ];
        let principals = kinds.map(|kind| Principal {
            kind,
            id: odd.to_owned(),
        });
        for policy in policies() {
            for parameters in [&Parameters::new(), &parameters] {
                for principal in principals.iter().map(Some).chain([None]) {
                    let statement = policy.statement(parameters, principal);
                    assert_eq!(cedar::check(&statement), Ok(()), "{statement}");
                }
            }
        }
    }

    #[test]
    fn statement_without_its_parameter_shows_the_placeholder_and_with_it_the_id() {
        let policy = policy("cld::policy::content::folder::view_download").unwrap();
        let open = policy.statement(&Parameters::new(), None);
        assert!(
            open.contains(r#"resource.ancestor_ids.contains("<folder_id>")"#),
            "{open}"
        );
        let parameters = Parameters::from([(FOLDER_ID.to_owned(), "f1".to_owned())]);
        let key = Principal {
            kind: PrincipalType::ApiKey,
            id: "1234".to_owned(),
        };
        let filled = policy.statement(&parameters, Some(&key));
        assert!(filled.contains(r#"resource.ancestor_ids.contains("f1")"#), "{filled}");
        assert!(filled.contains(r#"resource == Cloudinary::Folder::"f1""#), "{filled}");
        assert!(!filled.contains("<folder_id>"), "{filled}");
        let principals = filled.matches(r#"principal == Cloudinary::APIKey::"1234","#).count();
        assert_eq!(principals, filled.matches("permit").count(), "{filled}");
    }

    #[test]
    fn role_for_content_is_found_with_and_without_its_prefix() {
        for id in [
            "cld::role::folder::viewer",
            "cld::role::content::folder::viewer",
            "cld::role::folder::editor",
            "cld::role::content::folder::editor",
        ] {
            assert_eq!(role(id).unwrap().permission_type.word(), "content", "{id}");
        }
        assert!(role("folder::viewer").is_none());
        assert!(role("cld::role::nowhere").is_none());
    }
}
