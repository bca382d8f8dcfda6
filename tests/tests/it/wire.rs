//! Every operation on the wire: method, path, query and body as the document says.

mod access_keys;
mod billing_usage;
mod custom_attributes;
mod encoding;
mod lookups;
mod product_environments;
mod sub_account_ids;
mod user_groups;
mod users;

use std::collections::BTreeSet;

use integration_tests::document;
use integration_tests::wire::Wire;

/// One test for each operation: it sends the operation in every form, and asserts each request; what of the document it
/// left unsent is then found by [`Wire::covers`].
macro_rules! operations {
    ($($operation:literal => $test:ident by $module:ident::$run:ident;)+) => {
        const TESTED: &[&str] = &[$($operation),+];

        $(
            #[tokio::test]
            async fn $test() {
                let wire = Wire::start().await;
                $module::$run(&wire).await;
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
}

#[test]
fn operations_of_the_document_each_have_a_wire_test() {
    let tested: BTreeSet<&str> = TESTED.iter().copied().collect();
    assert_eq!(tested.len(), TESTED.len(), "an operation stands twice");
    let operations = document::operations();
    let documented: BTreeSet<&str> = operations.iter().map(|operation| operation.id.as_str()).collect();
    assert_eq!(tested, documented);
    assert_eq!(documented.len(), 26);
}
