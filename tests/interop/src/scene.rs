//! What every scene prints of an error.

use account_provisioning::Error;
use chrono::Utc;
use serde_json::{Value, json};

/// The facts of an error that scenarios check.
pub(crate) fn told(error: &Error) -> Value {
    let wait = error.retry_at().map(|moment| (moment - Utc::now()).as_seconds_f64());
    json!({
        "error": error.to_string(),
        "refused": error.is_invalid_input(),
        "status": error.status().map(|status| status.as_u16()),
        "codes": error.codes(),
        "details": error.details(),
        "attempts": error.attempts().count(),
        "outcome_unknown": error.is_outcome_unknown(),
        "retry_after": wait,
    })
}
