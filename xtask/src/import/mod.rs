//! `cargo xtask import`: brings a document of ours up to date with a vendor's new one.
//!
//! Facts are taken over, words are not: what is new gets an empty description, which a person fills before
//! `cargo xtask generate --check` passes again.

mod downgrade;
mod layout;
mod merge;
mod operations;
mod read;
mod report;
mod shape;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use account_provisioning_codegen::document::Document;
use account_provisioning_codegen::{Error, normalise, overlay};
use serde_json::Value;

pub use downgrade::downgrade;
pub use layout::write as lay_out;

use crate::{Failure, Outcome, Workspace, files, wire_diff};
use operations::Plan;
use read::Vendor;
use report::Report;

/// The methods that a path may have.
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// The exit code of a refusal.
const REFUSED: u8 = 2;

/// What to import, and how.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Import {
    /// The vendor's document.
    pub file: PathBuf,
    /// The API, by the name of its directory under `openapi/`.
    pub api: String,
    /// Globs on the vendor's paths: operations to add.
    pub include: Vec<String>,
    /// Whether operations that the vendor's document lacks stay.
    pub partial: bool,
    /// Whether nothing is written.
    pub dry_run: bool,
}

impl Import {
    /// Imports `file` into the document of `api`.
    pub fn new(file: impl Into<PathBuf>, api: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            api: api.into(),
            include: Vec::new(),
            partial: false,
            dry_run: false,
        }
    }

    /// Adds the operations whose paths in the vendor's document match the globs.
    #[must_use]
    pub fn include(mut self, globs: Vec<String>) -> Self {
        self.include = globs;
        self
    }

    /// Keeps operations that the vendor's document lacks.
    #[must_use]
    pub fn partial(mut self, partial: bool) -> Self {
        self.partial = partial;
        self
    }

    /// Writes nothing.
    #[must_use]
    pub fn dry_run(mut self, dry_run: bool) -> Self {
        self.dry_run = dry_run;
        self
    }

    /// Does it: the outcome has exit code 0 when there is nothing to do and 1 when there were changes.
    ///
    /// # Errors
    /// The import is refused, with exit code 2 and nothing written to `openapi/`: the vendor's document cannot be read or
    /// brought down to OpenAPI 3.0, it has few of our operations, or an action of our overlay has lost its target.
    pub fn run(&self, workspace: &Workspace) -> Result<Outcome, Failure> {
        self.import(workspace).map_err(|failure| failure.with_code(REFUSED))
    }

    fn import(&self, workspace: &Workspace) -> Result<Outcome, Failure> {
        workspace.selected(Some(&self.api))?;
        let vendor = Vendor::read(&self.file)?;
        let path = format!("openapi/{}/openapi.yaml", self.api);
        let (text, ours) = source(workspace, &path)?;
        let (_, overlay) = source(workspace, &format!("openapi/{}/overlay.yaml", self.api))?;
        shape::check(ours.value()).map_err(|error| ours.locate(error))?;
        let plan = Plan::new(ours.value(), vendor.value(), &self.include)?;
        self.refuse_stranger(&plan)?;
        let theirs =
            downgrade(vendor.value(), |path, method| plan.keeps(path, method)).map_err(|error| vendor.locate(error))?;
        let reserved = reserved(&ours, &overlay);
        let merged = merge::merge(ours.value(), &theirs, &plan, &reserved, self.partial);
        let mut report = Report::new(&self.api, &plan, self.partial);
        if merged == *ours.value() {
            return Ok(Outcome::new(report.nothing()));
        }
        let new = lay_out(&ours, &text, &merged)?;
        let document = Document::parse(&path, &new)?;
        report.facts(&wire_diff::compare(ours.value(), &merged)?);
        report.version(ours.value(), &merged);
        let overlaid = overlay::apply(document.clone(), overlay)
            .map_err(|error| self.strayed(workspace, &report, &error, &new))?;
        report.undescribed(&document);
        report.by_hand(
            normalise(overlaid.value())
                .map_err(|error| overlaid.locate(error))
                .err()
                .as_ref(),
        );
        if !self.dry_run {
            files::put(workspace.root(), &path, &new)?;
        }
        Ok(Outcome::new(report.changed(&path, self.dry_run)).with_code(1))
    }

    /// A document that has little in common with ours is another one, or a part.
    fn refuse_stranger(&self, plan: &Plan) -> Result<(), Failure> {
        let (found, missing) = (plan.matched.len(), plan.missing.len());
        if found == 0 && missing > 0 {
            return Err(Failure::new(format!(
                "{}: none of the {missing} operations of `{}` is in this document; check that it belongs to the API, and that \
                 the path of its first server and its paths together are the paths of ours",
                self.file.display(),
                self.api
            )));
        }
        if !self.partial && missing > found {
            return Err(Failure::new(format!(
                "{}: {missing} of the {} operations of `{}` are missing from this document; if it describes a part of the API, \
                 give `--partial`, which keeps what it lacks",
                self.file.display(),
                found + missing,
                self.api
            )));
        }
        Ok(())
    }

    /// The overlay does not fit any more. What the document would become is put where it can be read. The differences
    /// come first: they tell which of them the overlay has to follow.
    fn strayed(&self, workspace: &Workspace, report: &Report, error: &Error, new: &str) -> Failure {
        let mut text = report.refused(error);
        text.push_str("\n\nnothing was written: the overlay does not fit the new document");
        let draft = format!("target/import/{}.yaml", self.api);
        if !self.dry_run && files::put(workspace.root(), &draft, new).is_ok() {
            text.push_str(&format!(", which can be read in {draft}"));
        }
        text.push_str(&format!(
            "; correct openapi/{}/overlay.yaml so that it fits, and import again: the overlay is applied to the new document alone",
            self.api
        ));
        Failure::new(text)
    }
}

fn source(workspace: &Workspace, path: &str) -> Result<(String, Document), Failure> {
    let full = workspace.root().join(path);
    let text = fs::read_to_string(&full)
        .map_err(|error| Failure::file(&full, &error))?
        .replace("\r\n", "\n");
    let document = Document::parse(path, &text)?;
    Ok((text, document))
}

/// The names of schemas that the overlay adds. An overlay that no longer fits the present document adds none that are
/// known.
fn reserved(ours: &Document, overlay: &Document) -> BTreeSet<String> {
    let overlaid = overlay::apply(ours.clone(), overlay.clone());
    let value = overlaid.as_ref().map_or(&Value::Null, |overlaid| overlaid.value());
    let schemas = value["components"]["schemas"].as_object().into_iter().flatten();
    let added = schemas.filter(|(name, _)| ours.value()["components"]["schemas"].get(*name).is_none());
    added.map(|(name, _)| name.clone()).collect()
}
