//! What changed in one API.

use std::collections::BTreeSet;

use account_provisioning_codegen::document::Document;
use serde_json::Value;

use super::DeviationFact;
use super::deviations;
use crate::wire_diff::{self, Fact, Level};
use crate::{Failure, Tree};

/// What became of an API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "an API is there or not")]
pub enum Status {
    /// It is new, with so many operations.
    Added(usize),
    /// It is gone, with so many operations.
    Removed(usize),
    /// It is in both trees.
    Kept,
}

/// The review of one API.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ApiReview {
    /// The name of its directory under `openapi/`.
    pub name: String,
    /// What became of it.
    pub status: Status,
    /// What changed on the wire, the most important first.
    pub facts: Vec<Fact>,
    /// What changed in the deviations from the faithful document.
    pub deviations: Vec<DeviationFact>,
}

impl ApiReview {
    /// The fact that an API came or went, which stands for all of its operations.
    #[must_use]
    pub fn headline(&self) -> Option<(Level, String)> {
        match self.status {
            Status::Added(count) => Some((Level::Compatible, format!("API added, {count} operations"))),
            Status::Removed(count) => Some((Level::Breaking, format!("API removed, {count} operations"))),
            Status::Kept => None,
        }
    }
}

/// Compares the documents of two trees.
pub(super) fn compare(before: &Tree, after: &Tree) -> Result<Vec<ApiReview>, Failure> {
    let mut names = apis(before)?;
    names.extend(apis(after)?);
    names.into_iter().map(|name| one(before, after, name)).collect()
}

fn one(before: &Tree, after: &Tree, name: String) -> Result<ApiReview, Failure> {
    let path = format!("openapi/{name}/openapi.yaml");
    let (status, facts) = match (read(before, &path)?, read(after, &path)?) {
        (Some(old), Some(new)) => {
            let facts = wire_diff::compare(&old, &new)
                .map_err(|failure| Failure::new(format!("{path}: {failure}")).with_code(failure.code()))?;
            (Status::Kept, facts)
        }
        (Some(old), None) => (Status::Removed(wire_diff::operation_count(&old)), Vec::new()),
        (None, new) => {
            let count = new.as_ref().map_or(0, wire_diff::operation_count);
            (Status::Added(count), Vec::new())
        }
    };
    let path = format!("openapi/{name}/overlay.yaml");
    let deviations = match status {
        Status::Kept => {
            let (old, new) = (read(before, &path)?, read(after, &path)?);
            deviations::compare(&old.unwrap_or_default(), &new.unwrap_or_default())
        }
        // All of them came or went with the API.
        Status::Added(_) | Status::Removed(_) => Vec::new(),
    };
    Ok(ApiReview {
        name,
        status,
        facts,
        deviations,
    })
}

fn apis(tree: &Tree) -> Result<BTreeSet<String>, Failure> {
    let paths = tree.list("openapi")?;
    let names = paths
        .iter()
        .filter_map(|path| path.strip_prefix("openapi/")?.strip_suffix("/openapi.yaml"))
        .filter(|name| !name.contains('/'));
    Ok(names.map(str::to_owned).collect())
}

fn read(tree: &Tree, path: &str) -> Result<Option<Value>, Failure> {
    let Some(text) = tree.read(path)? else {
        return Ok(None);
    };
    let document = Document::parse(path, &text)
        .map_err(|error| Failure::new(format!("{}: {error}", tree.label())).with_code(2))?;
    Ok(Some(document.value().clone()))
}
