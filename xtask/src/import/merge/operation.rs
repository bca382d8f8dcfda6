//! Paths and operations.

use std::collections::BTreeSet;

use account_provisioning_codegen::pointer;
use account_provisioning_wire_diff::METHODS;
use serde_json::{Map, Value, json};

use crate::import::json::{entries, items, object, remove};
use crate::import::merge::Merger;
use crate::import::merge::flat::resolve;
use crate::import::merge::keywords::is_all_from_prose;
use crate::import::merge::parameters::{Outcomes, Parameter, ParameterKey, key, set_list};
use crate::import::names;
use crate::import::operations::{OperationKey, path_parameters};

impl<'a> Merger<'a> {
    pub(super) fn operations(&mut self, document: &mut Value) {
        let mut paths = Map::new();
        for (path, item) in entries(&self.documents.ours["paths"]) {
            let merged = self.path_item(path, item);
            if METHODS.iter().any(|method| merged.get(method).is_some()) {
                paths.insert(path.clone(), merged);
            }
        }
        let operations = paths
            .values()
            .flat_map(|item| METHODS.iter().filter_map(|method| item.get(method)));
        let ids = operations.filter_map(|operation| operation["operationId"].as_str());
        let mut ids: BTreeSet<String> = ids.map(str::to_owned).collect();
        for (ours, vendor) in &self.plan.added {
            self.add(ours, vendor, &mut paths, &mut ids, document);
        }
        document["paths"] = Value::Object(paths);
        self.security(document);
    }

    /// A path of ours with its operations.
    fn path_item(&mut self, path: &str, ours: &Value) -> Value {
        let mut merged = ours.clone();
        let shared: Vec<&Value> = items(&ours["parameters"]).collect();
        let mut outcomes: Vec<Outcomes<'_>> = vec![Vec::new(); shared.len()];
        for method in METHODS {
            let Some(operation) = ours.get(method) else {
                continue;
            };
            let key = OperationKey {
                path: path.to_owned(),
                method,
            };
            let Some(vendor) = self.plan.matched.get(&key) else {
                if self.partial || is_all_from_prose(operation) {
                    self.keep(operation);
                    self.keep(&ours["parameters"]);
                    for (parameter, outcomes) in shared.iter().zip(&mut outcomes) {
                        outcomes.push((method, Some((*parameter).clone())));
                    }
                } else {
                    remove(&mut merged, method);
                }
                continue;
            };
            let parameters = self.vendor_parameters(path, vendor);
            for (parameter, outcomes) in shared.iter().zip(&mut outcomes) {
                outcomes.push((method, self.known_parameter(parameter, &parameters)));
            }
            merged[method] = self.operation(operation, vendor, &parameters, &shared);
        }
        self.settle_shared(&mut merged, &shared, &outcomes);
        merged
    }

    fn operation(&mut self, ours: &Value, vendor: &OperationKey, parameters: &[Parameter], shared: &[&Value]) -> Value {
        let (theirs, at) = self.vendor_operation(vendor);
        let mut merged = object(ours);
        self.flag(&mut merged, ours, theirs, "deprecated");
        let mut merged = Value::Object(merged);
        let known: Vec<&Value> = items(&ours["parameters"]).collect();
        let mut list: Vec<Value> = known
            .iter()
            .filter_map(|ours| self.known_parameter(ours, parameters))
            .collect();
        let taken = self.keys(known.iter().chain(shared).copied());
        for parameter in parameters.iter().filter(|parameter| !taken.contains(&parameter.key)) {
            if self.keeps_absence("parameters", &parameter.key.1) {
                continue;
            }
            list.push(self.adopt_parameter(&parameter.value, &parameter.pointer, None));
        }
        set_list(&mut merged, "parameters", list);
        match (ours.get("requestBody"), theirs.get("requestBody")) {
            (Some(known), Some(body)) => {
                merged["requestBody"] = self.part("requestBodies", known, body, &format!("{at}/requestBody"));
            }
            (None, Some(body)) => merged["requestBody"] = self.new_body(body),
            (Some(known), None) if is_all_from_prose(known) => self.keep(known),
            (_, None) => remove(&mut merged, "requestBody"),
        }
        let mut responses = Map::new();
        for (status, response) in entries(&ours["responses"]) {
            match theirs["responses"].get(status) {
                Some(theirs) => {
                    let at = format!("{at}/responses/{status}");
                    responses.insert(status.clone(), self.part("responses", response, theirs, &at));
                }
                None if is_all_from_prose(resolve(self.documents.ours, response, "").0) || status.starts_with("x-") => {
                    self.keep(&json!([response]));
                    responses.insert(status.clone(), response.clone());
                }
                None => {}
            }
        }
        let new = entries(&theirs["responses"]).filter(|(status, _)| ours["responses"].get(status).is_none());
        responses.extend(self.adopt_responses(new, &at));
        merged["responses"] = Value::Object(responses);
        merged
    }

