//! Holding a review against the list of accepted facts.

use std::fmt;

use chrono::NaiveDate;

use super::{Allowed, Line, Review};
use crate::wire_diff::Level;

/// What stands against a change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Denial {
    /// Breaking facts that nothing accepts.
    pub denied: Vec<Line>,
    /// Breaking facts that are accepted, with the reason and the last day.
    pub accepted: Vec<(Line, String, NaiveDate)>,
    /// What is wrong with the list itself: entries that are over or that accept nothing.
    pub stale: Vec<String>,
}

impl Denial {
    /// Whether nothing stands against the change.
    #[must_use]
    pub fn passes(&self) -> bool {
        self.denied.is_empty() && self.stale.is_empty()
    }
}

/// Holds the breaking facts against the list. An entry that is over accepts nothing, and one that nothing needs is as
/// wrong as a break: it would let the next one through unseen.
#[must_use]
pub fn deny(review: &Review, allowed: &Allowed, today: NaiveDate) -> Denial {
    let mut denial = Denial::default();
    let mut used = vec![false; allowed.exceptions.len()];
    for line in review.lines().into_iter().filter(|line| line.level == Level::Breaking) {
        let found = allowed.exceptions.iter().position(|exception| exception.accepts(&line));
        match found.map(|index| (index, &allowed.exceptions[index])) {
            Some((index, exception)) => {
                used[index] = true;
                if exception.expired(today) {
                    denial.denied.push(line);
                } else {
                    denial
                        .accepted
                        .push((line, exception.reason.clone(), exception.expires));
                }
            }
            None => denial.denied.push(line),
        }
    }
    for (exception, used) in allowed.exceptions.iter().zip(used) {
        let name = format!(
            "{}: the exception for `{}: {}`",
            exception.place, exception.of, exception.fact
        );
        if exception.expired(today) {
            let day = exception.expires;
            denial.stale.push(format!(
                "{name} expired after {day}; remove it, or decide anew and move the day"
            ));
        } else if !used {
            denial
                .stale
                .push(format!("{name} accepts nothing; remove it, or correct its words"));
        }
    }
    denial
}

impl fmt::Display for Denial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (line, reason, day) in &self.accepted {
            writeln!(f, "accepted until {day}: {line} ({reason})")?;
        }
        for line in &self.denied {
            writeln!(f, "denied: {line}")?;
        }
        for text in &self.stale {
            writeln!(f, "denied: {text}")?;
        }
        if self.denied.is_empty() {
            return Ok(());
        }
        writeln!(f, "\nto accept a break for a time, add to {}:\n", super::ALLOW_FILE)?;
        for line in &self.denied {
            writeln!(f, "- of: {}\n  fact: {}", quoted(&line.of), quoted(&line.fact))?;
            if !line.operations.is_empty() {
                writeln!(
                    f,
                    "  operations: [{}]",
                    line.operations
                        .iter()
                        .map(|name| quoted(name))
                        .collect::<Vec<_>>()
                        .join(", ")
                )?;
            }
            writeln!(f, "  reason: ''\n  expires: ''")?;
        }
        Ok(())
    }
}

/// A text as YAML takes it, whatever it holds.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
