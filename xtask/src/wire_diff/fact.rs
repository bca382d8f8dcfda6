//! One fact.

use std::fmt;

/// What a change means to programs that were written before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a reader decides over all three")]
pub enum Level {
    /// They see nothing of it: descriptions, examples, tags.
    Docs,
    /// They go on working.
    Compatible,
    /// They may fail, or do something else than before.
    Breaking,
}

impl Level {
    /// All of them, the most important first.
    pub const ALL: [Self; 3] = [Self::Breaking, Self::Compatible, Self::Docs];

    /// How reports call it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Compatible => "compatible",
            Self::Docs => "docs only",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One change of the wire. Its `Display` is one line, `subject: change`, without the operations.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Fact {
    /// What it means to programs.
    pub level: Level,
    /// What changed: `CreateUserRequest.email`, `getUsers query page_size`.
    pub subject: String,
    /// How it changed: `type changed from string to integer`.
    pub change: String,
    /// Where it stands, as a JSON pointer into the newer document (into the older for what was removed).
    pub pointer: String,
    /// The operationIds that it reaches, sorted; empty where it belongs to none, as a title does.
    pub operations: Vec<String>,
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.subject, self.change)
    }
}
