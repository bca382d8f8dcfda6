//! How far an audit log was followed.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::super::AccountId;
use super::untimed::Untimed;
use crate::{Error, ErrorKind, Result};

/// How many entries are remembered, so that none is handed out twice.
pub(super) const REMEMBERED: usize = 10_000;

/// How far an audit log was followed: store it, and go on from there in another process with
/// [`resume`](super::FollowAuditLogs::resume).
///
/// It holds the time that was reached, and the ids of the entries within the overlap before it, which the service will
/// hand out once more. Of these it remembers 10 000: where more entries than that lie within the overlap, the overlap
/// shrinks to the newest of them when a newer one comes, and only those of the newest moment are remembered without a
/// limit; entries that are logged late may bring the others to 20 000 until then. Entries that the service gives no time
/// are remembered besides, the 10 000 met last. It does not hold the filters: resume with the same ones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditCheckpoint {
    account: AccountId,
    /// What happened before is no longer looked for.
    floor: DateTime<Utc>,
    /// The newest moment that was handed out.
    newest: Option<DateTime<Utc>>,
    /// The ids at each moment from the floor on.
    seen: Seen,
    /// The ids of the entries that have no moment.
    #[serde(default)]
    untimed: Untimed,
    read: u64,
}

/// Ids by their moments, and how many there are.
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

    /// Forgets the oldest moment.
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
    /// The beginning.
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

    /// The moment from which on entries are still looked for.
    #[must_use]
    pub fn since(&self) -> DateTime<Utc> {
        self.floor
    }

    /// The time of the newest entry that was handed out; `None` before the first.
    #[must_use]
    pub fn newest(&self) -> Option<DateTime<Utc>> {
        self.newest
    }

    /// How many entries were handed out, from the first beginning on.
    #[must_use]
    pub fn read(&self) -> u64 {
        self.read
    }

    /// How many ids are remembered.
    #[must_use]
    pub fn remembered(&self) -> usize {
        self.seen.count + self.untimed.len()
    }

    /// Takes note of an entry; false when it was handed out before, or is older than what is looked for. `from` is the
    /// floor that this reading of the log began with.
    ///
    /// # Errors
    /// A paging error for an entry that the order asked for rules out: a checkpoint taken meanwhile would have passed it
    /// over.
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
                "the service hands out audit logs out of the order that was asked for, so that following them could miss \
                 some: list the period instead, or follow with a longer overlap",
            ));
        }
        self.seen.insert(time, id);
        self.read = self.read.saturating_add(1);
        if self.newest.is_none_or(|newest| time > newest) {
            self.newest = Some(time);
            self.raise_floor(time.checked_sub_signed(overlap).unwrap_or(DateTime::<Utc>::MIN_UTC));
            self.forget(REMEMBERED);
        } else {
            // More entries of the oldest moment may follow in this window, and would be taken for out of order if it
            // were forgotten now; but a service that hands out everything backwards must not fill the memory.
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

    /// Forgets the oldest moments while more than `limit` is remembered, but never the newest.
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
