//! `cargo xtask import`: updates a document of ours from the vendor's new one.
//!
//! The import takes facts and no text. What is new gets an empty description, which a person fills in before
//! `cargo xtask generate --check` passes again.

mod downgrade;
mod json;
mod kind;
mod layout;
mod mending;
mod merge;
mod names;
mod operations;
mod report;
mod settings;
mod shape;
mod translate;

use std::collections::BTreeSet;
use std::path::PathBuf;

use account_provisioning_codegen::document::Document;
use account_provisioning_codegen::{Error, Problem, overlay, pointer, preflight};
use account_provisioning_wire_diff::{compare, path_template};
use serde_json::Value;

use crate::failure::REFUSED;
use crate::{Failure, Outcome, Workspace, files};

use json::{entries, items};
use operations::Plan;
use report::Report;
use settings::Settings;

pub use downgrade::{Converted, downgrade};
pub use layout::write as lay_out;

/// An import and its options.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Import {
    /// The file of the vendor's document.
    pub file: PathBuf,
    /// The API, by the name of its directory under `openapi/`.
    pub api: String,
    /// Globs for the vendor's paths: operations to add.
    pub include: Vec<String>,
    /// Whether to keep operations that the vendor's document lacks.
    pub partial: bool,
    /// The operationId of an operation of ours whose shape new operations get.
    pub like: Option<String>,
    /// Whether to write nothing.
    pub dry_run: bool,
}

impl Import {
    /// An import of `file` into the document of `api`.
    pub fn new(file: impl Into<PathBuf>, api: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            api: api.into(),
            include: Vec::new(),
            partial: false,
            like: None,
            dry_run: false,
        }
    }

    /// Adds the operations whose paths in the vendor's document match the globs. Defaults to none.
    #[must_use]
    pub fn include(mut self, globs: Vec<String>) -> Self {
        self.include = globs;
        self
    }

    /// Keeps operations that the vendor's document lacks. Defaults to `false`.
    #[must_use]
    pub fn partial(mut self, partial: bool) -> Self {
        self.partial = partial;
        self
    }

    /// Gives new operations the shape of the operation of ours with this operationId: its error responses, its envelope,
    /// its credentials, and its parameters of the same names. Defaults to none.
    #[must_use]
    pub fn like(mut self, operation: Option<String>) -> Self {
        self.like = operation;
        self
    }

    /// Writes nothing. Defaults to `false`.
    #[must_use]
    pub fn dry_run(mut self, dry_run: bool) -> Self {
        self.dry_run = dry_run;
        self
    }

    /// Runs the import. The exit code is 0 if there was nothing to do, and 1 if something changed.
    ///
    /// # Errors
    /// The import is refused, with exit code 2, and writes nothing to `openapi/`: the vendor's document cannot be read or
    /// converted to OpenAPI 3.0, it lacks most of our operations, the target of an action in our overlay is gone, or the
    /// settings in `import.yaml` are wrong.
    pub fn run(&self, workspace: &Workspace) -> Result<Outcome, Failure> {
        self.import(workspace).map_err(|failure| failure.with_code(REFUSED))
    }

    fn import(&self, workspace: &Workspace) -> Result<Outcome, Failure> {
        workspace.selected(Some(&self.api))?;
        let vendor = files::read_existing(&self.file)?;
        let vendor = Document::parse(&self.file.display().to_string(), vendor.trim_start_matches('\u{feff}'))?;
        kind::check(&vendor)?;
        let path = format!("openapi/{}/openapi.yaml", self.api);
        let text = files::read_existing(&workspace.root().join(&path))?.replace("\r\n", "\n");
        let ours = Document::parse(&path, &text)?;
        let overlay = workspace.read(&format!("openapi/{}/overlay.yaml", self.api))?;
        shape::check(ours.value()).map_err(|error| ours.locate(error))?;
        let plan = Plan::new(ours.value(), vendor.value(), &self.include)?;
        self.refuse_unrelated(&plan)?;
        let converted =
            downgrade(vendor.value(), |path, method| plan.keeps(path, method)).map_err(|error| vendor.locate(error))?;
        let mut theirs = converted.document;
        let settings = self.settings(workspace, ours.value())?;
        let translated = translate::translate(&mut theirs, ours.value(), &plan, &settings);
        let reserved = reserved(&ours, &overlay);
        let options = merge::Options {
            partial: self.partial,
            reserved: &reserved,
            settings: &settings,
            translated: &translated,
            like: self.sibling(ours.value())?,
        };
        let merged = merge::merge(ours.value(), &theirs, &plan, &options);
        let mut report = Report::new(&self.api, &plan, self.partial);
        let mut remarks = converted.remarks;
        remarks.extend(unnamed(&plan, vendor.value(), &merged));
        report.remarks(Error::from_problems(remarks).map_err(|error| vendor.locate(error)));
        report.rules(&settings);
        if merged == *ours.value() {
            return Ok(Outcome::new(report.nothing()));
        }
        let new = lay_out(&ours, &text, &merged)?;
        let document = Document::parse(&path, &new)?;
        report.facts(&compare(ours.value(), &merged)?);
        report.version(ours.value(), &merged);
        report.undescribed(&document);
        let overlaid = overlay::apply(document.clone(), overlay.clone()).map_err(|error| {
            if let Err(error) = check_without(&document, &overlay, &error) {
                report.unsupported(&document.locate(error));
            }
            self.overlay_does_not_fit(workspace, &report, &error, &new)
        })?;
        if let Err(error) = mending::check(overlaid.value()) {
            report.unsupported(&overlaid.locate(error));
        }
        let remarks = Error::from_problems(preflight::remarks(overlaid.value()));
        report.left_out(remarks.map_err(|error| overlaid.locate(error)));
        if !self.dry_run {
            files::put(workspace.root(), &path, &new)?;
        }
        Ok(Outcome::new(report.changed(&path, self.dry_run)).with_code(1))
    }

    /// The settings of the API, if it has any.
    fn settings(&self, workspace: &Workspace, ours: &Value) -> Result<Settings, Failure> {
        let path = format!("openapi/{}/import.yaml", self.api);
        match files::read(&workspace.root().join(&path))? {
            Some(text) => Ok(Settings::read(&Document::parse(&path, &text)?, ours)?),
            None => Ok(Settings::default()),
        }
    }

    /// Path and method of the operation whose shape new operations get.
    fn sibling<'a>(&self, ours: &'a Value) -> Result<Option<(&'a str, &'static str)>, Failure> {
        let Some(id) = &self.like else {
            return Ok(None);
        };
        let found = settings::operation(ours, id).ok_or_else(|| {
            Failure::new(format!(
                "--like {id}: `{}` has no operation with this operationId; it is one of ours, such as `listUsers`, and \
                 `cargo xtask surface` prints them",
                self.api
            ))
        })?;
        Ok(Some(found))
    }

    /// Refuses a document that has little in common with ours: it belongs to another API, or describes a part. One that
    /// describes a part may have none of our operations, if the caller says which new ones to take.
    fn refuse_unrelated(&self, plan: &Plan) -> Result<(), Failure> {
        let (file, api) = (self.file.display(), &self.api);
        let (found, missing) = (plan.matched.len(), plan.missing.len());
        let only_new = self.partial && !plan.added.is_empty();
        if found == 0 && missing > 0 && !only_new {
            return Err(Failure::new(format!(
                "{file}: none of the {missing} operations of `{api}` is in this document; check that it belongs to this API, \
                 and that the path of its first server followed by its paths gives our paths; if it describes new operations \
                 alone, give `--partial`, and `--include PATH-GLOB` for those to add"
            )));
        }
        if !self.partial && missing > found {
            return Err(Failure::new(format!(
                "{file}: {missing} of the {} operations of `{api}` are missing from this document; if it describes a part of \
                 the API, give `--partial`, which keeps the operations that it lacks",
                found + missing
            )));
        }
        Ok(())
    }

    /// The refusal of a document that the overlay does not fit. The differences come first, because they show what the
    /// overlay has to follow, and the new document is written to a file for reading.
    fn overlay_does_not_fit(&self, workspace: &Workspace, report: &Report, error: &Error, new: &str) -> Failure {
        let mut text = report.refused(error);
        text.push_str("\n\nnothing was written: the overlay does not fit the new document");
        let draft = format!("target/import/{}.yaml", self.api);
        if !self.dry_run && files::put(workspace.root(), &draft, new).is_ok() {
            text.push_str(&format!(", which is in {draft} for reading"));
        }
        text.push_str(&format!(
            "; correct openapi/{}/overlay.yaml so that it fits, and import again; the import applies the overlay to the new \
             document only",
            self.api
        ));
        Failure::new(text)
    }
}

