//! Checks a review against the list of accepted facts.

use std::fmt;

use account_provisioning_wire_diff::Level;
use chrono::NaiveDate;

use crate::review::Review;
use crate::review::allow::{ALLOW_FILE, Allowed};
use crate::review::line::Line;

/// The result of the check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Denial {
    /// Breaking facts that no exception accepts.
    pub denied: Vec<Line>,
    /// Breaking facts that are accepted, with the reason and the last day.
    pub accepted: Vec<(Line, String, NaiveDate)>,
    /// What is wrong with the list itself: expired exceptions and unused ones.
    pub stale: Vec<String>,
}

impl Denial {
    /// Whether every breaking fact is accepted and every exception is in use.
    #[must_use]
    pub fn passes(&self) -> bool {
        self.denied.is_empty() && self.stale.is_empty()
    }
}

/// Checks the breaking facts against the list. An expired exception accepts nothing. An unused exception fails too,
/// because it would silently accept the next break of that kind.
#[must_use]
pub fn deny(review: &Review, allowed: &Allowed, today: NaiveDate) -> Denial {
    let mut denial = Denial::default();
    let mut used = vec![false; allowed.exceptions.len()];
    for line in review.lines().into_iter().filter(|line| line.level == Level::Breaking) {
        let mut exceptions = allowed.exceptions.iter().zip(&mut used);
        let exception = exceptions.find(|(exception, _)| exception.accepts(&line));
        let valid = exception.and_then(|(exception, used)| {
            *used = true;
            (!exception.expired(today)).then_some(exception)
        });
        match valid {
            Some(exception) => denial
                .accepted
                .push((line, exception.reason.clone(), exception.expires)),
            None => denial.denied.push(line),
        }
    }
    for (exception, used) in allowed.exceptions.iter().zip(used) {
        let remedy = if exception.expired(today) {
            format!(
                "expired after {}; remove it, or review the decision and set a new date",
                exception.expires
            )
        } else if used {
            continue;
        } else {
            "accepts nothing; remove it, or correct its text".to_owned()
        };
        denial.stale.push(format!(
            "{}: the exception for `{}: {}` {remedy}",
            exception.place, exception.of, exception.fact
        ));
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
