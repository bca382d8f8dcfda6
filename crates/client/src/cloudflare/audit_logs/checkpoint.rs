//! How far an audit log was followed.

use std::collections::{BTreeMap, BTreeSet};

use account_provisioning_core::{Error, ErrorKind, MakeError as _, Result};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::super::AccountId;
use super::untimed::{REMEMBERED, Untimed};

/// How far an audit log was followed. Store it, and continue from there in another process with
/// [`resume`](super::FollowAuditLogs::resume).
///
/// It contains the time that was reached, and the ids of the entries within the overlap before it, which the service will
/// return once more. It remembers 10 000 ids. If the overlap has more entries than that, it shrinks to the newest of them
/// when a newer entry comes; only the ids of the newest moment are remembered without a limit. Until then, entries that are
/// logged late may raise the number of other ids to 20 000. Ids of entries without a time are remembered in addition, the
/// latest 10 000 of them.
///
/// It does not contain the filters: resume with the same ones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditCheckpoint {
    account: AccountId,
    /// Entries before this time are no longer looked for.
    floor: DateTime<Utc>,
    /// The time of the newest entry that was returned.
    newest: Option<DateTime<Utc>>,
    /// The ids of each moment, starting at the floor.
    seen: Seen,
    /// The ids of the entries without a time.
    #[serde(default)]
    untimed: Untimed,
    read: u64,
}

/// Ids by their moments, and their number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "ByMoment", into = "ByMoment")]
struct Seen {
    ids: ByMoment,
    count: usize,
}

type ByMoment = BTreeMap<DateTime<Utc>, BTreeSet<String>>;

impl From<ByMoment> for Seen {
    fn from(ids: ByMoment) -> Self {
        let count = ids.values().map(BTreeSet::len).sum();
        Self { ids, count }
    }
}

impl From<Seen> for ByMoment {
    fn from(seen: Seen) -> Self {
        seen.ids
    }
}

impl Seen {
    fn contains(&self, time: DateTime<Utc>, id: &str) -> bool {
        self.ids.get(&time).is_some_and(|ids| ids.contains(id))
    }

    fn insert(&mut self, time: DateTime<Utc>, id: &str) {
        if self.ids.entry(time).or_default().insert(id.to_owned()) {
            self.count += 1;
        }
    }

    /// Removes the oldest moment.
    fn pop_oldest(&mut self) {
        if let Some((_, ids)) = self.ids.pop_first() {
            self.count -= ids.len();
        }
    }

    fn oldest(&self) -> Option<DateTime<Utc>> {
        self.ids.first_key_value().map(|(time, _)| *time)
    }
}

impl AuditCheckpoint {
    /// The checkpoint before anything was read.
    pub(super) fn start(account: AccountId, since: DateTime<Utc>) -> Self {
        Self {
            account,
            floor: since,
            newest: None,
            seen: Seen::default(),
            untimed: Untimed::default(),
            read: 0,
        }
    }

    /// The account whose log was followed.
    #[must_use]
    pub fn account(&self) -> &AccountId {
        &self.account
    }

    /// The time from which entries are still looked for.
    #[must_use]
    pub fn since(&self) -> DateTime<Utc> {
        self.floor
    }

    /// The time of the newest entry that was returned; `None` before the first.
    #[must_use]
    pub fn newest(&self) -> Option<DateTime<Utc>> {
        self.newest
    }

    /// How many entries were returned since following first began.
    #[must_use]
    pub fn read(&self) -> u64 {
        self.read
    }

    /// How many ids are remembered.
    #[must_use]
    pub fn remembered(&self) -> usize {
        self.seen.count + self.untimed.len()
    }

    /// Remembers an entry; false when it was returned before, or is older than the floor. `from` is the floor at the
    /// beginning of the current window.
    ///
    /// # Errors
    /// A paging error for an entry that is not in the requested order: a checkpoint taken before it came would have missed
    /// it.
    pub(super) fn admit(
        &mut self,
        id: &str,
        time: Option<DateTime<Utc>>,
        overlap: TimeDelta,
        from: DateTime<Utc>,
    ) -> Result<bool> {
        let Some(time) = time else {
            let new = self.untimed.meet(id);
            self.read = self.read.saturating_add(u64::from(new));
            return Ok(new);
        };
        if time < from || self.seen.contains(time, id) {
            return Ok(false);
        }
        if time < self.floor {
            return Err(Error::new(
                ErrorKind::Paging,
                "the service returns audit logs out of the order that was asked for, so following them could miss some: \
                 list the period instead, or follow with a longer overlap",
            ));
        }
        self.seen.insert(time, id);
        self.read = self.read.saturating_add(1);
        if self.newest.is_none_or(|newest| time > newest) {
            self.newest = Some(time);
            self.raise_floor(time.checked_sub_signed(overlap).unwrap_or(DateTime::<Utc>::MIN_UTC));
            self.forget(REMEMBERED);
        } else {
            // More entries of the oldest moment may follow in this window, and would seem out of order if the moment were
            // forgotten now. But a service that returns everything backwards must not fill the memory.
            self.forget(2 * REMEMBERED);
        }
        Ok(true)
    }

    fn raise_floor(&mut self, floor: DateTime<Utc>) {
        if floor > self.floor {
            self.floor = floor;
            while self.seen.oldest().is_some_and(|oldest| oldest < floor) {
                self.seen.pop_oldest();
            }
        }
    }

    /// Removes the oldest moments while more than `limit` ids are remembered, but never the newest moment.
    fn forget(&mut self, limit: usize) {
        while self.seen.count > limit && self.seen.ids.len() > 1 {
            self.seen.pop_oldest();
            self.floor = self.seen.oldest().unwrap_or(self.floor);
        }
    }

    /// Refuses a checkpoint of another account.
    pub(super) fn check(&self, account: &AccountId) -> Result<()> {
        if self.account != *account {
            return Err(Error::invalid_input(
                "the checkpoint is one of another account's audit log: resume with the account that it was taken from",
            ));
        }
        Ok(())
    }
}
