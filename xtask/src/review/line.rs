//! A fact as one line of text.

use std::fmt;

use account_provisioning_wire_diff::Level;

use crate::facts::RustFact;

/// A fact by the text that an exception has to repeat.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Line {
    /// What the fact means to programs.
    pub level: Level,
    /// The API or the crate that the fact is about.
    pub of: String,
    /// The fact.
    pub fact: String,
    /// The operations, if the fact is about each of them separately: a parameter that is removed from one more operation
    /// is another fact. Empty if the fact is about a component or about no operation.
    pub operations: Vec<String>,
}

impl Line {
    /// The line of a change of a crate.
    pub(super) fn of_rust(fact: &RustFact) -> Self {
        Self {
            level: fact.level,
            of: fact.package.clone(),
            fact: format!("{}: {}", fact.item, fact.change),
            operations: Vec::new(),
        }
    }
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
