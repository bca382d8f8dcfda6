//! Checks that the states of several vendors share.

use crate::error::StateError;
use crate::table::{Row, Table};

pub(crate) fn not_empty(value: &str, path: &str, field: &str) -> Result<(), StateError> {
    if value.is_empty() {
        return Err(StateError::new(format!("{path}.{field}"), "is empty"));
    }
    Ok(())
}

/// Rejects a row whose id was changed in place.
pub(crate) fn keyed<T: Row>(table: &Table<T>, path: &str, field: &str) -> Result<(), StateError> {
    match table.misplaced() {
        Some(place) => Err(StateError::new(
            format!("{path}.{field}[{place}].{}", T::KEY),
            "was changed in place; remove the entry and insert it again",
        )),
        None => Ok(()),
    }
}
