//! The facts of a review as lines that stand for themselves.

use std::fmt;

use super::Review;
use crate::rust_facts::RustFact;
use crate::wire_diff::Level;

/// A fact by the words that an exception has to repeat.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Line {
    /// What it means to programs.
    pub level: Level,
    /// The API or the crate that it belongs to.
    pub of: String,
    /// The fact.
    pub fact: String,
    /// The operations, where the fact belongs to each of them by itself: a parameter that is gone from one more
    /// operation is another fact. Empty for what belongs to a component or to none.
    pub operations: Vec<String>,
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.of, self.fact)?;
        if self.operations.is_empty() {
            return Ok(());
        }
        write!(f, " — {}", self.operations.join(", "))
    }
}

/// How many facts there are of each level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counts {
    /// Breaking ones.
    pub breaking: usize,
    /// Compatible ones.
    pub compatible: usize,
    /// Those that only readers see.
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
        let counts = [
            (self.breaking, Level::Breaking),
            (self.compatible, Level::Compatible),
            (self.docs, Level::Docs),
        ];
        let said: Vec<String> = counts
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, level)| format!("{count} {level}"))
            .collect();
        f.write_str(if said.is_empty() { "no change" } else { "" })?;
        f.write_str(&said.join(", "))
    }
}

impl Review {
    /// The facts of the wire and of Rust, the most important first.
    #[must_use]
    pub fn lines(&self) -> Vec<Line> {
        let mut lines = self.wire_lines();
        lines.extend(self.rust.facts.iter().map(rust_line));
        lines.sort_by_key(|line| std::cmp::Reverse(line.level));
        lines
    }

    /// How many facts of the wire there are.
    #[must_use]
    pub fn wire_counts(&self) -> Counts {
        Counts::of(self.wire_lines().iter().map(|line| line.level))
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

    fn wire_lines(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        for api in &self.apis {
            lines.extend(api.headline().map(|(level, fact)| Line {
                level,
                of: api.name.clone(),
                fact,
                operations: Vec::new(),
            }));
            lines.extend(api.facts.iter().map(|fact| Line {
                level: fact.level,
                of: api.name.clone(),
                fact: fact.to_string(),
                operations: if fact.shared {
                    Vec::new()
                } else {
                    fact.operations.clone()
                },
            }));
        }
        lines
    }
}

/// The line of a Rust fact.
pub(super) fn rust_line(fact: &RustFact) -> Line {
    Line {
        level: fact.level,
        of: fact.package.clone(),
        fact: format!("{}: {}", fact.item, fact.change),
        operations: Vec::new(),
    }
}