    /// Adds an operation that our document lacks.
    fn add(
        &mut self,
        ours: &OperationKey,
        vendor: &OperationKey,
        paths: &mut Map<String, Value>,
        ids: &mut BTreeSet<String>,
        document: &mut Value,
    ) {
        let (theirs, at) = self.vendor_operation(vendor);
        let (path, parameters) = self.new_path(ours, vendor, paths);
        let id = names::operation(theirs["operationId"].as_str(), ours.method, &path, ids);
        ids.insert(id.clone());
        let mut new = json!({ "summary": "", "description": "", "operationId": &id });
        let tags = items(&theirs["tags"]).map(|tag| self.adopt_tag(tag, document));
        set_list(&mut new, "tags", tags.collect());
        let mut item = paths.entry(path.clone()).or_insert_with(|| json!({})).take();
        let is_new_path = object(&item).is_empty();
        self.leave_to_operations(&mut item, &parameters);
        let known = self.keys(items(&item["parameters"]));
        let (mut of_path, mut own) = (Vec::new(), Vec::new());
        for parameter in parameters.iter().filter(|parameter| !known.contains(&parameter.key)) {
            if self.keeps_absence("parameters", &parameter.key.1) {
                continue;
            }
            let name = (parameter.key.0 == "path").then_some(parameter.key.1.as_str());
            let like = self.parameter_like(&parameter.key);
            let like = like.or_else(|| self.sibling_parameter(&path, name?, Some(&parameter.value)));
            let adopted = match like {
                Some(like) => like,
                None => self.adopt_parameter(&parameter.value, &parameter.pointer, name),
            };
            if is_new_path && name.is_some() {
                of_path.push(adopted);
            } else {
                own.push(adopted);
            }
        }
        if is_new_path {
            let declared: BTreeSet<String> = parameters.iter().map(|parameter| parameter.key.1.clone()).collect();
            let missing = path_parameters(&path)
                .into_iter()
                .filter(|name| !declared.contains(*name));
            let missing: Vec<Value> = missing
                .map(|name| {
                    let text = || {
                        json!({ "name": name, "in": "path", "required": true, "description": "", "schema": { "type": "string" } })
                    };
                    self.sibling_parameter(&path, name, None).unwrap_or_else(text)
                })
                .collect();
            of_path.splice(0..0, missing);
        }
        set_list(&mut new, "parameters", own);
        if is_new_path {
            set_list(&mut item, "parameters", of_path);
        }
        if let Some(body) = theirs.get("requestBody") {
            new["requestBody"] = self.new_body(body);
        }
        new["responses"] = Value::Object(self.new_responses(&theirs["responses"], &id, &at));
        for key in ["deprecated", "security"] {
            if let Some(value) = theirs.get(key).filter(|value| **value != json!(false)) {
                new[key] = value.clone();
            }
        }
        item[ours.method] = new;
        paths.insert(path, item);
    }

    /// The responses of a new operation, in the shape of its sibling's if it has one.
    fn new_responses(&mut self, theirs: &Value, id: &str, at: &str) -> Map<String, Value> {
        let Some(errors) = self.errors_like() else {
            return self.adopt_responses(entries(theirs), at);
        };
        let mut responses = Map::new();
        for (status, response) in entries(theirs).filter(|(status, _)| is_success(status)) {
            let (response, _) = resolve(self.documents.theirs, response, "");
            let mut bare = response.clone();
            let mut replies = Map::new();
            for (media_type, entry) in entries(&response["content"]) {
                if let Some(reply) = entry.get("schema").and_then(|schema| self.reply_like(schema, id)) {
                    remove(&mut bare["content"], media_type);
                    replies.insert(media_type.clone(), json!({ "schema": reply }));
                }
            }
            let mut adopted = self.adopt_parts(&bare);
            for (media_type, reply) in replies {
                adopted["content"][media_type] = reply;
            }
            responses.insert(status.clone(), adopted);
        }
        responses.extend(errors);
        responses
    }

    fn new_body(&mut self, theirs: &Value) -> Value {
        let (body, _) = resolve(self.documents.theirs, theirs, "");
        self.adopt_parts(body)
    }

    /// Location and name of parameters of ours.
    /// Moves the parameters of a path that a new operation lacks into the operations that are there.
    fn leave_to_operations(&self, item: &mut Value, of_new: &[Parameter]) {
        let is_shared = |parameter: &Value| {
            let (place, name) = key(resolve(self.documents.ours, parameter, "").0);
            place == "path" || of_new.iter().any(|known| known.key == (place.clone(), name.clone()))
        };
        let all: Vec<Value> = items(&item["parameters"]).cloned().collect();
        let (shared, others): (Vec<Value>, Vec<Value>) = all.into_iter().partition(is_shared);
        if others.is_empty() {
            return;
        }
        set_list(item, "parameters", shared);
        for method in METHODS {
            let Some(operation) = item.get_mut(method) else {
                continue;
            };
            let mut list: Vec<Value> = items(&operation["parameters"]).cloned().collect();
            let own = self.keys(list.iter());
            let is_lacking = |other: &&Value| self.keys(std::iter::once(*other)).is_disjoint(&own);
            list.extend(others.iter().filter(is_lacking).cloned());
            set_list(operation, "parameters", list);
        }
    }

    fn keys<'v>(&self, parameters: impl Iterator<Item = &'v Value>) -> BTreeSet<ParameterKey> {
        parameters
            .map(|parameter| key(resolve(self.documents.ours, parameter, "").0))
            .collect()
    }

    /// An operation of the vendor's document, with its pointer.
    pub(super) fn vendor_operation(&self, vendor: &OperationKey) -> (&'a Value, String) {
        let operation = &self.documents.theirs["paths"][&vendor.path][vendor.method];
        let at = pointer::join_all("", &["paths", &vendor.path, vendor.method]);
        (operation, at)
    }
}

/// Whether a status, or a class of statuses, is a success.
pub(in crate::import) fn is_success(status: &str) -> bool {
    status.starts_with('2')
}
