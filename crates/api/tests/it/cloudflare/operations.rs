//! The table of operations.

use account_provisioning_api::cloudflare::OPERATIONS;
use account_provisioning_core::{AuthRequirement, Operation, RetryClass};

#[test]
fn table_is_sorted_and_finds_every_operation() {
    assert_eq!(OPERATIONS.len(), 25);
    assert!(OPERATIONS.is_sorted_by(|a, b| a.id < b.id));
    for operation in OPERATIONS {
        assert_eq!(Operation::find(OPERATIONS, operation.id), Some(operation));
    }
}

#[test]
fn table_says_how_each_operation_is_sent() {
    let mut creations = Vec::new();
    for operation in OPERATIONS {
        assert_eq!(operation.auth, AuthRequirement::Required, "{}", operation.operation_id);
        assert!(operation.path.starts_with("/accounts"), "{}", operation.path);
        if operation.retry == RetryClass::NotIdempotent {
            creations.push(operation.operation_id);
        } else {
            assert_eq!(operation.retry, RetryClass::Idempotent, "{}", operation.operation_id);
        }
    }
    assert_eq!(
        creations,
        ["addMember", "createAccount", "createSubscription", "createToken"]
    );
    let roll = Operation::find(OPERATIONS, "roll_token").unwrap();
    assert_eq!(
        (roll.method, roll.path),
        ("PUT", "/accounts/{account_id}/tokens/{token_id}/value")
    );
}
