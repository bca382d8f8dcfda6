//! The review of a change: what it means on the wire, in Rust, for the version and for the changelog.
//!
//! [`Review::of`] compares two trees. [`Allowed`] says which breaking facts are known and accepted, and until when;
//! [`deny`] holds the one against the other. `text`, `markdown` and `json` write it down.

mod allow;
mod api;
mod bump;
mod changelog;
mod deny;
mod deviations;
mod json;
mod lines;
mod markdown;
#[cfg(test)]
mod tests;
mod text;
mod versions;

use crate::rust_facts::{self, RustFact, RustFacts};
use crate::wire_diff::Level;
use crate::{Failure, Tree};

pub use allow::{ALLOW_FILE, Allowed, Exception};
pub use api::{ApiReview, Status};
pub use bump::{Bump, CrateBump};
pub use changelog::draft;
pub use deny::{Denial, deny};
pub use deviations::DeviationFact;
pub use json::json;
pub use lines::{Counts, Line};
pub use markdown::markdown;
pub use text::text;
pub use versions::Versions;

/// Two trees compared.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Review {
    /// What the tree before is called.
    pub before: String,
    /// What the tree after is called.
    pub after: String,
    /// The APIs of both trees, by name, changed or not.
    pub apis: Vec<ApiReview>,
    /// What changed for Rust code.
    pub rust: RustFacts,
    /// The versions that come of it.
    pub versions: Versions,
}

impl Review {
    /// Compares two trees.
    ///
    /// # Errors
    /// A document that cannot be read or compared. The exit code is 2.
    pub fn of(before: &Tree, after: &Tree) -> Result<Self, Failure> {
        let review = || {
            let apis = api::compare(before, after)?;
            let mut rust = rust_facts::rust_facts(before, after)?;
            rust.facts
                .sort_by(|a, b| (b.level, &a.package, &a.item).cmp(&(a.level, &b.package, &b.item)));
            rust.coverage.sort();
            let versions = versions::of(before, &apis, &rust)?;
            Ok(Self {
                before: before.label().to_owned(),
                after: after.label().to_owned(),
                apis,
                rust,
                versions,
            })
        };
        review().map_err(|failure: Failure| failure.with_code(2))
    }

    /// The Rust facts of one level.
    fn rust_of(&self, level: Level) -> impl Iterator<Item = &RustFact> {
        self.rust.facts.iter().filter(move |fact| fact.level == level)
    }
}
