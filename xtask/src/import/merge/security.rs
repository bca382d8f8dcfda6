//! Which credentials operations require.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::import::json::{entries, items, object, set};
use crate::import::merge::Merger;
use crate::import::merge::keywords::{FROM_PROSE, is_from_prose, is_structural};
use crate::import::names;

impl Merger<'_> {
    /// Merges the requirements of all operations. A document that does not mention credentials at all changes nothing.
    pub(super) fn security(&mut self, document: &mut Value) {
        let theirs = self.documents.theirs;
        let is_silent = theirs.get("security").is_none() && object(&theirs["components"]["securitySchemes"]).is_empty();
        let schemes = if is_silent {
            BTreeMap::new()
        } else {
            self.schemes(document)
        };
        let default = document["security"].clone();
        let matched = self.plan.matched.iter().map(|(ours, vendor)| (ours, vendor, false));
        let added = self.plan.added.iter().map(|(ours, vendor)| (ours, vendor, true));
        for (ours, vendor, is_new) in matched.chain(added) {
            let operation = document["paths"]
                .get_mut(&ours.path)
                .and_then(|item| item.get_mut(ours.method))
                .and_then(Value::as_object_mut);
            let Some(operation) = operation else {
                continue;
            };
            if is_new && let Some((path, method)) = self.like {
                match self.documents.ours["paths"][path][method].get("security") {
                    Some(security) => operation.insert("security".to_owned(), security.clone()),
                    None => operation.remove("security"),
                };
                continue;
            }
            if is_silent {
                if is_new {
                    operation.remove("security");
                }
                continue;
            }
            if self.keeps_security(operation) || is_from_prose(operation.get(FROM_PROSE), "security") {
                if is_new {
                    operation.remove("security");
                }
                continue;
            }
            let own = theirs["paths"][&vendor.path][vendor.method].get("security");
            let required = own.or_else(|| theirs.get("security"));
            let required = renamed(required.unwrap_or(&json!([])), &schemes);
            let known = operation.get("security").filter(|_| !is_new).unwrap_or(&default);
            if !is_new && is_same(known, &required) {
                continue;
            }
            if is_same(&default, &required) {
                operation.remove("security");
            } else {
                operation.insert("security".to_owned(), required);
            }
        }
    }

    /// The name in our document for each scheme of the vendor's that an imported operation requires.
    fn schemes(&self, document: &mut Value) -> BTreeMap<String, String> {
        let theirs = &self.documents.theirs["components"]["securitySchemes"];
        let known = object(&self.documents.ours["components"]["securitySchemes"]);
        let required = self.required_schemes(document);
        let mut found: BTreeMap<String, String> = BTreeMap::new();
        for name in &required {
            let is_taken = |ours: &String| found.values().any(|taken| taken == ours);
            let mut equal = known
                .iter()
                .filter(|(ours, scheme)| !is_taken(ours) && definition(scheme) == definition(&theirs[name]));
            if let Some((ours, _)) = equal.next() {
                found.insert(name.clone(), ours.clone());
            }
        }
        for name in &required {
            if found.contains_key(name) {
                continue;
            }
            let scheme = &theirs[name];
            // A scheme with the same name, or the only one left with the same type, has changed.
            let left = || known.keys().filter(|ours| !found.values().any(|taken| taken == *ours));
            let mut same_type = left().filter(|ours| known[*ours]["type"] == scheme["type"]);
            let only = same_type.next().filter(|_| same_type.next().is_none());
            let changed = left()
                .find(|ours| *ours == name)
                .or(only)
                .filter(|_| !self.keeps_others());
            let (ours, mut merged) = match changed {
                Some(ours) => (ours.clone(), object(&known[ours])),
                None => {
                    let taken = known.keys().chain(found.values()).cloned().collect();
                    let new = names::operation(Some(name), "", "", &taken);
                    (new, object(&json!({ "description": "" })))
                }
            };
            merged.retain(|key, _| !is_structural(key) || key == "bearerFormat");
            merged.extend(object(scheme));
            document["components"]["securitySchemes"][&ours] = Value::Object(merged);
            found.insert(name.clone(), ours);
        }
        found
    }

    /// Whether an operation of ours requires what it does by choice, whatever the vendor's document says.
    fn keeps_security(&self, operation: &Map<String, Value>) -> bool {
        let id = operation.get("operationId").and_then(Value::as_str).unwrap_or_default();
        self.settings.keeps("operations", id, "security")
    }

    /// The vendor's schemes that an imported operation requires.
    fn required_schemes(&self, document: &Value) -> BTreeSet<String> {
        let theirs = self.documents.theirs;
        let mut schemes = BTreeSet::new();
        // New operations in the shape of one of ours require what that one does.
        let added = Some(&self.plan.added)
            .filter(|_| self.like.is_none())
            .into_iter()
            .flatten();
        for (ours, vendor) in self.plan.matched.iter().chain(added) {
            let operation = document["paths"][&ours.path][ours.method].as_object();
            if operation.is_some_and(|operation| self.keeps_security(operation)) {
                continue;
            }
            let own = theirs["paths"][&vendor.path][vendor.method].get("security");
            let required = own.or_else(|| theirs.get("security")).into_iter().flat_map(items);
            schemes.extend(required.flat_map(entries).map(|(name, _)| name.clone()));
        }
        schemes
    }
}

/// A security scheme without its documentation.
fn definition(scheme: &Value) -> Map<String, Value> {
    let mut scheme = object(scheme);
    scheme.retain(|key, _| is_structural(key) && key != "bearerFormat");
    if let Some(name) = scheme.get("scheme").and_then(Value::as_str) {
        let name = name.to_ascii_lowercase();
        scheme.insert("scheme".to_owned(), json!(name));
    }
    let flows = scheme.get_mut("flows").and_then(Value::as_object_mut);
    for (_, flow) in flows.into_iter().flatten() {
        let scopes = flow.get_mut("scopes").and_then(Value::as_object_mut);
        for (_, description) in scopes.into_iter().flatten() {
            *description = json!("");
        }
    }
    scheme
}

/// A requirement with our names for the schemes.
fn renamed(required: &Value, schemes: &BTreeMap<String, String>) -> Value {
    let rename = |alternative: &Value| -> Value {
        entries(alternative)
            .map(|(name, scopes)| (schemes.get(name).unwrap_or(name).clone(), scopes.clone()))
            .collect()
    };
    items(required).map(rename).collect()
}

/// Whether two requirements have the same alternatives, in any order.
fn is_same(one: &Value, other: &Value) -> bool {
    let alternatives = |required: &Value| -> BTreeSet<BTreeMap<String, BTreeSet<String>>> {
        let alternative = |value: &Value| {
            let schemes = entries(value);
            schemes
                .map(|(name, scopes)| (name.clone(), set(Some(scopes))))
                .collect()
        };
        items(required).map(alternative).collect()
    };
    alternatives(one) == alternatives(other)
}
