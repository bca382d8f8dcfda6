//! A workspace of the test's own, and vendors' documents made from ours.

use std::fs;
use std::path::{Path, PathBuf};

use account_provisioning_codegen::document::Document;
use serde_json::{Value, json};
use similar::{ChangeTag, TextDiff};
use xtask::import::Import;
use xtask::{Failure, Outcome, Workspace, files};

/// A sentence that no document of ours has.
pub(crate) const PROSE: &str = "A sentence of the vendor.";

pub(crate) struct Fresh {
    directory: tempfile::TempDir,
    pub(crate) workspace: Workspace,
    api: &'static str,
}

/// A workspace with the document, the overlay and the import settings of one of our APIs.
pub(crate) fn fresh(api: &'static str) -> Fresh {
    let root = Workspace::here().root().to_owned();
    let path = |file: &str| format!("openapi/{api}/{file}");
    let read = |file: &str| fs::read_to_string(root.join(path(file)));
    let fresh = made(api, &read("openapi.yaml").unwrap(), &read("overlay.yaml").unwrap());
    if let Ok(settings) = read("import.yaml") {
        files::put(fresh.root(), &path("import.yaml"), &settings).unwrap();
    }
    fresh
}

/// A workspace with this document and this overlay.
pub(crate) fn made(api: &'static str, document: &str, overlay: &str) -> Fresh {
    let directory = tempfile::tempdir().unwrap();
    files::put(directory.path(), &format!("openapi/{api}/openapi.yaml"), document).unwrap();
    files::put(directory.path(), &format!("openapi/{api}/overlay.yaml"), overlay).unwrap();
    let workspace = Workspace::at(directory.path());
    Fresh {
        directory,
        workspace,
        api,
    }
}

impl Fresh {
    pub(crate) fn root(&self) -> &Path {
        self.directory.path()
    }

    pub(crate) fn document_path(&self) -> PathBuf {
        self.root().join(format!("openapi/{}/openapi.yaml", self.api))
    }

    pub(crate) fn text(&self) -> String {
        fs::read_to_string(self.document_path()).unwrap()
    }

    /// Writes a vendor's document and prepares its import.
    pub(crate) fn of(&self, vendor: &Value) -> Import {
        let file = self.root().join("vendor.json");
        fs::write(&file, serde_json::to_string_pretty(vendor).unwrap()).unwrap();
        Import::new(file, self.api)
    }

    /// Imports a vendor's document, which changes something, and returns what it says and the lines it changes.
    pub(crate) fn import(&self, vendor: &Value) -> (Outcome, Vec<String>) {
        self.run(&self.of(vendor))
    }

    pub(crate) fn run(&self, import: &Import) -> (Outcome, Vec<String>) {
        let before = self.text();
        let outcome = import.run(&self.workspace).unwrap();
        assert_eq!(outcome.code(), 1, "{}", outcome.text());
        let after = self.text();
        assert!(!after.contains(PROSE), "a sentence of the vendor is in our document");
        (outcome, changed_lines(&before, &after))
    }

    pub(crate) fn refusal(&self, import: &Import) -> Failure {
        let before = self.text();
        let failure = import.run(&self.workspace).expect_err("the import is refused");
        assert_eq!(failure.code(), 2, "{failure}");
        assert_eq!(self.text(), before, "a refused import writes nothing");
        failure
    }
}

pub(crate) fn changed_lines(before: &str, after: &str) -> Vec<String> {
    TextDiff::from_lines(before, after)
        .iter_all_changes()
        .filter_map(|change| match change.tag() {
            ChangeTag::Equal => None,
            ChangeTag::Insert => Some(format!("+{}", change.value().trim_end())),
            ChangeTag::Delete => Some(format!("-{}", change.value().trim_end())),
        })
        .collect()
}

/// The document of one of our APIs.
pub(crate) fn ours(api: &str) -> Value {
    let path = Workspace::here().root().join(format!("openapi/{api}/openapi.yaml"));
    Document::parse("openapi.yaml", &fs::read_to_string(path).unwrap())
        .unwrap()
        .value()
        .clone()
}

