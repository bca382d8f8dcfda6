//! Every operation on the wire: method, path, query and body as the document says.

mod access_keys;
mod billing_usage;
mod custom_attributes;
mod encoding;
mod lookups;
mod permissions;
mod product_environments;
mod sub_account_ids;
mod user_groups;
mod users;

use std::collections::BTreeSet;

use integration_tests::document::{self, Document};
use integration_tests::wire::Wire;

/// One test for each operation: it sends the operation in every form, and asserts each request; what of the document it
/// left unsent is then found by [`Wire::covers`].
macro_rules! operations {
    ($($operation:literal => $test:ident by $($run:ident)::+;)+) => {
        const TESTED: &[&str] = &[$($operation),+];

        $(
            #[tokio::test]
            async fn $test() {
                let wire = Wire::start().await;
                $($run)::+(&wire).await;
                wire.sent_nothing();
                wire.covers($operation);
            }
        )+
    };
}

operations! {
    "getProductEnvironments" => get_product_environments_goes_out_as_documented by product_environments::list;
    "createProductEnvironment" => create_product_environment_goes_out_as_documented by product_environments::create;
    "getProductEnvironment" => get_product_environment_goes_out_as_documented by product_environments::get;
    "updateProductEnvironment" => update_product_environment_goes_out_as_documented by product_environments::update;
    "deleteProductEnvironment" => delete_product_environment_goes_out_as_documented by product_environments::delete;
    "getAccessKeys" => get_access_keys_goes_out_as_documented by access_keys::list;
    "generateAccessKey" => generate_access_key_goes_out_as_documented by access_keys::generate;
    "updateAccessKey" => update_access_key_goes_out_as_documented by access_keys::update;
    "deleteAccessKey" => delete_access_key_goes_out_as_documented by access_keys::delete;
    "deleteAccessKeyByName" => delete_access_key_by_name_goes_out_as_documented by access_keys::delete_by_name;
    "getUsers" => get_users_goes_out_as_documented by users::list;
    "createUser" => create_user_goes_out_as_documented by users::create;
    "getUser" => get_user_goes_out_as_documented by users::get;
    "updateUser" => update_user_goes_out_as_documented by users::update;
    "deleteUser" => delete_user_goes_out_as_documented by users::delete;
    "getGroupsForUser" => get_groups_for_user_goes_out_as_documented by users::groups;
    "getSubAccountsForUser" => get_sub_accounts_for_user_goes_out_as_documented by users::environments;
    "getUserGroups" => get_user_groups_goes_out_as_documented by user_groups::list;
    "createUserGroup" => create_user_group_goes_out_as_documented by user_groups::create;
    "getUserGroup" => get_user_group_goes_out_as_documented by user_groups::get;
    "updateUserGroup" => update_user_group_goes_out_as_documented by user_groups::update;
    "deleteUserGroup" => delete_user_group_goes_out_as_documented by user_groups::delete;
    "getUsersInUserGroup" => get_users_in_user_group_goes_out_as_documented by user_groups::members;
    "addUserToUserGroup" => add_user_to_user_group_goes_out_as_documented by user_groups::add_user;
    "removeUserFromUserGroup" => remove_user_from_user_group_goes_out_as_documented by user_groups::remove_user;
    "getBillingUsage" => get_billing_usage_goes_out_as_documented by billing_usage::get;
    "getSystemRolesAndPoliciesCatalog" => get_catalog_goes_out_as_documented by permissions::public::catalog;
    "validateCedarPolicy" => validate_cedar_policy_goes_out_as_documented by permissions::public::validate;
    "getCedarSchema" => get_cedar_schema_goes_out_as_documented by permissions::public::schema;
    "getSystemPolicies" => get_system_policies_goes_out_as_documented by permissions::policies::system;
    "getCustomPolicies" => get_custom_policies_goes_out_as_documented by permissions::policies::list;
    "createCustomPolicy" => create_custom_policy_goes_out_as_documented by permissions::policies::create;
    "getCustomPolicy" => get_custom_policy_goes_out_as_documented by permissions::policies::get;
    "updateCustomPolicy" => update_custom_policy_goes_out_as_documented by permissions::policies::replace;
    "deleteCustomPolicy" => delete_custom_policy_goes_out_as_documented by permissions::policies::delete;
    "getEffectivePolicies" => get_effective_policies_goes_out_as_documented by permissions::policies::effective;
    "getRoles" => get_roles_goes_out_as_documented by permissions::roles::list;
    "createRole" => create_role_goes_out_as_documented by permissions::roles::create;
    "getRole" => get_role_goes_out_as_documented by permissions::roles::get;
    "updateRole" => update_role_goes_out_as_documented by permissions::roles::replace;
    "deleteRole" => delete_role_goes_out_as_documented by permissions::roles::delete;
    "getRolePrincipals" => get_role_principals_goes_out_as_documented by permissions::roles::principals;
    "updateRolePrincipals" => update_role_principals_goes_out_as_documented by permissions::roles::assign;
    "getPrincipalRoles" => get_principal_roles_goes_out_as_documented by permissions::principals::roles;
    "updatePrincipalRoles" => update_principal_roles_goes_out_as_documented by permissions::principals::assign;
    "inspect" => inspect_goes_out_as_documented by permissions::principals::inspect;
    "inspectMultiple" => inspect_multiple_goes_out_as_documented by permissions::principals::inspect_many;
}

#[test]
fn operations_of_the_document_each_have_a_wire_test() {
    let tested: BTreeSet<&str> = TESTED.iter().copied().collect();
    assert_eq!(tested.len(), TESTED.len(), "an operation stands twice");
    let operations = document::operations(Document::Cloudinary);
    let documented: BTreeSet<&str> = operations.iter().map(|operation| operation.id.as_str()).collect();
    assert_eq!(tested, documented);
    assert!(!documented.is_empty());
}
