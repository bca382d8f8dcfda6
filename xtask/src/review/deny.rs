//! Checks a review against the list of accepted facts.

use std::fmt;

use account_provisioning_wire_diff::Level;
use chrono::NaiveDate;

use crate::review::Review;
use crate::review::allow::{self, ALLOW_FILE, Allowed};
use crate::review::line::Line;
use crate::review::text::unknown;

/// The result of the check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Denial {
    /// Breaking facts that no exception accepts.
    pub denied: Vec<Line>,
    /// Breaking facts that are accepted, with the reason and the last day.
    pub accepted: Vec<(Line, String, NaiveDate)>,
    /// What fails besides: expired exceptions, and what the review does not know.
    pub stale: Vec<String>,
    /// Exceptions that accept nothing. They don't fail, because the base of the review may move past what they accept.
    pub unused: Vec<String>,
}

impl Denial {
    /// Whether every breaking fact is known and accepted, and no exception has expired.
    #[must_use]
    pub fn passes(&self) -> bool {
        self.denied.is_empty() && self.stale.is_empty()
    }
}

/// Checks the breaking facts against the list. An expired exception accepts nothing, and fails until someone removes it
/// or decides again.
#[must_use]
pub fn deny(review: &Review, allowed: &Allowed, today: NaiveDate) -> Denial {
    let mut denial = Denial {
        stale: unknown(review),
        ..Denial::default()
    };
    let mut used = vec![false; allowed.exceptions.len()];
    for line in review.lines().into_iter().filter(|line| line.level == Level::Breaking) {
        let mut exceptions = allowed.exceptions.iter().zip(&mut used);
        let exception = exceptions.find(|(exception, _)| exception.accepts(&line));
        let valid = exception.and_then(|(exception, used)| {
            *used = true;
            (!exception.expired(today) && !exception.is_too_long(today)).then_some(exception)
        });
        match valid {
            Some(exception) => denial
                .accepted
                .push((line, exception.reason.clone(), exception.expires)),
            None => denial.denied.push(line),
        }
    }
    for (exception, used) in allowed.exceptions.iter().zip(used) {
        let name = format!(
            "{}: the exception for `{}: {}`",
            exception.place, exception.of, exception.fact
        );
        if exception.expired(today) {
            denial.stale.push(format!(
                "{name} expired after {}; remove it, or review the decision and set a new date",
                exception.expires
            ));
        } else if exception.is_too_long(today) {
            denial.stale.push(format!(
                "{name} lasts until {}, more than a year from now; set a day up to {}",
                exception.expires,
                allow::latest(today)
            ));
        } else if !used {
            denial
                .unused
                .push(format!("{name} accepts nothing; remove it, or correct its text"));
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
        for text in &self.unused {
            writeln!(f, "warning: {text}")?;
        }
        if self.denied.is_empty() {
            return Ok(());
        }
        writeln!(f, "\nto accept a break for a limited time, add to {ALLOW_FILE}:\n")?;
        for line in &self.denied {
            writeln!(f, "- of: {}\n  fact: {}", quoted(&line.of), quoted(&line.fact))?;
            if !line.operations.is_empty() {
                let operations: Vec<String> = line.operations.iter().map(|name| quoted(name)).collect();
                writeln!(f, "  operations: [{}]", operations.join(", "))?;
            }
            writeln!(f, "  reason: ''\n  expires: ''")?;
        }
        Ok(())
    }
}

/// A text in the single quotes of YAML.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
