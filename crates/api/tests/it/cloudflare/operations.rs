//! The table of operations.

use account_provisioning_api::cloudflare::{OPERATIONS, requests};
use account_provisioning_core::{AuthRequirement, Request as _, RetryClass};

use crate::document::operation_ids;

#[test]
fn table_is_sorted_and_has_every_operation_of_the_document() {
    assert!(OPERATIONS.is_sorted_by(|a, b| a.id < b.id));
    let mut listed: Vec<&str> = OPERATIONS.iter().map(|operation| operation.operation_id).collect();
    listed.sort_unstable();
    assert_eq!(listed, operation_ids(account_provisioning_spec::cloudflare::WIRE));
}

#[test]
fn table_says_how_each_operation_is_sent() {
    let mut not_idempotent = Vec::new();
    for operation in OPERATIONS {
        let id = operation.operation_id;
        assert_eq!(operation.auth, AuthRequirement::Required, "{id}");
        match operation.retry {
            RetryClass::Safe => assert_eq!(operation.method, "GET", "{id}"),
            RetryClass::NotIdempotent => not_idempotent.push(id),
            RetryClass::Idempotent => assert_ne!(operation.method, "GET", "{id}"),
            other => panic!("{id} is {other:?}"),
        }
    }
    assert_eq!(
        not_idempotent,
        [
            "addMember",
            "addUserGroupMembers",
            "answerInvite",
            "cancelSubscriptionDowngrades",
            "createAccount",
            "createResourceGroup",
            "createSsoConnector",
            "createSubscription",
            "createToken",
            "createUserGroup",
            "createUserToken",
        ]
    );
    let roll = requests::RollToken::OPERATION;
    assert_eq!(
        (roll.method, &*roll.path),
        ("PUT", "/accounts/{account_id}/tokens/{token_id}/value")
    );
}
