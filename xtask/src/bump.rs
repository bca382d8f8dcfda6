//! The version step that a change needs.

use std::fmt;

use account_provisioning_wire_diff::Level;

/// A version step in the terms of semantic versioning. Before version 1.0, cargo counts one position lower.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[expect(clippy::exhaustive_enums, reason = "semantic versioning has no other step")]
pub enum Bump {
    /// Nothing changed.
    #[default]
    None,
    /// A change that no code depends on.
    Patch,
    /// Something new.
    Minor,
    /// A change that breaks code.
    Major,
}

impl Bump {
    /// The step that a change of this level needs.
    #[must_use]
    pub fn of(level: Level) -> Self {
        match level {
            Level::Docs => Self::Patch,
            Level::Compatible => Self::Minor,
            Level::Breaking => Self::Major,
        }
    }

    /// The name in reports.
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

/// The version step that one crate needs, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct CrateBump {
    /// The name of the package.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bump_of_each_level_is_one_step() {
        assert_eq!(Level::ALL.map(Bump::of), [Bump::Major, Bump::Minor, Bump::Patch]);
        assert_eq!(Bump::default().as_str(), "none");
        assert!(Bump::None < Bump::Patch && Bump::Patch < Bump::Minor && Bump::Minor < Bump::Major);
    }
}
