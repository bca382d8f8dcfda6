//! Refuses what the generator cannot handle, before it panics or silently drops something.
//!
//! Every problem names its place and a remedy; most remedies are an action in the overlay.

mod names;
mod operations;
mod parameters;
mod remarks;
mod schemas;

use serde_json::Value;

use crate::{Error, Problem, canonical, pointer};

pub use remarks::remarks;

/// Checks an overlaid document.
///
/// # Errors
/// Everything in it that cannot be generated.
pub fn check(document: &Value) -> Result<(), Error> {
    let mut preflight = Preflight {
        document,
        problems: Vec::new(),
    };
    preflight.version();
    preflight.references(document, "");
    // A reference out of the document would be reported again wherever it is followed.
    if preflight.problems.is_empty() {
        preflight.operations();
        preflight.names();
        preflight.schemas();
    }
    Error::from_problems(preflight.problems)
}

/// The document and the problems that were found so far.
struct Preflight<'a> {
    document: &'a Value,
    problems: Vec<Problem>,
}

impl<'a> Preflight<'a> {
    fn refuse(&mut self, at: impl Into<String>, message: impl Into<String>, remedy: impl Into<String>) {
        self.problems.push(Problem::new(at, message, remedy));
    }

    fn version(&mut self) {
        let version = self.document["openapi"].as_str().unwrap_or_default();
        if !version.starts_with("3.0.") {
            self.refuse(
                "/openapi",
                format!("version `{version}` of OpenAPI is not supported"),
                "write the document as OpenAPI 3.0.3",
            );
        }
    }

    /// Refuses references out of the document, and references without a target.
    fn references(&mut self, value: &Value, at: &str) {
        match value {
            Value::Object(map) => {
                if let Some(Value::String(reference)) = map.get("$ref") {
                    let target = reference.strip_prefix('#');
                    if target.is_none() {
                        self.refuse(
                            at,
                            format!("reference `{reference}` leads out of the document"),
                            "copy its target into `components`",
                        );
                    } else if target.and_then(|target| self.document.pointer(target)).is_none() {
                        self.refuse(
                            at,
                            format!("reference `{reference}` has no target"),
                            "define the component or correct the name",
                        );
                    }
                }
                for key in canonical::sorted_keys(map) {
                    if !matches!(key.as_str(), "default" | "enum" | "example" | "examples") {
                        self.references(&map[key], &pointer::join(at, key));
                    }
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.references(item, &pointer::join(at, &index.to_string()));
                }
            }
            _ => {}
        }
    }

    /// Follows a reference, and returns its target with its place.
    fn follow(&self, value: &'a Value, at: String) -> (&'a Value, String) {
        let mut found = (value, at);
        for _ in 0..8 {
            let target = found
                .0
                .get("$ref")
                .and_then(Value::as_str)
                .and_then(|r| r.strip_prefix('#'));
            match target.and_then(|target| Some((self.document.pointer(target)?, target.to_owned()))) {
                Some(next) => found = next,
                None => break,
            }
        }
        found
    }
}
