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
    let mut creations = Vec::new();
    for operation in OPERATIONS {
        assert_eq!(operation.auth, AuthRequirement::Required, "{}", operation.operation_id);
        assert!(operation.path.starts_with("/accounts"), "{}", operation.path);
        match operation.method {
            "GET" => assert_eq!(operation.retry, RetryClass::Safe, "{}", operation.operation_id),
            "POST" => creations.push(operation.operation_id),
            _ => assert_eq!(operation.retry, RetryClass::Idempotent, "{}", operation.operation_id),
        }
        assert_eq!(operation.method == "POST", operation.retry == RetryClass::NotIdempotent);
    }
    assert_eq!(
        creations,
        ["addMember", "createAccount", "createSubscription", "createToken"]
    );
    let roll = requests::RollToken::OPERATION;
    assert_eq!(
        (roll.method, roll.path),
        ("PUT", "/accounts/{account_id}/tokens/{token_id}/value")
    );
}
