//! What changed in one API.

use account_provisioning_codegen::document::Document;
use account_provisioning_wire_diff::{Fact, Level, compare, operations};
use serde_json::Value;

use crate::review::deviations::{self, DeviationFact};
use crate::review::line::Line;
use crate::{Failure, Tree};

/// In which of the two trees an API is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "an API of a review is in one of the trees or in both"
)]
pub enum Status {
    /// Only in the tree after, with this number of operations.
    Added(usize),
    /// Only in the tree before, with this number of operations.
    Removed(usize),
    /// In both trees.
    Kept,
}

/// The review of one API.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ApiReview {
    /// The name of its directory under `openapi/`.
    pub name: String,
    /// In which of the trees it is.
    pub status: Status,
    /// What changed on the wire, the most important first.
    pub facts: Vec<Fact>,
    /// What changed in the deviations from the vendor's document.
    pub deviations: Vec<DeviationFact>,
}

impl ApiReview {
    /// The fact that the whole API was added or removed.
    #[must_use]
    pub fn headline(&self) -> Option<(Level, String)> {
        match self.status {
            Status::Added(count) => Some((Level::Compatible, format!("API added, {count} operations"))),
            Status::Removed(count) => Some((Level::Breaking, format!("API removed, {count} operations"))),
            Status::Kept => None,
        }
    }

    /// The facts of the wire as lines, the headline first.
    pub(super) fn lines(&self) -> Vec<Line> {
        let line = |level, fact, operations| Line {
            level,
            of: self.name.clone(),
            fact,
            operations,
        };
        let headline = self.headline().map(|(level, fact)| line(level, fact, Vec::new()));
        let facts = self.facts.iter().map(|fact| {
            let operations = if fact.shared {
                Vec::new()
            } else {
                fact.operations.clone()
            };
            line(fact.level, fact.to_string(), operations)
        });
        headline.into_iter().chain(facts).collect()
    }
}

/// Compares the documents of two trees.
pub(super) fn compare_trees(before: &Tree, after: &Tree) -> Result<Vec<ApiReview>, Failure> {
    let mut names = before.apis()?;
    names.extend(after.apis()?);
    names.into_iter().map(|name| review(before, after, name)).collect()
}

fn review(before: &Tree, after: &Tree, name: String) -> Result<ApiReview, Failure> {
    let path = format!("openapi/{name}/openapi.yaml");
    let (status, facts) = match (read(before, &path)?, read(after, &path)?) {
        (Some(old), Some(new)) => {
            let facts = compare(&old, &new);
            let facts = facts.map_err(|error| Failure::refused(format!("{path}: {error}")))?;
            (Status::Kept, facts)
        }
        (Some(old), None) => (Status::Removed(operations(&old).len()), Vec::new()),
        (None, new) => (Status::Added(operations(&new.unwrap_or_default()).len()), Vec::new()),
    };
    let deviations = match status {
        Status::Kept => {
            let path = format!("openapi/{name}/overlay.yaml");
            let (old, new) = (read(before, &path)?, read(after, &path)?);
            deviations::compare(&old.unwrap_or_default(), &new.unwrap_or_default())
        }
        // The headline is enough.
        Status::Added(_) | Status::Removed(_) => Vec::new(),
    };
    Ok(ApiReview {
        name,
        status,
        facts,
        deviations,
    })
}

fn read(tree: &Tree, path: &str) -> Result<Option<Value>, Failure> {
    let Some(text) = tree.read(path)? else {
        return Ok(None);
    };
    let document =
        Document::parse(path, &text).map_err(|error| Failure::refused(format!("{}: {error}", tree.label())))?;
    Ok(Some(document.value().clone()))
}
