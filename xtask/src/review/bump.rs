//! The step that a version takes.

use std::fmt;

use crate::wire_diff::Level;

/// The step that a version takes, in the terms of semantic versioning; before 1.0 cargo counts one place lower.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[expect(clippy::exhaustive_enums, reason = "semantic versioning has no other step")]
pub enum Bump {
    /// Nothing to release.
    #[default]
    None,
    /// Nothing that code can tell.
    Patch,
    /// Something new.
    Minor,
    /// Something that breaks code.
    Major,
}

impl Bump {
    /// The step that a change of this level asks for.
    #[must_use]
    pub fn of(level: Level) -> Self {
        match level {
            Level::Docs => Self::Patch,
            Level::Compatible => Self::Minor,
            Level::Breaking => Self::Major,
        }
    }

    /// How reports call it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

impl fmt::Display for Bump {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The step that one crate's version takes, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct CrateBump {
    /// The crate, by the name of its package.
    pub package: String,
    /// The step.
    pub bump: Bump,
    /// The reason, in one line.
    pub why: String,
}

impl CrateBump {
    /// A step with its reason.
    pub fn new(package: impl Into<String>, bump: Bump, why: impl Into<String>) -> Self {
        Self {
            package: package.into(),
            bump,
            why: why.into(),
        }
    }
}
