//! Converts the part of a vendor's document that is imported to OpenAPI 3.0, without any text.
//!
//! What OpenAPI 3.1 writes in another way is rewritten if the meaning stays the same, and refused with its place and the
//! reason if it would be lost. Descriptions, examples and extensions are dropped, because we take facts and write our own
//! text. Components are kept if an imported operation uses them.

mod circles;
mod null;
mod parts;
mod references;
mod refusals;
mod schema;

use std::collections::{BTreeMap, BTreeSet};

use account_provisioning_codegen::{Error, Problem, pointer};
use account_provisioning_wire_diff::METHODS;
use serde_json::{Map, Value, json};

use crate::import::json::entries;
use crate::import::kind;

/// A converted document.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Converted {
    /// The document in OpenAPI 3.0, without any text.
    pub document: Value,
    /// What a person should look at, because the vendor's document says it in an unusual way or says it in vain. Each has
    /// its JSON pointer in the vendor's document.
    pub remarks: Vec<Problem>,
}

/// Converts the operations that `keep` selects by path and method to OpenAPI 3.0, with the components that they use.
///
/// # Errors
/// Everything that OpenAPI 3.0 has no counterpart for, each with its JSON pointer in the vendor's document, the reason and
/// a remedy.
pub fn downgrade(document: &Value, keep: impl Fn(&str, &str) -> bool) -> Result<Converted, Error> {
    let newer = kind::is_newer(document)?;
    let mut downgrade = Downgrade {
        document,
        newer,
        problems: Vec::new(),
        remarks: Vec::new(),
        open: Vec::new(),
        seen: BTreeSet::new(),
        hoisted: BTreeMap::new(),
    };
    downgrade.check_dialect();
    let version = kind::version(document).unwrap_or_else(|problem| {
        downgrade.problems.push(problem);
        None
    });
    let mut out = json!({
        "openapi": "3.0.3",
        "info": { "version": version },
        "paths": downgrade.paths(&keep),
        "components": {},
    });
    while let Some((section, name, pointer)) = downgrade.open.pop() {
        let value = document.pointer(&pointer).unwrap_or(&Value::Null);
        if !downgrade.refuse_circle(&pointer) {
            out["components"][&section][name] = downgrade.part(&section, value, &pointer);
        }
    }
    if let Some(schemes) = downgrade.security_schemes() {
        out["components"]["securitySchemes"] = schemes;
    }
    for key in ["security", "servers"] {
        if let Some(value) = document.get(key) {
            out[key] = value.clone();
        }
    }
    Error::from_problems(downgrade.problems)?;
    let mut remarks = downgrade.remarks;
    remarks.sort();
    remarks.dedup();
    Ok(Converted { document: out, remarks })
}

/// The state of a conversion.
struct Downgrade<'a> {
    document: &'a Value,
    /// Whether the document is OpenAPI 3.1.
    newer: bool,
    problems: Vec<Problem>,
    remarks: Vec<Problem>,
    /// Components to convert, because something refers to them: section, name, and pointer in the vendor's document.
    open: Vec<(String, String, String)>,
    seen: BTreeSet<(String, String)>,
    /// Schemas outside of `components` that become components: their pointers and names.
    hoisted: BTreeMap<String, String>,
}

impl<'a> Downgrade<'a> {
    fn refuse(&mut self, at: impl Into<String>, message: impl Into<String>, remedy: impl Into<String>) {
        self.problems.push(Problem::new(at, message, remedy));
    }

    fn remark(&mut self, at: impl Into<String>, message: impl Into<String>, remedy: impl Into<String>) {
        self.remarks.push(Problem::new(at, message, remedy));
    }

    fn check_dialect(&mut self) {
        if let Some(dialect) = self.document.get("jsonSchemaDialect")
            && !refusals::is_known_dialect(dialect)
        {
            self.refuse(
                "/jsonSchemaDialect",
                "the schemas are of another dialect than OpenAPI's own",
                "import a document whose schemas are JSON Schema 2020-12",
            );
        }
    }

    fn paths(&mut self, keep: &impl Fn(&str, &str) -> bool) -> Value {
        let mut out = Map::new();
        for (path, item) in entries(&self.document["paths"]) {
            let (item, at) = self.follow(item, pointer::join_all("", &["paths", path]));
            let mut kept = Map::new();
            for method in METHODS.into_iter().filter(|method| keep(path, method)) {
                if let Some(operation) = item.get(method) {
                    let operation = self.operation(operation, &pointer::join(&at, method));
                    kept.insert(method.to_owned(), operation);
                }
            }
            if kept.is_empty() {
                continue;
            }
            if let Some(parameters) = item.get("parameters") {
                let parameters = self.parameters(parameters, &pointer::join(&at, "parameters"));
                kept.insert("parameters".to_owned(), parameters);
            }
            out.insert(path.clone(), Value::Object(kept));
        }
        Value::Object(out)
    }

    /// Converts a value that can be a component of `section`.
    fn convert(&mut self, section: &str, value: &'a Value, at: &str) -> Value {
        match section {
            "parameters" | "headers" => self.parameter(value, at),
            "requestBodies" => self.request_body(value, at),
            "responses" => self.response(value, at),
            _ => self.schema(value, at),
        }
    }
}
