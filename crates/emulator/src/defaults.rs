//! Defaults that fields of a state file share.

use chrono::{DateTime, Utc};

/// The moment that records of a state file without dates were made: 2024-01-01T00:00:00Z.
pub(crate) fn beginning() -> DateTime<Utc> {
    DateTime::from_timestamp(1_704_067_200, 0).unwrap_or_default()
}

/// A switch that is on.
pub(crate) fn yes() -> bool {
    true
}
