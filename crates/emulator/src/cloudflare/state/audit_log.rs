//! The audit log of an account.

use serde::{Deserialize, Deserializer, Serialize};

use super::audit_entry::AuditEntry;
use super::synthetic::SyntheticAuditLog;

/// The audit log of an account: recorded entries in order of time, and synthetic entries that are generated on request.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct AuditLog {
    /// Generated entries, so that a log of any length takes no memory. Defaults to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub synthetic: Option<SyntheticAuditLog>,
    #[serde(default, deserialize_with = "in_order")]
    entries: Vec<AuditEntry>,
}

impl AuditLog {
    /// Creates an empty log.
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a log of `count` synthetic entries; see [`SyntheticAuditLog::new`].
    pub fn synthetic(count: u64) -> Self {
        Self {
            synthetic: Some(SyntheticAuditLog::new(count)),
            entries: Vec::new(),
        }
    }

    /// Inserts an entry by its time, after entries with the same time.
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
