//! Every operation on the wire: method, path, query and body as the document says.

mod accounts;
mod audit_logs;
mod members;
mod subscriptions;
mod tokens;

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
