//! Default values that several fields of the state file share.

use chrono::{DateTime, Utc};

/// The date of records that have none in the state file: 2024-01-01T00:00:00Z.
pub(crate) fn beginning() -> DateTime<Utc> {
    DateTime::from_timestamp(1_704_067_200, 0).unwrap_or_default()
}

/// The default of flags that are on.
pub(crate) fn yes() -> bool {
    true
}
