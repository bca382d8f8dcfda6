//! Servers.

use serde_json::{Map, Value, json};

use crate::import::json::{entries, items, object, remove, set};
use crate::import::merge::Merger;
use crate::import::merge::keywords::is_all_from_prose;

impl Merger<'_> {
    /// Takes the vendor's servers, with our text where the URL is the same. A document without absolute URLs does not
    /// change our servers, nor does one that describes a part of the API: the other part has them too.
    pub(super) fn servers(&mut self, document: &mut Value) {
        let ours: Vec<&Value> = items(&self.documents.ours["servers"]).collect();
        let theirs: Vec<(String, &Value)> = items(&self.documents.theirs["servers"])
            .map(|server| {
                let url = self
                    .plan
                    .prefix
                    .our_url(url(server), ours.iter().map(|ours| self::url(ours)));
                (url, server)
            })
            .collect();
        if self.keeps_others() || theirs.is_empty() || !theirs.iter().all(|(url, _)| url.contains("://")) {
            return;
        }
        let mut merged: Vec<Value> = Vec::new();
        for server in &ours {
            match theirs.iter().find(|(theirs, _)| theirs == url(server)) {
                Some((_, theirs)) => merged.push(with_variables(server, theirs, &ours)),
                None if is_all_from_prose(server) => merged.push((*server).clone()),
                None => {}
            }
        }
        for (theirs, server) in &theirs {
            if !ours.iter().any(|ours| url(ours) == theirs) {
                merged.push(with_variables(
                    &json!({ "url": theirs, "description": "" }),
                    server,
                    &ours,
                ));
            }
        }
        document["servers"] = Value::Array(merged);
    }
}

fn url(server: &Value) -> &str {
    server["url"].as_str().unwrap_or_default().trim_end_matches('/')
}

/// A server of ours with the variables of the vendor's that its URL has. Those that the vendor's URL lacks are in a base
/// path that the vendor writes in its paths, so they stay as our servers have them.
fn with_variables(ours: &Value, theirs: &Value, all: &[&Value]) -> Value {
    let mut merged = ours.clone();
    let known = object(&ours["variables"]);
    let mut variables = Map::new();
    let uses = |server: &Value, name: &str| url(server).contains(&format!("{{{name}}}"));
    for (name, theirs) in entries(&theirs["variables"]).filter(|(name, _)| uses(ours, name)) {
        let mut variable = known.get(name).cloned().unwrap_or_else(|| json!({ "description": "" }));
        variable["default"] = theirs["default"].clone();
        match theirs.get("enum") {
            None => remove(&mut variable, "enum"),
            Some(values) if set(variable.get("enum")) != set(Some(values)) => variable["enum"] = values.clone(),
            Some(_) => {}
        }
        variables.insert(name.clone(), variable);
    }
    for (name, variable) in [ours]
        .iter()
        .chain(all)
        .flat_map(|server| entries(&server["variables"]))
    {
        if uses(ours, name) && !uses(theirs, name) {
            variables.entry(name.clone()).or_insert_with(|| variable.clone());
        }
    }
    if variables.is_empty() {
        remove(&mut merged, "variables");
    } else {
        merged["variables"] = Value::Object(variables);
    }
    merged
}
