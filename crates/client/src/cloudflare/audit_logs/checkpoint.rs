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
/// It contains the time before which the log was read, and the ids of the entries since then, which the service will return
/// once more. This time moves when a window was read to its end, and never past that end. After a window, 10 000 ids are
/// remembered: if the overlap has more entries than that, it shrinks to the newest of them. Within a window, up to 20 000
/// ids are remembered, and then the oldest are forgotten. Only the ids of the newest moment are remembered without a limit.
/// Ids of entries without a time are remembered in addition, the latest 10 000 of them, and so are those of up to 20 000
/// entries whose time is in the future: more of them are an error.
///
/// It does not contain the filters: resume with the same ones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditCheckpoint {
    account: AccountId,
    /// Entries before this time are no longer looked for.
    floor: DateTime<Utc>,
    /// The time of the newest entry that was returned.
    newest: Option<DateTime<Utc>>,
    /// The ids of each moment, from the floor to the end of the current window at most.
    seen: Seen,
    /// The ids of the moments after the window's end, and of those that were and come later in the window. They move no
    /// floor.
    #[serde(default)]
    later: Seen,
    /// The time before which ids were forgotten since the current window began.
    #[serde(default)]
    forgotten: Option<DateTime<Utc>>,
    /// Whether entries came out of order in the current window: then nothing in it counts as over before its end.
    #[serde(default)]
    unordered: bool,
    /// The ids of the entries without a time.
    #[serde(default)]
    untimed: Untimed,
    read: u64,
}

/// A part of the log that is read from its beginning to its end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window {
    /// Entries before this time are not looked for.
    pub(super) from: DateTime<Utc>,
    /// No entry can be later than this, unless its time is wrong.
    pub(super) end: DateTime<Utc>,
    pub(super) overlap: TimeDelta,
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

    fn add(&mut self, time: DateTime<Utc>, mut ids: BTreeSet<String>) {
        self.count += ids.len();
        self.ids.entry(time).or_default().append(&mut ids);
    }

    /// Removes the oldest moment, unless it is after a time.
    fn take_until(&mut self, end: DateTime<Utc>) -> Option<(DateTime<Utc>, BTreeSet<String>)> {
        let oldest = self.ids.first_entry().filter(|moment| *moment.key() <= end)?;
        let (time, ids) = oldest.remove_entry();
        self.count -= ids.len();
        Some((time, ids))
    }

    /// Removes the newest moment, if it is after a time.
    fn take_after(&mut self, end: DateTime<Utc>) -> Option<(DateTime<Utc>, BTreeSet<String>)> {
        let newest = self.ids.last_entry().filter(|moment| *moment.key() > end)?;
        let (time, ids) = newest.remove_entry();
        self.count -= ids.len();
        Some((time, ids))
    }

    /// Removes the oldest moment.
    fn pop_oldest(&mut self) {
        if let Some((_, ids)) = self.ids.pop_first() {
            self.count -= ids.len();
        }
    }

    /// Removes the moments before a time.
    fn pop_before(&mut self, time: DateTime<Utc>) {
        while self.oldest().is_some_and(|oldest| oldest < time) {
            self.pop_oldest();
        }
    }

    /// Removes the oldest moments while more than `limit` ids are remembered, but never the newest moment.
    fn pop_above(&mut self, limit: usize) {
        while self.count > limit && self.ids.len() > 1 {
            self.pop_oldest();
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
            later: Seen::default(),
            forgotten: None,
            unordered: false,
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
        self.forgotten.unwrap_or(self.floor)
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
        self.seen.count + self.later.count + self.untimed.len()
    }

    /// Remembers an entry of a window; false when it was returned before, or is older than the window.
    ///
    /// # Errors
    /// A paging error for an entry that may have been returned and forgotten. Resumed after it, the whole window is read
    /// again, and what was forgotten is returned again. Also one for an entry of the future when too many are remembered.
    pub(super) fn admit(&mut self, id: &str, time: Option<DateTime<Utc>>, window: &Window) -> Result<bool> {
        let Some(time) = time else {
            let new = self.untimed.meet(id);
            self.read = self.read.saturating_add(u64::from(new));
            return Ok(new);
        };
        self.part(time.min(window.end), window.end);
        if time < window.from || self.seen.contains(time, id) || self.later.contains(time, id) {
            return Ok(false);
        }
        if self.forgotten.is_some_and(|forgotten| time < forgotten) {
            self.forgotten = None;
            self.unordered = true;
            return Err(Error::new(
                ErrorKind::Paging,
                "the service returns audit logs out of the order that was asked for, so following them could miss some or \
                 return some again: list the period instead, or resume from the checkpoint, which returns entries again",
            ));
        }
        if time <= window.end {
            self.seen.insert(time, id);
        } else if self.later.count < 2 * REMEMBERED {
            self.later.insert(time, id);
        } else {
            return Err(Error::new(
                ErrorKind::Paging,
                "the service returns more than 20000 audit logs whose time is in the future, so following them could return \
                 some again: check the clocks, list the period instead, or resume from the checkpoint later",
            ));
        }
        self.read = self.read.saturating_add(1);
        self.newest = self.newest.max(Some(time));
        if self.seen.count > REMEMBERED {
            self.forget(window);
        }
        Ok(true)
    }

    /// Forgets ids within a window: those before the overlap, and the oldest of more than 20 000.
    fn forget(&mut self, window: &Window) {
        let before = self.seen.count;
        let reached = self.reached(window);
        self.seen.pop_before(reached);
        // An entry that is logged late may be the first of the oldest moment that comes: the others would seem out of order
        // if the moment were forgotten now. But a service that returns everything backwards must not fill the memory.
        self.seen.pop_above(2 * REMEMBERED);
        if self.seen.count < before && !self.unordered {
            let oldest = self.seen.oldest().unwrap_or(reached);
            self.forgotten = self.forgotten.max(Some(oldest));
        }
    }

    /// Parts the ids at the end of a window, which moves on with the time, or back when clocks are compared. Those between
    /// the entry that was reached and the end stay with the later ones: they must not count as over before they come.
    fn part(&mut self, reached: DateTime<Utc>, end: DateTime<Utc>) {
        while let Some((time, ids)) = self.later.take_until(reached) {
            self.seen.add(time, ids);
        }
        while let Some((time, ids)) = self.seen.take_after(end) {
            self.later.add(time, ids);
        }
    }

    /// The time before which entries are not looked for after a window: the overlap before the newest entry that is not
    /// later than the window's end.
    fn reached(&self, window: &Window) -> DateTime<Utc> {
        let newest = self.seen.ids.last_key_value().map(|(time, _)| *time);
        let reached = newest.and_then(|newest| newest.checked_sub_signed(window.overlap));
        reached.unwrap_or(self.floor).max(self.floor)
    }

    /// Moves the floor after a window that was read to its end.
    pub(super) fn complete(&mut self, window: &Window) {
        self.unordered = false;
        self.part(window.end, window.end);
        self.floor = self.reached(window).max(self.forgotten.take().unwrap_or(self.floor));
        self.seen.pop_before(self.floor);
        if self.seen.count > REMEMBERED {
            self.seen.pop_above(REMEMBERED);
            let oldest = self.seen.oldest().unwrap_or(self.floor);
            self.floor = self.floor.max(oldest);
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
