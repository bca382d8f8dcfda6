//! What changed in one API.

use std::collections::BTreeMap;

use account_provisioning_codegen::document::Document;
use account_provisioning_codegen::overlay;
use account_provisioning_wire_diff::{Fact, Kind, Level, compare, operations};
use serde_json::Value;

use crate::deviations::one_line;
use crate::review::behaviour::{self, BehaviourFact, Effective};
use crate::review::deviations::{self, DeviationFact};
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
    /// What changed in the behaviour of the generated code.
    pub behaviour: Vec<BehaviourFact>,
    /// The subjects of the facts that the overlays of both trees undo: the client is generated from the same as before.
    pub kept: Vec<String>,
    /// What changed in the deviations from the vendor's document.
    pub deviations: Vec<DeviationFact>,
    /// Why behaviour and kept facts are not known: an overlay does not fit its document.
    pub unknown: Option<String>,
    /// The tag of each operation.
    pub tags: BTreeMap<String, String>,
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
}

/// Compares the documents of two trees.
pub(super) fn compare_trees(before: &Tree, after: &Tree) -> Result<Vec<ApiReview>, Failure> {
    let mut names = before.apis()?;
    names.extend(after.apis()?);
    names.into_iter().map(|name| review(before, after, name)).collect()
}

fn review(before: &Tree, after: &Tree, name: String) -> Result<ApiReview, Failure> {
    let path = format!("openapi/{name}/openapi.yaml");
    let (old, new) = (read(before, &path)?, read(after, &path)?);
    let mut review = ApiReview {
        name: name.clone(),
        status: Status::Kept,
        facts: Vec::new(),
        behaviour: Vec::new(),
        kept: Vec::new(),
        deviations: Vec::new(),
        unknown: None,
        tags: BTreeMap::new(),
    };
    for document in [&old, &new].into_iter().flatten() {
        review.tags.extend(tags(document.value()));
    }
    let count = |document: &Document| operations(document.value()).len();
    let (old, new) = match (old, new) {
        (Some(old), Some(new)) => (old, new),
        // The headline is enough.
        (Some(old), None) => {
            review.status = Status::Removed(count(&old));
            return Ok(review);
        }
        (None, new) => {
            review.status = Status::Added(new.as_ref().map_or(0, count));
            return Ok(review);
        }
    };
    let facts = compare(old.value(), new.value());
    review.facts = facts.map_err(|error| Failure::refused(format!("{path}: {error}")))?;
    let path = format!("openapi/{name}/overlay.yaml");
    let overlays = (read(before, &path)?, read(after, &path)?);
    let value = |overlay: &Option<Document>| overlay.as_ref().map_or(Value::Null, |one| one.value().clone());
    review.deviations = deviations::compare(&value(&overlays.0), &value(&overlays.1));
    if let Err(reason) = review.apply(old, new, overlays) {
        review.unknown = Some(reason.to_string());
    }
    Ok(review)
}

impl ApiReview {
    /// Compares what the client is generated from.
    fn apply(
        &mut self,
        old: Document,
        new: Document,
        overlays: (Option<Document>, Option<Document>),
    ) -> Result<(), Failure> {
        let (before, after) = (overlaid(old, overlays.0)?, overlaid(new, overlays.1)?);
        let facts = compare(&before, &after)?;
        let effective = Effective {
            before: &before,
            after: &after,
            facts: &facts,
        };
        self.behaviour = behaviour::compare(&effective, &mut self.facts);
        let is_kept = |fact: &&Fact| {
            // These are not part of what the overlay can keep apart.
            let is_of_data = !matches!(fact.kind, Kind::Document | Kind::Server | Kind::Security);
            let remains = |other: &Fact| other.subject == fact.subject && other.level > Level::Docs;
            is_of_data && fact.level > Level::Docs && !facts.iter().any(remains)
        };
        let kept = self.facts.iter().filter(is_kept);
        self.kept = kept.map(|fact| fact.subject.clone()).collect();
        Ok(())
    }
}

fn overlaid(document: Document, overlay: Option<Document>) -> Result<Value, Failure> {
    match overlay {
        Some(overlay) => Ok(overlay::apply(document, overlay)?.value().clone()),
        None => Ok(document.value().clone()),
    }
}

/// The first tag of each operation.
fn tags(document: &Value) -> BTreeMap<String, String> {
    let found = operations(document).into_iter().filter_map(|operation| {
        let item = &document["paths"][operation.path()][operation.method()];
        item["tags"][0].as_str()?;
        Some((operation.id()?.to_owned(), one_line(&item["tags"][0])))
    });
    found.collect()
}

fn read(tree: &Tree, path: &str) -> Result<Option<Document>, Failure> {
    let Some(text) = tree.read(path)? else {
        return Ok(None);
    };
    let document = Document::parse(path, &text);
    document
        .map(Some)
        .map_err(|error| Failure::refused(format!("{}: {error}", tree.label())))
}
