//! What each failure says of itself: kind, predicates, accessors, one line.

mod bodies;
mod decoding;
mod envelopes;
mod models;
mod statuses;
mod times;

use account_provisioning::{Error, RetryPolicy};
use account_provisioning_emulator::{Emulator, Fault};
use integration_tests::wording::assert_well_worded;
use integration_tests::{Stage, state};

async fn stage_with(fault: Fault) -> Stage {
    let stage = Stage::with(state::with_users(2), |client| client.retry(RetryPolicy::never())).await;
    stage.emulator.inject(fault);
    stage
}

/// The error of fetching a user that this fault strikes.
async fn failing(fault: Fault) -> Error {
    let stage = stage_with(fault).await;
    let error = stage.client.users().get(state::user_id(0)).await.unwrap_err();
    checked(&stage.emulator, error, "getUser")
}

/// The error of listing users that this fault strikes.
async fn failing_list(fault: Fault) -> Error {
    let stage = stage_with(fault).await;
    let error = stage.client.users().list().await.unwrap_err();
    checked(&stage.emulator, error, "getUsers")
}

/// Checks what every error of one answered attempt has.
fn checked(emulator: &Emulator, error: Error, operation: &'static str) -> Error {
    assert_well_worded(&error);
    assert_eq!(
        (error.operation(), error.attempts().count()),
        (Some(operation), 1),
        "{error}"
    );
    assert!(error.to_string().starts_with(&format!("{operation}: ")), "{error}");
    assert_eq!(emulator.requests_for(operation).len(), 1);
    error
}

/// A reply of the service's own with this body.
fn success(body: &str) -> Fault {
    Fault::body_replaced(200, "application/json", body)
}
