//! Paths and operations.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::view::{all_from_prose, resolve};
use super::{Merger, names};
use crate::import::METHODS;
use crate::import::operations::{Operation, path_parameters};

/// A parameter of the vendor's operation.
struct Parameter {
    /// Where it is sent and under which name, a path parameter under the name that our path has for it.
    key: (String, String),
    value: Value,
    place: String,
}

impl Merger<'_> {
    pub(super) fn operations(&mut self, document: &mut Value) {
        let ours = self.sides.ours;
        let mut paths = Map::new();
        for (path, item) in ours["paths"].as_object().into_iter().flatten() {
            let merged = self.item(path, item);
            if METHODS.iter().any(|method| merged.get(method).is_some()) {
                paths.insert(path.clone(), merged);
            }
        }
        let mut ids: BTreeSet<String> = paths.values().flat_map(operation_ids).collect();
        let plan = self.plan;
        for (here, there) in &plan.added {
            self.add(here, there, &mut paths, &mut ids, document);
        }
        document["paths"] = Value::Object(paths);
        self.security(document);
    }

    /// A path of ours with its operations.
    fn item(&mut self, path: &str, ours: &Value) -> Value {
        let mut merged = ours.clone();
        let shared: Vec<&Value> = ours["parameters"].as_array().into_iter().flatten().collect();
        // What becomes of each shared parameter in each operation that the vendor's document has.
        let mut fates: Vec<Vec<(&str, Option<Value>)>> = vec![Vec::new(); shared.len()];
        for method in METHODS {
            let Some(operation) = ours.get(method) else {
                continue;
            };
            let here = Operation {
                path: path.to_owned(),
                method,
            };
            let Some(there) = self.plan.matched.get(&here) else {
                if self.partial || all_from_prose(operation) {
                    self.keep(operation);
                    self.keep(&ours["parameters"]);
                } else {
                    merged.as_object_mut().map(|item| item.remove(method));
                }
                continue;
            };
            let (theirs, at) = self.vendor_operation(there);
            let parameters = self.vendor_parameters(&theirs, path, there);
            for (entry, fates) in shared.iter().zip(&mut fates) {
                fates.push((method, self.shared_parameter(entry, &parameters)));
            }
            merged[method] = self.operation(operation, &theirs, &at, &parameters, &shared);
        }
        self.settle_shared(&mut merged, &shared, &fates);
        merged
    }

    /// A parameter that all operations of a path share stays there when all of them agree on it; otherwise each
    /// operation that has it gets its own.
    fn settle_shared(&mut self, item: &mut Value, shared: &[&Value], fates: &[Vec<(&str, Option<Value>)>]) {
        let mut kept = Vec::new();
        for (entry, fates) in shared.iter().zip(fates) {
            match fates.first() {
                None => kept.push((*entry).clone()),
                Some((_, Some(first))) if fates.iter().all(|(_, fate)| fate.as_ref() == Some(first)) => {
                    kept.push(first.clone());
                }
                Some(_) => {
                    for (method, fate) in fates {
                        if let Some(fate) = fate {
                            match item[*method].get_mut("parameters").and_then(Value::as_array_mut) {
                                Some(list) => list.insert(0, fate.clone()),
                                None => item[*method]["parameters"] = json!([fate]),
                            }
                        }
                    }
                }
            }
        }
        if kept.is_empty() && !shared.is_empty() {
            item.as_object_mut().map(|item| item.remove("parameters"));
        } else if !kept.is_empty() {
            item["parameters"] = Value::Array(kept);
        }
    }

    fn shared_parameter(&mut self, ours: &Value, theirs: &[Parameter]) -> Option<Value> {
        let sides = self.sides;
        let (known, _) = resolve(sides.ours, ours, "");
        match theirs.iter().find(|theirs| theirs.key == key(known)) {
            Some(theirs) => Some(self.part("parameters", ours, &theirs.value, &theirs.place, Self::parameter)),
            // A path without its parameter is a slip of the document: the path itself says that it is there.
            None if known["in"] == "path" || all_from_prose(known) => {
                self.keep(&json!([ours]));
                Some(ours.clone())
            }
            None => None,
        }
    }

    fn operation(
        &mut self,
        ours: &Value,
        theirs: &Value,
        at: &str,
        parameters: &[Parameter],
        shared: &[&Value],
    ) -> Value {
        let mut merged = ours.clone();
        let known: Vec<&Value> = ours["parameters"].as_array().into_iter().flatten().collect();
        let mut list: Vec<Value> = known
            .iter()
            .filter_map(|entry| self.shared_parameter(entry, parameters))
            .collect();
        let mut taken: BTreeSet<(String, String)> = BTreeSet::new();
        for entry in known.iter().chain(shared) {
            taken.insert(key(resolve(self.sides.ours, entry, "").0));
        }
        for parameter in parameters.iter().filter(|parameter| !taken.contains(&parameter.key)) {
            list.push(self.adopt_parameter(&parameter.value, &parameter.place, None));
        }
        set_list(&mut merged, "parameters", list);
        match (ours.get("requestBody"), theirs.get("requestBody")) {
            (Some(known), Some(body)) => {
                let at = format!("{at}/requestBody");
                merged["requestBody"] = self.part("requestBodies", known, body, &at, Self::request_body);
            }
            (None, Some(body)) => merged["requestBody"] = self.new_body(body),
            (Some(known), None) if all_from_prose(known) => self.keep(known),
            (Some(_), None) => {
                merged.as_object_mut().map(|operation| operation.remove("requestBody"));
            }
            (None, None) => {}
        }
        let mut responses = Map::new();
        for (status, response) in ours["responses"].as_object().into_iter().flatten() {
            match theirs["responses"].get(status) {
                Some(theirs) => {
                    let at = format!("{at}/responses/{status}");
                    responses.insert(
                        status.clone(),
                        self.part("responses", response, theirs, &at, Self::response),
                    );
                }
                None if all_from_prose(resolve(self.sides.ours, response, "").0) || status.starts_with("x-") => {
                    self.keep(&json!([response]));
                    responses.insert(status.clone(), response.clone());
                }
                None => {}
            }
        }
        for (status, response) in theirs["responses"].as_object().into_iter().flatten() {
            if !responses.contains_key(status) {
                let at = format!("{at}/responses/{status}");
                responses.insert(status.clone(), self.adopt_response(response, &at, status));
            }
        }
        merged["responses"] = Value::Object(responses);
        match (ours["deprecated"] == true, theirs["deprecated"] == true) {
            (false, true) => merged["deprecated"] = json!(true),
            (true, false) => {
                merged.as_object_mut().map(|operation| operation.remove("deprecated"));
            }
            _ => {}
        }
        merged
    }

    fn new_body(&mut self, theirs: &Value) -> Value {
        let (body, _) = resolve(self.sides.theirs, theirs, "");
        Value::Object(self.adopt_parts(body))
    }

    /// Adds an operation that ours lacks.
    fn add(
        &mut self,
        here: &Operation,
        there: &Operation,
        paths: &mut Map<String, Value>,
        ids: &mut BTreeSet<String>,
        document: &mut Value,
    ) {
        let (theirs, at) = self.vendor_operation(there);
        let (path, parameters) = self.new_path(here, &theirs, there, paths);
        let id = names::operation(theirs["operationId"].as_str(), here.method, &path, ids);
        ids.insert(id.clone());
        let tags: Vec<Value> = theirs["tags"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|tag| self.tag(tag, document))
            .collect();
        let mut new = json!({ "summary": "", "description": "", "operationId": id });
        set_list(&mut new, "tags", tags);
        let item = paths.entry(path.clone()).or_insert_with(|| json!({}));
        let fresh = item.as_object().is_none_or(Map::is_empty);
        let mut item = item.take();
        let known: Vec<_> = item["parameters"].as_array().into_iter().flatten().cloned().collect();
        let known: BTreeSet<_> = known
            .iter()
            .map(|entry| key(resolve(self.sides.ours, entry, "").0))
            .collect();
        let (mut of_path, mut own) = (Vec::new(), Vec::new());
        for parameter in parameters.iter().filter(|parameter| !known.contains(&parameter.key)) {
            let name = (parameter.key.0 == "path").then_some(parameter.key.1.as_str());
            let adopted = self.adopt_parameter(&parameter.value, &parameter.place, name);
            if fresh && name.is_some() {
                of_path.push(adopted)
            } else {
                own.push(adopted)
            }
        }
        set_list(&mut new, "parameters", own);
        if fresh {
            set_list(&mut item, "parameters", of_path);
        }
        if let Some(body) = theirs.get("requestBody") {
            new["requestBody"] = self.new_body(body);
        }
        let mut responses = Map::new();
        for (status, response) in theirs["responses"].as_object().into_iter().flatten() {
            let at = format!("{at}/responses/{status}");
            responses.insert(status.clone(), self.adopt_response(response, &at, status));
        }
        new["responses"] = Value::Object(responses);
        for key in ["deprecated", "security"] {
            if let Some(value) = theirs.get(key).filter(|value| **value != json!(false)) {
                new[key] = value.clone();
            }
        }
        item[here.method] = new;
        paths.insert(path, item);
    }

    /// The path of a new operation, with the names that our documents have for its parameters.
    fn new_path(
        &self,
        here: &Operation,
        theirs: &Value,
        there: &Operation,
        paths: &Map<String, Value>,
    ) -> (String, Vec<Parameter>) {
        let shape = |path: &str| {
            path_parameters(path)
                .iter()
                .fold(path.to_owned(), |path, name| path.replace(&format!("{{{name}}}"), "{}"))
        };
        let known = paths.keys().chain(
            self.sides.ours["paths"]
                .as_object()
                .into_iter()
                .flatten()
                .map(|(path, _)| path),
        );
        let mut path = here.path.clone();
        match known.into_iter().find(|known| shape(known) == shape(&path)) {
            Some(known) => path.clone_from(known),
            None => {
                for parameter in self.vendor_parameters(theirs, &path, there) {
                    if let Some((_, component)) = self.paired(&parameter.place, "parameters")
                        && let Some(name) = self.sides.ours["components"]["parameters"][&component]["name"].as_str()
                        && parameter.key.0 == "path"
                    {
                        path = path.replace(&format!("{{{}}}", parameter.key.1), &format!("{{{name}}}"));
                    }
                }
            }
        }
        let parameters = self.vendor_parameters(theirs, &path, there);
        (path, parameters)
    }

    /// The tag of ours that goes with a tag of the vendor's, by the operations that have them; a new one otherwise.
    fn tag(&self, theirs: &Value, document: &mut Value) -> Value {
        for (here, there) in &self.plan.matched {
            let (operation, _) = self.vendor_operation(there);
            let ours = &self.sides.ours["paths"][&here.path][here.method]["tags"][0];
            if operation["tags"].as_array().is_some_and(|tags| tags.contains(theirs)) && ours.is_string() {
                return ours.clone();
            }
        }
        let tags = document["tags"].take();
        let mut tags = tags.as_array().cloned().unwrap_or_default();
        if !tags.iter().any(|tag| tag["name"] == *theirs) {
            tags.push(json!({ "name": theirs, "description": "" }));
        }
        document["tags"] = Value::Array(tags);
        theirs.clone()
    }

    fn vendor_operation(&self, there: &Operation) -> (Value, String) {
        let operation = self.sides.theirs["paths"][&there.path][there.method].clone();
        let path = there.path.replace('~', "~0").replace('/', "~1");
        (operation, format!("/paths/{path}/{}", there.method))
    }

    /// The parameters of a vendor's operation: its own, and those of its path that it does not replace.
    fn vendor_parameters(&self, operation: &Value, path: &str, there: &Operation) -> Vec<Parameter> {
        let theirs = self.sides.theirs;
        let (_, at) = self.vendor_operation(there);
        let item = at.rfind('/').map_or("", |end| &at[..end]);
        let here = path_parameters(path);
        let there_names = path_parameters(&there.path);
        let mut found: Vec<Parameter> = Vec::new();
        for (list, at) in [
            (&operation["parameters"], at.as_str()),
            (&theirs["paths"][&there.path]["parameters"], item),
        ] {
            for (index, value) in list.as_array().into_iter().flatten().enumerate() {
                let (value, place) = resolve(theirs, value, &format!("{at}/parameters/{index}"));
                let mut key = key(value);
                if key.0 == "header" && ["accept", "content-type", "authorization"].contains(&key.1.as_str()) {
                    // By the specification such a parameter says nothing.
                    continue;
                }
                if key.0 == "path"
                    && let Some(position) = there_names.iter().position(|name| *name == key.1)
                {
                    // Where the base path is part of the path, the names are counted from the end.
                    let skipped = here.len().saturating_sub(there_names.len());
                    if let Some(name) = here.get(position + skipped) {
                        key.1 = (*name).to_owned();
                    }
                }
                if !found.iter().any(|known| known.key == key) {
                    found.push(Parameter {
                        key,
                        value: value.clone(),
                        place,
                    });
                }
            }
        }
        found
    }
}

/// What tells a parameter from the others of its operation. The names of headers have no case.
fn key(parameter: &Value) -> (String, String) {
    let text = |key: &str| parameter[key].as_str().unwrap_or_default().to_owned();
    let name = text("name");
    match text("in") {
        place if place == "header" => (place, name.to_ascii_lowercase()),
        place => (place, name),
    }
}

fn set_list(holder: &mut Value, key: &str, list: Vec<Value>) {
    if !list.is_empty() {
        holder[key] = Value::Array(list);
    } else if holder.get(key).is_some_and(|known| *known != json!([]))
        && let Some(holder) = holder.as_object_mut()
    {
        holder.remove(key);
    }
}

fn operation_ids(item: &Value) -> Vec<String> {
    let ids = METHODS
        .iter()
        .filter_map(|method| item.get(method)?["operationId"].as_str());
    ids.map(str::to_owned).collect()
}
