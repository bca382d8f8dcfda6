//! The servers.

use serde_json::{Map, Value, json};

use super::Merger;
use super::view::all_from_prose;

impl Merger<'_> {
    /// Takes the vendor's servers over, with our words where the URL is the same. A document without absolute URLs says
    /// nothing about them.
    pub(super) fn servers(&mut self, document: &mut Value) {
        let theirs: Vec<&Value> = self.sides.theirs["servers"].as_array().into_iter().flatten().collect();
        if theirs.is_empty() || !theirs.iter().all(|server| self.url(server).contains("://")) {
            return;
        }
        let ours = self.sides.ours["servers"].as_array().cloned().unwrap_or_default();
        let mut merged: Vec<Value> = Vec::new();
        for known in &ours {
            let found = theirs.iter().find(|server| self.url(server) == trimmed(known));
            match found {
                Some(server) => merged.push(with_variables(known, server)),
                None if all_from_prose(known) => merged.push(known.clone()),
                None => {}
            }
        }
        for server in theirs {
            let url = self.url(server);
            if !ours.iter().any(|known| trimmed(known) == url) {
                merged.push(with_variables(&json!({ "url": url, "description": "" }), server));
            }
        }
        document["servers"] = Value::Array(merged);
    }

    /// The URL of a vendor's server as our paths need it: the base path is part of the URL or of the paths.
    fn url(&self, server: &Value) -> String {
        let url = trimmed(server);
        let Some((ours, theirs)) = self.plan.matched.first_key_value() else {
            return url;
        };
        let (ours, theirs) = (
            crate::import::operations::shape(&ours.path),
            crate::import::operations::shape(&theirs.path),
        );
        match (ours.strip_suffix(&theirs), theirs.strip_suffix(&ours)) {
            (Some(prefix), _) => url.strip_suffix(prefix).unwrap_or(&url).to_owned(),
            (None, Some(prefix)) => format!("{url}{prefix}"),
            (None, None) => url,
        }
    }
}

fn trimmed(server: &Value) -> String {
    server["url"]
        .as_str()
        .unwrap_or_default()
        .trim_end_matches('/')
        .to_owned()
}

/// A server of ours with the variables of the vendor's.
fn with_variables(ours: &Value, theirs: &Value) -> Value {
    let mut merged = ours.clone();
    let known = ours["variables"].as_object().cloned().unwrap_or_default();
    let mut variables = Map::new();
    for (name, theirs) in theirs["variables"].as_object().into_iter().flatten() {
        let mut variable = known.get(name).cloned().unwrap_or_else(|| json!({ "description": "" }));
        variable["default"] = theirs["default"].clone();
        match theirs.get("enum") {
            Some(values) if super::view::set(variable.get("enum")) != super::view::set(Some(values)) => {
                variable["enum"] = values.clone();
            }
            Some(_) => {}
            None => {
                variable.as_object_mut().map(|variable| variable.remove("enum"));
            }
        }
        variables.insert(name.clone(), variable);
    }
    if variables.is_empty() {
        merged.as_object_mut().map(|server| server.remove("variables"));
    } else {
        merged["variables"] = Value::Object(variables);
    }
    merged
}
