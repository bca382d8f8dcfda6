//! New operations in the shape of one that we have: its error responses, its envelope and its parameters.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::import::json::{entries, items, object, target};
use crate::import::merge::Merger;
use crate::import::merge::flat::{flatten, resolve};
use crate::import::merge::operation::is_success;
use crate::import::merge::parameters::{ParameterKey, key};
use crate::import::names;

/// Keywords that describe the place in the envelope rather than what is in it.
const OF_THE_PLACE: [&str; 1] = ["nullable"];

impl<'a> Merger<'a> {
    /// The sibling's parameter for a location and a name.
    pub(super) fn parameter_like(&mut self, wanted: &ParameterKey) -> Option<Value> {
        let ours = self.documents.ours;
        let (path, method) = self.like?;
        let item = &ours["paths"][path];
        let lists = [&item[method]["parameters"], &item["parameters"]];
        let mut all = lists.into_iter().flat_map(items);
        let found = all
            .find(|parameter| key(resolve(ours, parameter, "").0) == *wanted)?
            .clone();
        self.keep(&json!([found]));
        Some(found)
    }

    /// The sibling's responses that are no success.
    pub(super) fn errors_like(&mut self) -> Option<Map<String, Value>> {
        let (path, method) = self.like?;
        let responses = entries(&self.documents.ours["paths"][path][method]["responses"]);
        let errors: Map<String, Value> = responses
            .filter(|(status, _)| !is_success(status))
            .map(|(status, response)| (status.clone(), response.clone()))
            .collect();
        self.keep(&Value::Object(errors.clone()));
        Some(errors)
    }

    /// A new reply in the envelope of the sibling's reply: its parts by reference, and the properties beside them. Returns
    /// `None` if the sibling's reply has no envelope, or the vendor's schema is no object.
    pub(super) fn reply_like(&mut self, theirs: &Value, id: &str) -> Option<Value> {
        let documents = self.documents;
        let sibling = self.sibling_reply()?;
        let parts: Vec<&Value> = items(&sibling["allOf"])
            .filter(|part| part.get("$ref").is_some())
            .collect();
        let inline = items(&sibling["allOf"]).find(|part| part.get("$ref").is_none())?;
        let facts = flatten(documents.theirs, theirs);
        let found = facts.get("properties")?.as_object()?;
        let envelope: BTreeSet<String> = parts
            .iter()
            .flat_map(|part| object(flatten(documents.ours, part).get("properties").unwrap_or(&Value::Null)))
            .map(|(name, _)| name)
            .collect();
        if parts.is_empty() {
            return None;
        }
        let mut properties = Map::new();
        for (name, schema) in found.iter().filter(|(name, _)| !envelope.contains(*name)) {
            let known = inline["properties"].get(name);
            let same = known.filter(|known| documents.same_reference(known, schema));
            let property = match (same, known) {
                (Some(same), _) => {
                    self.keep(same);
                    same.clone()
                }
                (None, Some(known)) => self.in_place_of(known, schema),
                (None, None) => self.adopt_described(schema),
            };
            properties.insert(name.clone(), property);
        }
        let required: Vec<&Value> = items(&inline["required"])
            .filter(|name| name.as_str().is_some_and(|name| properties.contains_key(name)))
            .collect();
        let mut own = json!({ "type": "object", "properties": properties });
        if !required.is_empty() {
            own["required"] = json!(required);
        }
        for part in &parts {
            self.keep(part);
        }
        let members: Vec<Value> = parts.into_iter().cloned().chain([own]).collect();
        let name = names::component(&format!("{id}_reply"), &self.taken("schemas"));
        let reply = json!({ "description": "", "allOf": members });
        self.added.insert(("schemas".to_owned(), name.clone()), reply);
        Some(Self::refer("schemas", &name))
    }

    /// A property that stands where the sibling has `known`: null is valid if it is there.
    fn in_place_of(&mut self, known: &Value, theirs: &Value) -> Value {
        let mut new = self.adopt_described(theirs);
        for keyword in OF_THE_PLACE {
            let Some(value) = known.get(keyword) else {
                continue;
            };
            if new.get("$ref").is_some() {
                new = json!({ "description": "", "allOf": [new] });
            }
            new[keyword] = value.clone();
        }
        new
    }

    /// The schema of the sibling's first reply in JSON.
    fn sibling_reply(&self) -> Option<&'a Value> {
        let ours = self.documents.ours;
        let (path, method) = self.like?;
        let mut responses = entries(&ours["paths"][path][method]["responses"]).filter(|(status, _)| is_success(status));
        let (response, _) = resolve(ours, responses.next()?.1, "");
        let (_, content) = entries(&response["content"]).next()?;
        let schema = content.get("schema")?;
        target(schema).map_or(Some(schema), |pointer| ours.pointer(pointer))
    }
}
