//! Every operation on the wire: method, path, query and body as the document says.

mod accounts;
mod audit_logs;
mod groups;
mod members;
mod memberships;
mod sso_connectors;
mod subscriptions;
mod tokens;
mod user;
mod user_groups;
mod user_tokens;

use std::collections::BTreeSet;

use integration_tests::cloudflare::Stage;
use integration_tests::document::{self, Document};
use integration_tests::wire::Wire;

/// One test for each operation, as for Cloudinary.
macro_rules! operations {
    ($($operation:literal => $test:ident by $($run:ident)::+;)+) => {
        const TESTED: &[&str] = &[$($operation),+];

        $(
            #[tokio::test]
            async fn $test() {
                let wire = Wire::of(Stage::start().await);
                $($run)::+(&wire).await;
                wire.sent_nothing();
                wire.covers($operation);
            }
        )+
    };
}

operations! {
    "listAccounts" => list_accounts_goes_out_as_documented by accounts::list;
    "getAccount" => get_account_goes_out_as_documented by accounts::get;
    "createAccount" => create_account_goes_out_as_documented by accounts::create;
    "updateAccount" => update_account_goes_out_as_documented by accounts::replace;
    "deleteAccount" => delete_account_goes_out_as_documented by accounts::delete;
    "listMembers" => list_members_goes_out_as_documented by members::list;
    "getMember" => get_member_goes_out_as_documented by members::get;
    "addMember" => add_member_goes_out_as_documented by members::add;
    "updateMember" => update_member_goes_out_as_documented by members::update;
    "removeMember" => remove_member_goes_out_as_documented by members::remove;
    "listRoles" => list_roles_goes_out_as_documented by members::list_roles;
    "getRole" => get_role_goes_out_as_documented by members::get_role;
    "listSubscriptions" => list_subscriptions_goes_out_as_documented by subscriptions::list;
    "createSubscription" => create_subscription_goes_out_as_documented by subscriptions::create;
    "updateSubscription" => update_subscription_goes_out_as_documented by subscriptions::replace;
    "deleteSubscription" => delete_subscription_goes_out_as_documented by subscriptions::delete;
    "listTokens" => list_tokens_goes_out_as_documented by tokens::list;
    "getToken" => get_token_goes_out_as_documented by tokens::get;
    "createToken" => create_token_goes_out_as_documented by tokens::create;
    "updateToken" => update_token_goes_out_as_documented by tokens::replace;
    "deleteToken" => delete_token_goes_out_as_documented by tokens::delete;
    "verifyToken" => verify_token_goes_out_as_documented by tokens::verify;
    "rollToken" => roll_token_goes_out_as_documented by tokens::roll;
    "listPermissionGroups" => list_permission_groups_goes_out_as_documented by tokens::permission_groups;
    "listAuditLogs" => list_audit_logs_goes_out_as_documented by audit_logs::list;
    "listAuditHistory" => list_audit_history_goes_out_as_documented by audit_logs::history;
    "listAuditProductCategories" => list_audit_product_categories_goes_out_as_documented by audit_logs::categories;
    "getSubscription" => get_subscription_goes_out_as_documented by subscriptions::get;
    "cancelSubscriptionDowngrades" => cancel_downgrades_goes_out_as_documented by subscriptions::cancel_downgrades;
    "listMemberPermissionGroups" => list_member_permission_groups_goes_out_as_documented by groups::permissions;
    "getMemberPermissionGroup" => get_member_permission_group_goes_out_as_documented by groups::permission;
    "listResourceGroups" => list_resource_groups_goes_out_as_documented by groups::list;
    "getResourceGroup" => get_resource_group_goes_out_as_documented by groups::get;
    "createResourceGroup" => create_resource_group_goes_out_as_documented by groups::create;
    "updateResourceGroup" => update_resource_group_goes_out_as_documented by groups::replace;
    "deleteResourceGroup" => delete_resource_group_goes_out_as_documented by groups::delete;
    "listUserGroups" => list_user_groups_goes_out_as_documented by user_groups::list;
    "getUserGroup" => get_user_group_goes_out_as_documented by user_groups::get;
    "createUserGroup" => create_user_group_goes_out_as_documented by user_groups::create;
    "updateUserGroup" => update_user_group_goes_out_as_documented by user_groups::replace;
    "deleteUserGroup" => delete_user_group_goes_out_as_documented by user_groups::delete;
    "listUserGroupMembers" => list_user_group_members_goes_out_as_documented by user_groups::members;
    "getUserGroupMember" => get_user_group_member_goes_out_as_documented by user_groups::member;
    "addUserGroupMembers" => add_user_group_members_goes_out_as_documented by user_groups::add_members;
    "replaceUserGroupMembers" => replace_user_group_members_goes_out_as_documented by user_groups::replace_members;
    "removeUserGroupMember" => remove_user_group_member_goes_out_as_documented by user_groups::remove_member;
    "listSsoConnectors" => list_sso_connectors_goes_out_as_documented by sso_connectors::list;
    "getSsoConnector" => get_sso_connector_goes_out_as_documented by sso_connectors::get;
    "createSsoConnector" => create_sso_connector_goes_out_as_documented by sso_connectors::create;
    "updateSsoConnector" => update_sso_connector_goes_out_as_documented by sso_connectors::update;
    "deleteSsoConnector" => delete_sso_connector_goes_out_as_documented by sso_connectors::delete;
    "beginSsoVerification" => begin_sso_verification_goes_out_as_documented by sso_connectors::begin_verification;
    "listMemberships" => list_memberships_goes_out_as_documented by memberships::list;
    "getMembership" => get_membership_goes_out_as_documented by memberships::get;
    "answerMembership" => answer_membership_goes_out_as_documented by memberships::answer;
    "deleteMembership" => delete_membership_goes_out_as_documented by memberships::delete;
    "getUser" => get_user_goes_out_as_documented by user::get;
    "updateUser" => update_user_goes_out_as_documented by user::update;
    "listInvites" => list_invites_goes_out_as_documented by user::invites;
    "getInvite" => get_invite_goes_out_as_documented by user::invite;
    "answerInvite" => answer_invite_goes_out_as_documented by user::answer;
    "listUserTokens" => list_user_tokens_goes_out_as_documented by user_tokens::list;
    "getUserToken" => get_user_token_goes_out_as_documented by user_tokens::get;
    "createUserToken" => create_user_token_goes_out_as_documented by user_tokens::create;
    "updateUserToken" => update_user_token_goes_out_as_documented by user_tokens::replace;
    "deleteUserToken" => delete_user_token_goes_out_as_documented by user_tokens::delete;
    "verifyUserToken" => verify_user_token_goes_out_as_documented by user_tokens::verify;
    "rollUserToken" => roll_user_token_goes_out_as_documented by user_tokens::roll;
    "listUserTokenPermissionGroups" => list_user_token_permission_groups_goes_out_as_documented by user_tokens::permission_groups;
}

#[test]
fn operations_of_the_document_each_have_a_wire_test() {
    let tested: BTreeSet<&str> = TESTED.iter().copied().collect();
    assert_eq!(tested.len(), TESTED.len(), "an operation stands twice");
    let operations = document::operations(Document::Cloudflare);
    let documented: BTreeSet<&str> = operations.iter().map(|operation| operation.id.as_str()).collect();
    assert_eq!(tested, documented);
    assert!(!documented.is_empty());
}
