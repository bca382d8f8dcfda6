//! The table of Cloudspot's operations.

use account_provisioning_api::cloudspot::OPERATIONS;
use account_provisioning_core::{AuthRequirement, RetryClass};

#[test]
fn table_of_cloudspot_never_repeats_a_login() {
    assert!(OPERATIONS.is_sorted_by(|a, b| a.id < b.id));
    let classes: Vec<(&str, RetryClass)> = OPERATIONS
        .iter()
        .map(|operation| (operation.operation_id, operation.retry))
        .collect();
    assert_eq!(
        classes,
        [
            ("authenticate", RetryClass::Never),
            ("getCompanyPermissions", RetryClass::Safe),
            ("getPermissions", RetryClass::Safe),
            ("getProfile", RetryClass::Safe),
            ("validateImpersonation", RetryClass::NotIdempotent),
        ]
    );
    for operation in OPERATIONS {
        assert_eq!(operation.auth, AuthRequirement::Required);
        assert!(operation.path.starts_with("/auth/") && operation.path.ends_with('/'));
    }
}