/// The new operations to which the vendor gives no operationId, and the names that they get in our document.
fn unnamed<'a>(plan: &'a Plan, vendor: &'a Value, merged: &'a Value) -> impl Iterator<Item = Problem> + 'a {
    let unnamed = plan.added.iter().filter(|(_, theirs)| {
        vendor["paths"][&theirs.path][theirs.method]
            .get("operationId")
            .is_none()
    });
    unnamed.map(|(ours, theirs)| {
        let template = path_template(&ours.path);
        let item = entries(&merged["paths"]).find(|(path, _)| path_template(path) == template);
        let name = item.and_then(|(_, item)| item[ours.method]["operationId"].as_str());
        let message = format!("`{theirs}` has no operationId");
        let remedy = format!(
            "its name is `{}`, made from its method and path; rename it before others use it",
            name.unwrap_or_default()
        );
        Problem::new(
            pointer::join_all("", &["paths", &theirs.path, theirs.method]),
            message,
            remedy,
        )
    })
}

/// What the generator refuses apart from the actions of the overlay that do not fit.
fn check_without(document: &Document, overlay: &Document, misfits: &Error) -> Result<(), Error> {
    let index = |problem: &Problem| {
        problem
            .pointer
            .strip_prefix("/actions/")?
            .split('/')
            .next()?
            .parse::<usize>()
            .ok()
    };
    let misfits: BTreeSet<usize> = misfits.problems().iter().filter_map(index).collect();
    let mut rest = overlay.value().clone();
    let fitting = items(&rest["actions"])
        .enumerate()
        .filter(|(index, _)| !misfits.contains(index));
    rest["actions"] = fitting.map(|(_, action)| action.clone()).collect();
    let rest = Document::parse(overlay.file(), &rest.to_string())?;
    // If the rest does not fit either, the misfits are all that can be told.
    overlay::apply(document.clone(), rest).map_or(Ok(()), |overlaid| mending::check(overlaid.value()))
}

/// The names of the schemas that the overlay adds. An overlay that does not fit our present document adds none.
fn reserved(ours: &Document, overlay: &Document) -> BTreeSet<String> {
    let overlaid = overlay::apply(ours.clone(), overlay.clone());
    let value = overlaid.as_ref().map_or(&Value::Null, |overlaid| overlaid.value());
    let ours = &ours.value()["components"]["schemas"];
    let schemas = entries(&value["components"]["schemas"]).map(|(name, _)| name);
    schemas.filter(|name| ours.get(name).is_none()).cloned().collect()
}
