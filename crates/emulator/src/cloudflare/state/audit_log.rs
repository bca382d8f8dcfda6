//! The audit log of an account.

use serde::{Deserialize, Deserializer, Serialize};

use super::audit_entry::AuditEntry;
use super::synthetic::SyntheticAuditLog;

/// The audit log of an account: entries of its own in the order of their times, and entries that are made up when asked
/// for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct AuditLog {
    /// Entries by rule, so that a log of any length costs nothing. Defaults to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub synthetic: Option<SyntheticAuditLog>,
    #[serde(default, deserialize_with = "in_order")]
    entries: Vec<AuditEntry>,
}

impl AuditLog {
    /// Makes an empty log.
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes a log of `count` entries by rule; see [`SyntheticAuditLog::new`].
    pub fn synthetic(count: u64) -> Self {
        Self {
            synthetic: Some(SyntheticAuditLog::new(count)),
            entries: Vec::new(),
        }
    }

    /// Adds an entry in its place: after all that are not later.
    pub fn record(&mut self, entry: AuditEntry) {
        let place = self.entries.partition_point(|known| known.time <= entry.time);
        self.entries.insert(place, entry);
    }

    /// Returns the entries that are not synthetic, oldest first.
    pub fn entries(&self) -> &[AuditEntry] {
        &self.entries
    }

    /// Removes every entry.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

fn in_order<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<AuditEntry>, D::Error> {
    let mut entries = Vec::<AuditEntry>::deserialize(deserializer)?;
    entries.sort_by_key(|entry| entry.time);
    Ok(entries)
}
