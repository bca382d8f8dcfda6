//! The table of operations.

use account_provisioning_api::cloudinary::OPERATIONS;
use account_provisioning_core::{AuthRequirement, Operation, RetryClass};

#[test]
fn table_is_sorted_and_finds_every_operation() {
    assert_eq!(OPERATIONS.len(), 26);
    assert!(OPERATIONS.is_sorted_by(|a, b| a.id < b.id));
    for operation in OPERATIONS {
        assert_eq!(Operation::find(OPERATIONS, operation.id), Some(operation));
    }
    assert_eq!(Operation::find(OPERATIONS, "nope"), None);
}

#[test]
fn table_says_how_each_operation_is_sent() {
    for operation in OPERATIONS {
        let expected = if operation.method == "POST" {
            RetryClass::NotIdempotent
        } else {
            RetryClass::Idempotent
        };
        // Adding a member twice has the effect of adding it once, but the document does not mark it so.
        assert_eq!(operation.retry, expected, "{}", operation.operation_id);
        assert_eq!(operation.auth, AuthRequirement::Required, "{}", operation.operation_id);
        assert!(
            operation.path.starts_with("/v1_1/provisioning/accounts/{account_id}/"),
            "{}",
            operation.path
        );
    }
    let find = |id| Operation::find(OPERATIONS, id).unwrap();
    assert_eq!(find("get_users").operation_id, "getUsers");
    assert_eq!(find("delete_access_key_by_name").method, "DELETE");
}
