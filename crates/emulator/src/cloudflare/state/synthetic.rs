//! Synthetic audit log entries, which take no memory.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::audit_entry::{AuditActor, AuditEntry, AuditRequest, AuditResource, AuditZone};
use crate::defaults::beginning;
use crate::random::fixed_id;

/// A rule for audit log entries that are generated when they are requested, the same each time.
///
/// Their actors, actions, results, resources and zones repeat in a cycle, so that every filter matches some of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SyntheticAuditLog {
    /// The number of entries.
    pub count: u64,
    /// The time of the first entry. Defaults to 2024-01-01T00:00:00Z.
    #[serde(default = "beginning")]
    pub first_at: DateTime<Utc>,
    /// The time from one entry to the next, in milliseconds. Defaults to 1000.
    #[serde(default = "thousand")]
    pub every_milliseconds: u64,
    /// How many entries share each time. Defaults to 1.
    #[serde(default = "one")]
    pub together: u64,
}

fn thousand() -> u64 {
    1000
}

fn one() -> u64 {
    1
}

const EMAILS: &[&str] = &["ann@audit.example", "bob+ops@audit.example", "cy@audit.example"];
const ACTIONS: &[(&str, &str, u16)] = &[
    ("create", "POST", 200),
    ("update", "PUT", 200),
    ("view", "GET", 200),
    ("delete", "DELETE", 404),
];
const PRODUCTS: &[(&str, &str, &str)] = &[
    ("members", "member", "accounts"),
    ("tokens", "api_token", "user"),
    ("dns", "record", "zones"),
    ("memberships", "membership", "memberships"),
    ("workers", "script", "accounts"),
];

impl SyntheticAuditLog {
    /// Creates a rule for one entry per second from 2024-01-01T00:00:00Z on.
    pub fn new(count: u64) -> Self {
        Self {
            count,
            first_at: beginning(),
            every_milliseconds: thousand(),
            together: one(),
        }
    }

    /// Returns the time of the entry at `index`.
    pub(crate) fn time(&self, index: u64) -> DateTime<Utc> {
        let step = index / self.together.max(1);
        let after = i64::try_from(step.saturating_mul(self.every_milliseconds)).unwrap_or(i64::MAX);
        TimeDelta::try_milliseconds(after)
            .and_then(|after| self.first_at.checked_add_signed(after))
            .unwrap_or(DateTime::<Utc>::MAX_UTC)
    }

    /// Returns the entry at `index`.
    pub(crate) fn entry(&self, index: u64) -> AuditEntry {
        let (action, method, status) = *pick(ACTIONS, index);
        let (product, kind, scope) = *pick(PRODUCTS, index);
        let email = *pick(EMAILS, index);
        let by_token = index.is_multiple_of(2);
        let mut entry = AuditEntry::new(format!("synthetic-{index}"), self.time(index));
        entry.action_type = action.to_owned();
        entry.action_result = if status < 400 { "success" } else { "failure" }.to_owned();
        entry.description = format!("{action} {kind}");
        entry.actor = AuditActor {
            id: Some(fixed_id(email)),
            context: if by_token { "api_token" } else { "dash" }.to_owned(),
            email: Some(email.to_owned()),
            ip_address: Some(format!("198.51.100.{}", index % 8)),
            token_id: by_token.then(|| format!("token-{}", index % 4)),
            token_name: by_token.then(|| format!("Token {}", index % 4)),
            kind: "user".to_owned(),
        };
        entry.raw = Some(AuditRequest {
            cf_ray_id: format!("{index:016x}"),
            method: method.to_owned(),
            status_code: status,
            uri: format!("/accounts/synthetic/{product}"),
            user_agent: Some("synthetic/1.0".to_owned()),
        });
        entry.resource = Some(AuditResource {
            id: Some(format!("{kind}-{}", index % 16)),
            product: product.to_owned(),
            product_category: Some(scope.to_owned()),
            scope: scope.to_owned(),
            kind: kind.to_owned(),
            request: json!({}),
            response: json!({}),
        });
        entry.zone = (scope == "zones").then(|| AuditZone {
            id: format!("zone-{}", index % 3),
            name: format!("zone-{}.example", index % 3),
        });
        entry
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the rest of a division by a length fits what lengths fit"
)]
fn pick<T>(list: &[T], index: u64) -> &T {
    &list[(index % list.len() as u64) as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_together_share_their_time_and_nothing_else() {
        let log = SyntheticAuditLog {
            together: 3,
            every_milliseconds: 500,
            ..SyntheticAuditLog::new(9)
        };
        assert_eq!(log.time(2), log.first_at);
        assert_eq!(log.time(8), log.first_at + TimeDelta::milliseconds(1000));
        assert_ne!(log.entry(0).id, log.entry(1).id);
        assert_eq!(log.entry(4), log.entry(4));
    }
}
