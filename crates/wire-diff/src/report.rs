//! Facts as text for a terminal.

use crate::fact::{Fact, Level};

/// Writes the facts grouped by level, one line each, with at most `max_operations` operations after each fact.
#[must_use]
pub fn text(facts: &[Fact], max_operations: usize) -> String {
    let mut out = String::new();
    for level in Level::ALL {
        let lines: Vec<String> = facts
            .iter()
            .filter(|fact| fact.level == level)
            .map(|fact| format!("  {}\n", fact.line(max_operations)))
            .collect();
        if !lines.is_empty() {
            out.push_str(&format!("{level} ({})\n{}", lines.len(), lines.concat()));
        }
    }
    out
}
