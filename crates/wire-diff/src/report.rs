//! Facts for a terminal.

use super::fact::{Fact, Level};

/// How many operations a line shows.
pub(crate) const SHOWN: usize = 4;

/// Writes facts by level, a line each, with the operations after it.
#[must_use]
pub fn text(facts: &[Fact]) -> String {
    let mut out = String::new();
    for level in Level::ALL {
        let lines: Vec<String> = facts
            .iter()
            .filter(|fact| fact.level == level)
            .map(|fact| format!("  {}\n", fact.line(SHOWN)))
            .collect();
        if !lines.is_empty() {
            out.push_str(&format!("{level} ({})\n{}", lines.len(), lines.concat()));
        }
    }
    out
}
