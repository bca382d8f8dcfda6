//! `cargo xtask measure`: what a vendor's document would cost, before anything is imported.
//!
//! Each operation is generated on its own, with the components that it uses, so that one refused operation hides no
//! other.

mod compile;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::path::Path;
use std::thread;

use account_provisioning_codegen::document::Document;
use account_provisioning_codegen::{Error, Options, Problem, canonical, generate, normalise};
use account_provisioning_wire_diff::METHODS;
use serde_json::json;

use crate::import::downgrade;
use crate::{Failure, Workspace, files};

/// What became of each operation of a document.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Measurement {
    /// The operations, by path and method.
    pub operations: Vec<Measured>,
}

/// One operation of a document.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Measured {
    /// Its method, in capitals, and its path.
    pub name: String,
    /// Its generated code, or everything that is refused about it.
    pub code: Result<String, Vec<Problem>>,
}

/// Generates each operation of a document on its own. OpenAPI 3.0 and 3.1 are read, in YAML and JSON.
///
/// # Errors
/// The file cannot be read.
pub fn measure(file: &Path) -> Result<Measurement, Failure> {
    let text = files::read_existing(file)?;
    let document = Document::parse(&file.display().to_string(), text.trim_start_matches('\u{feff}'))?;
    let names = names(&document);
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let share = names.len().div_ceil(threads).max(1);
    let operations = thread::scope(|scope| {
        let document = &document;
        let one = |(path, method): &(String, &'static str)| Measured {
            name: format!("{} {path}", method.to_uppercase()),
            code: code(document, path, method).map_err(|error| document.locate(error).problems().to_vec()),
        };
        let shares: Vec<_> = names
            .chunks(share)
            .map(|names| scope.spawn(move || names.iter().map(one).collect::<Vec<_>>()))
            .collect();
        shares
            .into_iter()
            .flat_map(|share| share.join().unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    });
    Ok(Measurement { operations })
}

/// The operations of a document: path and method.
fn names(document: &Document) -> Vec<(String, &'static str)> {
    let paths = document.value()["paths"].as_object().into_iter().flatten();
    let mut names: Vec<_> = paths
        .flat_map(|(path, item)| {
            let methods = METHODS.into_iter().filter(|method| item.get(method).is_some());
            methods.map(|method| (path.clone(), method))
        })
        .collect();
    names.sort();
    names
}

fn code(document: &Document, path: &str, method: &str) -> Result<String, Error> {
    let mut alone = downgrade(document.value(), |p, m| p == path && m == method)?.document;
    // The conversion drops every text, also this one, which is required.
    alone["info"] = json!({ "title": "Measured", "version": "1" });
    generate(&canonical::write(&normalise(&alone)?), Options::default())
}

impl Measurement {
    /// Compiles the generated operations, and turns those that do not compile into refused ones.
    ///
    /// # Errors
    /// The crate that contains them cannot be written, or cargo cannot be run.
    pub fn compile(&mut self, workspace: &Workspace) -> Result<(), Failure> {
        compile::run(&mut self.operations, workspace)
    }

    /// How many operations are generated, then one line for each refused construct, with the number of operations that
    /// it costs, the first of them, its place and the remedy.
    #[must_use]
    pub fn report(&self) -> String {
        let mut kinds: BTreeMap<String, (BTreeSet<&str>, &Problem)> = BTreeMap::new();
        for operation in &self.operations {
            for problem in operation.code.as_ref().err().into_iter().flatten() {
                let (operations, _) = kinds
                    .entry(kind(&problem.message))
                    .or_insert_with(|| (BTreeSet::new(), problem));
                operations.insert(&operation.name);
            }
        }
        let mut kinds: Vec<_> = kinds.into_values().collect();
        kinds.sort_by_key(|(operations, problem)| (std::cmp::Reverse(operations.len()), *problem));
        let good = self
            .operations
            .iter()
            .filter(|operation| operation.code.is_ok())
            .count();
        let mut out = format!("{good} of {} operations are generated\n", self.operations.len());
        for (operations, problem) in kinds {
            let first = operations.first().copied().unwrap_or_default();
            let _ = writeln!(out, "{:5}  {first}: {problem}", operations.len());
        }
        out
    }
}

/// A message without the names in it: two refused enumerations are the same construct.
fn kind(message: &str) -> String {
    message.split('`').step_by(2).collect::<Vec<_>>().join("`")
}
