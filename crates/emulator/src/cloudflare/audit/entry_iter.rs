//! Iterates over the entries of an audit log in order of time, from any position, without copying the log.

use std::borrow::Cow;
use std::ops::Range;

use chrono::{DateTime, Utc};

use super::super::state::{AuditEntry, AuditLog, SyntheticAuditLog};

/// The position of an entry: its time, and its index among the synthetic entries or the recorded ones. Both lists are
/// in order of time. Of entries with equal times, synthetic ones come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Position {
    pub(super) time: DateTime<Utc>,
    pub(super) source: Source,
    pub(super) index: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    Synthetic,
    Own,
}

/// The entries of a log that have not been returned yet.
#[derive(Debug)]
pub(super) struct EntryIter<'a> {
    synthetic: Option<&'a SyntheticAuditLog>,
    own: &'a [AuditEntry],
    /// The remaining indexes of each list.
    left: [Range<u64>; 2],
    newest_first: bool,
}

impl<'a> EntryIter<'a> {
    /// Iterates over the entries from `since` on and before `before`.
    pub(super) fn new(log: &'a AuditLog, since: DateTime<Utc>, before: DateTime<Utc>, newest_first: bool) -> Self {
        let mut entries = Self {
            synthetic: log.synthetic.as_ref(),
            own: log.entries(),
            left: [0..0, 0..0],
            newest_first,
        };
        for source in [Source::Synthetic, Source::Own] {
            let start = entries.first(source, |time| time >= since);
            let end = entries.first(source, |time| time >= before);
            entries.left[source as usize] = start..end.max(start);
        }
        entries
    }

    /// Skips everything up to and including a position.
    pub(super) fn after(mut self, position: Position) -> Self {
        for source in [Source::Synthetic, Source::Own] {
            let older = self.first(source, |time| time >= position.time);
            let newer = self.first(source, |time| time > position.time);
            let range = self.left[source as usize].clone();
            // The first index after the position and the end of the indexes before it, counted from the oldest.
            let (behind, ahead) = match source.cmp(&position.source) {
                std::cmp::Ordering::Equal => (position.index.saturating_add(1), position.index),
                std::cmp::Ordering::Less => (newer, newer),
                std::cmp::Ordering::Greater => (older, older),
            };
            self.left[source as usize] = match self.newest_first {
                true => range.start..range.end.min(ahead).max(range.start),
                false => range.start.max(behind).min(range.end)..range.end,
            };
        }
        self
    }

    fn len(&self, source: Source) -> u64 {
        match source {
            Source::Synthetic => self.synthetic.map_or(0, |rule| rule.count),
            Source::Own => self.own.len() as u64,
        }
    }

    fn time(&self, source: Source, index: u64) -> Option<DateTime<Utc>> {
        match source {
            Source::Synthetic => self.synthetic.map(|rule| rule.time(index)),
            Source::Own => self.own(index).map(|entry| entry.time),
        }
    }

    fn own(&self, index: u64) -> Option<&'a AuditEntry> {
        self.own.get(usize::try_from(index).ok()?)
    }

    /// Finds the first index whose time is accepted; the length when there is none. Times never decrease.
    fn first(&self, source: Source, is: impl Fn(DateTime<Utc>) -> bool) -> u64 {
        let (mut low, mut high) = (0, self.len(source));
        while low < high {
            let middle = low + (high - low) / 2;
            match self.time(source, middle).is_some_and(&is) {
                true => high = middle,
                false => low = middle + 1,
            }
        }
        low
    }

    /// Returns the next position of one list.
    fn head(&self, source: Source) -> Option<Position> {
        let range = &self.left[source as usize];
        let index = match self.newest_first {
            _ if range.is_empty() => return None,
            true => range.end - 1,
            false => range.start,
        };
        Some(Position {
            time: self.time(source, index)?,
            source,
            index,
        })
    }
}

impl<'a> Iterator for EntryIter<'a> {
    type Item = (Position, Cow<'a, AuditEntry>);

    fn next(&mut self) -> Option<Self::Item> {
        let position = match (self.head(Source::Synthetic), self.head(Source::Own)) {
            (Some(a), Some(b)) if self.newest_first => a.max(b),
            (Some(a), Some(b)) => a.min(b),
            (a, b) => a.or(b)?,
        };
        let range = &mut self.left[position.source as usize];
        match self.newest_first {
            true => range.end -= 1,
            false => range.start += 1,
        }
        let entry = match position.source {
            Source::Synthetic => Cow::Owned(self.synthetic?.entry(position.index)),
            Source::Own => Cow::Borrowed(self.own(position.index)?),
        };
        Some((position, entry))
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn log() -> AuditLog {
        let mut log = AuditLog::new();
        let rule = SyntheticAuditLog {
            together: 2,
            ..SyntheticAuditLog::new(6)
        };
        log.synthetic = Some(rule);
        for (name, second) in [("a", 0), ("b", 1), ("c", 1), ("d", 9)] {
            log.record(AuditEntry::new(name, rule.first_at + TimeDelta::seconds(second)));
        }
        log
    }

    fn ids(entries: EntryIter<'_>) -> Vec<String> {
        entries.map(|(_, entry)| entry.id.replace("synthetic-", "")).collect()
    }

    #[test]
    fn entries_in_both_directions_merges_both_lists() {
        let log = log();
        let all = |newest_first| EntryIter::new(&log, DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC, newest_first);
        let mut expected = ["0", "1", "a", "2", "3", "b", "c", "4", "5", "d"];
        assert_eq!(ids(all(false)), expected);
        expected.reverse();
        assert_eq!(ids(all(true)), expected);
    }

    #[test]
    fn entries_of_a_log_of_a_hundred_thousand_meet_each_once() {
        let log = AuditLog::synthetic(100_000);
        let entries = EntryIter::new(&log, DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC, true);
        let expected = (0..100_000).rev();
        assert!(entries.map(|(position, _)| position.index).eq(expected));
    }

    #[test]
    fn entries_between_two_moments_take_the_first_in_and_leave_the_last_out() {
        let log = log();
        let start = log.entries()[0].time;
        let entries = EntryIter::new(
            &log,
            start + TimeDelta::seconds(1),
            start + TimeDelta::seconds(2),
            false,
        );
        assert_eq!(ids(entries), ["2", "3", "b", "c"]);
        let none = EntryIter::new(&log, start + TimeDelta::seconds(2), start + TimeDelta::seconds(1), true);
        assert_eq!(ids(none), Vec::<String>::new());
    }

    #[test]
    fn entries_after_each_position_are_the_rest_of_them() {
        let log = log();
        for newest_first in [false, true] {
            let all = || EntryIter::new(&log, DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC, newest_first);
            let whole = ids(all());
            for (done, (position, _)) in all().enumerate() {
                assert_eq!(ids(all().after(position)), whole[done + 1..], "{position:?}");
            }
        }
    }
}
