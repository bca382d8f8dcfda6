//! The table of operations.

use account_provisioning_api::cloudinary::{OPERATIONS, requests};
use account_provisioning_core::{AuthRequirement, Request as _, RetryClass};

use crate::document::operation_ids;

#[test]
fn table_is_sorted_and_has_every_operation_of_the_document() {
    assert!(OPERATIONS.is_sorted_by(|a, b| a.id < b.id));
    let mut listed: Vec<&str> = OPERATIONS.iter().map(|operation| operation.operation_id).collect();
    listed.sort_unstable();
    assert_eq!(listed, operation_ids(account_provisioning_spec::cloudinary::WIRE));
}

#[test]
fn requests_know_their_own_entry() {
    for (entry, operation_id) in [
        (requests::GetUsers::OPERATION, "getUsers"),
        (requests::DeleteAccessKeyByName::OPERATION, "deleteAccessKeyByName"),
    ] {
        assert_eq!(entry.operation_id, operation_id);
        assert!(OPERATIONS.contains(entry));
    }
}

#[test]
fn table_says_how_each_operation_is_sent() {
    for operation in OPERATIONS {
        // These two only read.
        let reads = ["inspectMultiple", "validateCedarPolicy"].contains(&operation.operation_id);
        let expected = match operation.method {
            "POST" if !reads => RetryClass::NotIdempotent,
            "POST" | "GET" => RetryClass::Safe,
            _ => RetryClass::Idempotent,
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
    assert_eq!(requests::GetUsers::OPERATION.operation_id, "getUsers");
    assert_eq!(requests::DeleteAccessKeyByName::OPERATION.method, "DELETE");
}
