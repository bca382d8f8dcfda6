//! From a vendor's document to the part of it that matters here: OpenAPI 3.0 without a word of prose.
//!
//! What OpenAPI 3.1 says in another way is rewritten where the meaning stays the same, and refused with its place and
//! the reason where it would be lost. Descriptions, examples and extensions are dropped: facts are the vendor's, words
//! are ours. Components come along as far as the kept operations reach them.

mod null;
mod parts;
mod references;
mod refusals;
mod schema;

use std::collections::{BTreeMap, BTreeSet};

use account_provisioning_codegen::{Error, Problem, pointer};
use serde_json::{Map, Value, json};

use super::METHODS;

/// Brings the operations for which `keep` says yes, by path and method, down to OpenAPI 3.0, with the components that
/// they reach.
///
/// # Errors
/// Everything that has no counterpart in OpenAPI 3.0, each with its JSON pointer in the vendor's document, the reason
/// and a remedy.
pub fn downgrade(document: &Value, keep: impl Fn(&str, &str) -> bool) -> Result<Value, Error> {
    let version = document["openapi"].as_str().unwrap_or_default();
    let newer = version.starts_with("3.1.");
    if !newer && !version.starts_with("3.0.") {
        return Err(Problem::new(
            "/openapi",
            format!("version `{version}` of OpenAPI is not supported"),
            "import a document of OpenAPI 3.0 or 3.1",
        )
        .into());
    }
    let mut downgrade = Downgrade {
        document,
        newer,
        problems: Vec::new(),
        wanted: Vec::new(),
        seen: BTreeSet::new(),
        hoisted: BTreeMap::new(),
    };
    downgrade.dialect();
    let paths = downgrade.paths(&keep);
    let mut components = Map::new();
    while let Some((section, name, at)) = downgrade.wanted.pop() {
        let value = downgrade.component(&section, &at);
        components
            .entry(section)
            .or_insert_with(|| json!({}))
            .as_object_mut()
            .map(|section| section.insert(name, value));
    }
    let mut out = json!({ "openapi": "3.0.3", "info": { "version": document["info"]["version"] }, "paths": paths });
    if let Some((section, schemes)) = downgrade.security_schemes() {
        components.insert(section, schemes);
    }
    out["components"] = Value::Object(components);
    for key in ["security", "servers"] {
        if let Some(value) = document.get(key) {
            out[key] = value.clone();
        }
    }
    Error::from_problems(downgrade.problems)?;
    Ok(out)
}

/// The work in hand.
struct Downgrade<'a> {
    document: &'a Value,
    /// Whether the document is of OpenAPI 3.1.
    newer: bool,
    problems: Vec<Problem>,
    /// Components that something refers to: section, name, and where they stand in the vendor's document.
    wanted: Vec<(String, String, String)>,
    seen: BTreeSet<(String, String)>,
    /// Schemas that stand elsewhere than under `components` and become components: their places and their names.
    hoisted: BTreeMap<String, String>,
}

impl Downgrade<'_> {
    fn refuse(&mut self, at: impl Into<String>, message: impl Into<String>, remedy: impl Into<String>) {
        self.problems.push(Problem::new(at, message, remedy));
    }

    fn dialect(&mut self) {
        if let Some(dialect) = self.document.get("jsonSchemaDialect")
            && !refusals::known_dialect(dialect)
        {
            self.refuse(
                "/jsonSchemaDialect",
                "the schemas are of another dialect than OpenAPI's own",
                "import a document whose schemas are of JSON Schema 2020-12",
            );
        }
    }

    fn paths(&mut self, keep: &impl Fn(&str, &str) -> bool) -> Value {
        let mut out = Map::new();
        for (path, item) in self.document["paths"].as_object().into_iter().flatten() {
            let (item, at) = self.follow(item, pointer::join_all("", &["paths", path]));
            let mut kept = Map::new();
            for method in METHODS.into_iter().filter(|method| keep(path, method)) {
                if let Some(operation) = item.get(method) {
                    kept.insert(
                        method.to_owned(),
                        self.operation(operation, &pointer::join(&at, method)),
                    );
                }
            }
            if kept.is_empty() {
                continue;
            }
            if let Some(parameters) = item.get("parameters") {
                kept.insert(
                    "parameters".to_owned(),
                    self.parameters(parameters, &pointer::join(&at, "parameters")),
                );
            }
            out.insert(path.clone(), Value::Object(kept));
        }
        Value::Object(out)
    }

    fn component(&mut self, section: &str, at: &str) -> Value {
        let document = self.document;
        let value = document.pointer(at).unwrap_or(&Value::Null);
        match section {
            "parameters" | "headers" => self.parameter(value, at),
            "requestBodies" => self.request_body(value, at),
            "responses" => self.response(value, at),
            _ => self.schema(value, at),
        }
    }
}
