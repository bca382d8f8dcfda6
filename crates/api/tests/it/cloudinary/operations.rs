//! The table of operations.

use account_provisioning_api::cloudinary::OPERATIONS;
use account_provisioning_core::{AuthRequirement, Operation, RetryClass};

#[test]
fn table_is_sorted_and_finds_every_operation() {
    assert_eq!(OPERATIONS.len(), 47);
    assert!(OPERATIONS.is_sorted_by(|a, b| a.id < b.id));
    for operation in OPERATIONS {
        assert_eq!(Operation::find(OPERATIONS, operation.id), Some(operation));
    }
    assert_eq!(Operation::find(OPERATIONS, "nope"), None);
}

#[test]
fn table_says_how_each_operation_is_sent() {
    for operation in OPERATIONS {
        // These two only read.
        let reads = ["inspectMultiple", "validateCedarPolicy"].contains(&operation.operation_id);
        let expected = if operation.method == "POST" && !reads {
            RetryClass::NotIdempotent
        } else {
            RetryClass::Idempotent
        };
        // Adding a member twice has the effect of adding it once, but the document does not mark it so.
        assert_eq!(operation.retry, expected, "{}", operation.operation_id);
        let public = operation.path.starts_with("/v2/accounts/permissions/public/");
        let auth = if public {
            AuthRequirement::None
        } else {
            AuthRequirement::Required
        };
        assert_eq!(operation.auth, auth, "{}", operation.operation_id);
        let of_an_account = [
            "/v1_1/provisioning/accounts/{account_id}/",
            "/v2/accounts/{account_id}/permissions/",
        ];
        assert!(
            public || of_an_account.iter().any(|start| operation.path.starts_with(start)),
            "{}",
            operation.path
        );
    }
    let find = |id| Operation::find(OPERATIONS, id).unwrap();
    assert_eq!(find("get_users").operation_id, "getUsers");
    assert_eq!(find("delete_access_key_by_name").method, "DELETE");
}
