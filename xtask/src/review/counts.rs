//! How many facts a review has.

use std::fmt;

use account_provisioning_wire_diff::Level;

use crate::review::line::Line;
use crate::review::{Entry, Review};

/// How many facts of each level there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counts {
    /// The breaking facts.
    pub breaking: usize,
    /// The compatible facts.
    pub compatible: usize,
    /// The facts that are about documentation only.
    pub docs: usize,
}

impl Counts {
    fn of(levels: impl Iterator<Item = Level>) -> Self {
        let mut counts = Self::default();
        for level in levels {
            *match level {
                Level::Breaking => &mut counts.breaking,
                Level::Compatible => &mut counts.compatible,
                Level::Docs => &mut counts.docs,
            } += 1;
        }
        counts
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = [self.breaking, self.compatible, self.docs].into_iter().zip(Level::ALL);
        let counts: Vec<String> = counts
            .filter(|(count, _)| *count > 0)
            .map(|(count, level)| format!("{count} {level}"))
            .collect();
        if counts.is_empty() {
            return f.write_str("no change");
        }
        f.write_str(&counts.join(", "))
    }
}

impl Review {
    /// The entries by the texts that exceptions repeat, the most important first.
    #[must_use]
    pub fn lines(&self) -> Vec<Line> {
        self.entries().iter().map(Entry::line).collect()
    }

    /// How many facts of the wire there are, by their levels on the wire.
    #[must_use]
    pub fn wire_counts(&self) -> Counts {
        Counts::of(self.entries().iter().filter_map(|entry| entry.wire))
    }

    /// How many changes of behaviour there are.
    #[must_use]
    pub fn behaviour_counts(&self) -> Counts {
        let facts = self.apis.iter().flat_map(|api| &api.behaviour);
        Counts::of(facts.map(|fact| fact.level))
    }

    /// How many facts of Rust there are.
    #[must_use]
    pub fn rust_counts(&self) -> Counts {
        Counts::of(self.rust.facts.iter().map(|fact| fact.level))
    }

    /// How many deviations changed.
    #[must_use]
    pub fn deviation_count(&self) -> usize {
        self.apis.iter().map(|api| api.deviations.len()).sum()
    }
}