/// A document as a vendor might have written it: the same facts with other names, other words, and things that matter
/// to nobody here.
pub(crate) fn foreign(document: &Value) -> Value {
    let mut vendor = document.clone();
    for section in ["schemas", "parameters", "responses", "requestBodies", "headers"] {
        let Some(Value::Object(components)) = vendor["components"].get_mut(section).map(Value::take) else {
            continue;
        };
        let renamed = components.into_iter().map(|(name, value)| (foreign_name(&name), value));
        vendor["components"][section] = renamed.collect();
    }
    let paths = vendor["paths"].take();
    let paths = paths
        .as_object()
        .unwrap()
        .iter()
        .map(|(path, item)| (path.replace('}', "_of_vendor}"), item.clone()));
    vendor["paths"] = paths.collect();
    restate(&mut vendor, false);
    vendor["x-vendor"] = json!({ "team": PROSE });
    vendor
}

fn foreign_name(name: &str) -> String {
    format!("vendor-{name}.v1")
}

fn restate(value: &mut Value, names: bool) {
    match value {
        Value::Object(map) => {
            if !names {
                map.retain(|key, _| !key.starts_with("x-"));
                if map.get("in") == Some(&json!("path")) {
                    let name = format!("{}_of_vendor", map["name"].as_str().unwrap());
                    map["name"] = json!(name);
                }
                if map.contains_key("type") && map["type"].is_string() {
                    map.insert("example".to_owned(), json!(PROSE));
                    map.insert("title".to_owned(), json!(PROSE));
                    map.insert("x-order".to_owned(), json!(1));
                }
            }
            for (key, value) in map.iter_mut() {
                match (key.as_str(), &mut *value) {
                    ("description" | "summary", Value::String(text)) if !names => *text = PROSE.to_owned(),
                    ("operationId", Value::String(id)) if !names => *id = format!("vendor-{id}"),
                    ("$ref", Value::String(place)) => {
                        let (section, name) = place.rsplit_once('/').unwrap();
                        *place = format!("{section}/{}", foreign_name(name));
                    }
                    ("default" | "enum", _) if !names => {}
                    (key, value) => {
                        let inner = [
                            "properties",
                            "schemas",
                            "responses",
                            "parameters",
                            "content",
                            "paths",
                            "headers",
                        ];
                        let maps = !names && inner.contains(&key) || key == "securitySchemes";
                        restate(value, maps && value.is_object());
                    }
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| restate(item, false)),
        _ => {}
    }
}

/// A document of OpenAPI 3.0 as 3.1 says it.
pub(crate) fn newer(document: &Value) -> Value {
    let mut newer = document.clone();
    upgrade(&mut newer);
    newer["openapi"] = json!("3.1.0");
    newer["jsonSchemaDialect"] = json!("https://spec.openapis.org/oas/3.1/dialect/base");
    newer["webhooks"] = json!({ "news": { "post": { "responses": {} } } });
    newer
}

fn upgrade(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.iter_mut()
                .filter(|(key, _)| *key != "variables")
                .for_each(|(_, value)| upgrade(value));
            for (bound, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
                if map.get(exclusive) == Some(&json!(true)) {
                    let limit = map.remove(bound).unwrap();
                    map.insert(exclusive.to_owned(), limit);
                }
            }
            if let Some([only]) = map.get("enum").and_then(Value::as_array).map(Vec::as_slice) {
                let only = only.clone();
                map.remove("enum");
                map.insert("const".to_owned(), only);
            }
            let kinds = map.get("oneOf").and_then(bare_types);
            if let Some(kinds) = kinds {
                map.remove("oneOf");
                map.insert("type".to_owned(), kinds);
            }
            if map.get("nullable") == Some(&json!(true)) {
                map.remove("nullable");
                match map.get("type").cloned() {
                    Some(kind) => {
                        let mut kinds = kind.as_array().cloned().unwrap_or_else(|| vec![kind]);
                        kinds.push(json!("null"));
                        map.insert("type".to_owned(), Value::Array(kinds));
                        if let Some(Value::Array(values)) = map.get_mut("enum")
                            && !values.contains(&Value::Null)
                        {
                            values.push(Value::Null);
                        }
                    }
                    None => {
                        let whole = Value::Object(std::mem::take(map));
                        map.insert("anyOf".to_owned(), json!([whole, { "type": "null" }]));
                    }
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(upgrade),
        _ => {}
    }
}

/// The types of alternatives that say nothing but their type.
fn bare_types(alternatives: &Value) -> Option<Value> {
    let bare = |schema: &Value| match schema.as_object() {
        Some(map) if map.len() == 1 => map.get("type").cloned(),
        _ => None,
    };
    alternatives.as_array()?.iter().map(bare).collect()
}
