//! The system roles and policies, which are the same for every account.
//!
//! The vendor documents one id, `cld::role::account::admin`. The others are made up in the same form.

mod policies;
mod policy;
mod roles;
mod schema;

pub(super) use self::policies::{POLICIES, policy};
pub(super) use self::policy::{CREATED_AT, SystemPolicy};
pub(super) use self::roles::{ROLES, SystemRole};
pub(super) use self::schema::cedar_schema;

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use std::collections::BTreeSet;

    use super::super::cedar;
    use super::super::parameters::{COLLECTION_ID, FOLDER_ID, Parameters};
    use super::*;

    #[test]
    fn catalog_ids_and_names_are_unique_and_the_parts_of_roles_fit_them() {
        let ids: BTreeSet<&str> = POLICIES.iter().map(|policy| policy.id).collect();
        assert_eq!(ids.len(), POLICIES.len());
        let ids: BTreeSet<&str> = ROLES.iter().map(|role| role.id).collect();
        let names: BTreeSet<&str> = ROLES.iter().map(|role| role.name).collect();
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
        for policy in POLICIES {
            let used = ROLES.iter().any(|role| role.policies.contains(&policy.id));
            assert!(used, "{} is in no role", policy.id);
        }
    }

    #[test]
    fn statements_with_and_without_their_parameter_are_valid_by_the_schema() {
        let odd: Parameters = [FOLDER_ID, COLLECTION_ID]
            .into_iter()
            .map(|name| (name.to_owned(), "a\"b\\c'\u{7f}\n{{é".to_owned()))
            .collect();
        for policy in POLICIES {
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
