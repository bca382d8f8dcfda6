//! `cargo xtask measure`: what a vendor's document would cost, before anything is imported.
//!
//! Each operation is generated on its own, with the components that it uses, so that one refused operation hides no
//! other.

mod compile;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::path::Path;
use std::thread;

use account_provisioning_codegen::document::Document;
use account_provisioning_codegen::{
    Error, Options, Problem, canonical, generate, names, normalise, pointer, preflight,
};
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
    /// What a person should know about it, although it refuses nothing.
    pub remarks: Vec<Problem>,
}

/// Generates each operation of a document on its own. OpenAPI 3.0 and 3.1 are read, in YAML and JSON.
///
/// # Errors
/// The file cannot be read.
pub fn measure(file: &Path) -> Result<Measurement, Failure> {
    let text = files::read_existing(file)?;
    let document = Document::parse(&file.display().to_string(), text.trim_start_matches('\u{feff}'))?;
    let names = all(&document);
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let share = names.len().div_ceil(threads).max(1);
    let operations = thread::scope(|scope| {
        let document = &document;
        let located = |error: Error| document.locate(error).problems().to_vec();
        let one = move |(path, method): &(String, &'static str)| {
            let mut remarks = Vec::new();
            let code = code(document, path, method, &mut remarks);
            Measured {
                name: format!("{} {path}", method.to_uppercase()),
                code: code.map_err(located),
                remarks: Error::from_problems(remarks).err().map_or_else(Vec::new, located),
            }
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
fn all(document: &Document) -> Vec<(String, &'static str)> {
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

/// The code of an operation. One without an operationId is generated under a name made from its method and path.
fn code(document: &Document, path: &str, method: &str, remarks: &mut Vec<Problem>) -> Result<String, Error> {
    let converted = downgrade(document.value(), |p, m| p == path && m == method)?;
    let mut alone = converted.document;
    remarks.extend(converted.remarks);
    let operation = &mut alone["paths"][path][method];
    if operation["operationId"].as_str().unwrap_or_default().is_empty() {
        let name = names::operation(method, path);
        remarks.push(Problem::new(
            pointer::join_all("", &["paths", path, method]),
            "the operation needs an operationId",
            format!("it is measured as `{name}`; an import writes such a name into our document"),
        ));
        operation["operationId"] = json!(name);
    }
    remarks.extend(preflight::remarks(&alone));
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
    /// it costs, the first of them, its place and the remedy. Remarks follow in the same form.
    #[must_use]
    pub fn report(&self) -> String {
        let good = self.operations.iter().filter(|operation| operation.code.is_ok());
        let mut out = format!(
            "{} of {} operations are generated\n",
            good.count(),
            self.operations.len()
        );
        let refused = |operation: &'_ Measured| operation.code.as_ref().err().cloned().unwrap_or_default();
        out.push_str(&self.lines(refused, kind));
        let remarks = self.lines(|operation| operation.remarks.clone(), remark);
        if !remarks.is_empty() {
            let _ = write!(out, "\nto know, although it refuses nothing:\n{remarks}");
        }
        out
    }

    /// One line for each kind of problem, the most frequent ones first.
    fn lines(&self, problems: impl Fn(&Measured) -> Vec<Problem>, kind: impl Fn(&str) -> String) -> String {
        let mut kinds: BTreeMap<String, BTreeMap<&str, Problem>> = BTreeMap::new();
        for operation in &self.operations {
            for problem in problems(operation) {
                let operations = kinds.entry(kind(&problem.message)).or_default();
                operations.entry(&operation.name).or_insert(problem);
            }
        }
        let mut kinds: Vec<_> = kinds.into_values().collect();
        kinds.sort_by(|one, other| other.len().cmp(&one.len()).then_with(|| one.iter().cmp(other)));
        let mut out = String::new();
        for operations in kinds {
            if let Some((first, problem)) = operations.first_key_value() {
                let _ = writeln!(out, "{:5}  {first}: {problem}", operations.len());
            }
        }
        out
    }
}

/// A message without the names in it: two refused enumerations are the same construct.
fn kind(message: &str) -> String {
    message.split('`').step_by(2).collect::<Vec<_>>().join("`")
}

/// A remark without what it is about, which is the first name in it. The others say what is chosen.
fn remark(message: &str) -> String {
    let parts = message.split('`').enumerate().filter(|(index, _)| *index != 1);
    parts.map(|(_, part)| part).collect::<Vec<_>>().join("`")
}
