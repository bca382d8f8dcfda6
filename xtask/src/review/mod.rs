//! The review of a change: what it means on the wire and in Rust, for the versions and for the changelog.
//!
//! [`Review::of`] compares two trees. [`Allowed`] is the list of breaking facts that are accepted for a limited time, and
//! [`deny`] checks a review against it. [`text`], [`markdown`] and [`json`] write a review.

mod allow;
mod api;
mod behaviour;
mod changelog;
mod counts;
mod deny;
mod deviations;
mod entry;
mod guide;
mod json;
mod line;
mod markdown;
mod markup;
#[cfg(test)]
mod tests;
mod text;
mod versions;

use crate::failure::REFUSED;
use crate::rust_facts::{RustFacts, rust_facts};
use crate::{Failure, Tree};

pub use crate::bump::{Bump, CrateBump};
pub use allow::{ALLOW_FILE, Allowed, Exception};
pub use api::{ApiReview, Status};
pub use behaviour::BehaviourFact;
pub use changelog::draft;
pub use counts::Counts;
pub use deny::{Denial, deny};
pub use deviations::DeviationFact;
pub use entry::Entry;
pub(crate) use entry::letters;
pub use json::json;
pub use line::Line;
pub use markdown::markdown;
pub use text::text;
pub use versions::Versions;

/// The comparison of two trees.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Review {
    /// The name of the tree before.
    pub before: String,
    /// The name of the tree after.
    pub after: String,
    /// Why the tree before is the one to compare with, if it was not named.
    pub note: Option<String>,
    /// The APIs of both trees, sorted by name, changed or not.
    pub apis: Vec<ApiReview>,
    /// What changed for Rust code.
    pub rust: RustFacts,
    /// The versions that follow.
    pub versions: Versions,
}

impl Review {
    /// Compares two trees.
    ///
    /// # Errors
    /// A document or the sources cannot be read or compared. The exit code is 2.
    pub fn of(before: &Tree, after: &Tree) -> Result<Self, Failure> {
        Self::compare(before, after).map_err(|failure| failure.with_code(REFUSED))
    }

    fn compare(before: &Tree, after: &Tree) -> Result<Self, Failure> {
        let apis = api::compare_trees(before, after)?;
        let mut rust = rust_facts(before, after)?;
        rust.facts
            .sort_by(|a, b| (b.level, &a.package, &a.item).cmp(&(a.level, &b.package, &b.item)));
        rust.coverage.sort();
        let mut review = Self {
            before: before.label().to_owned(),
            after: after.label().to_owned(),
            note: None,
            apis,
            rust,
            versions: Versions::default(),
        };
        review.versions = versions::of(before, &review)?;
        Ok(review)
    }

    /// Adds why the tree before is the one to compare with.
    #[must_use]
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }
}
