//! Translates the vendor's way of saying things into ours, as the settings of the API say.
//!
//! Where a part of the vendor's document means a part of ours, a copy of ours takes its place. So both are equal when
//! they are compared, and a new operation that uses it refers to ours.

use std::collections::{BTreeMap, BTreeSet};

use account_provisioning_codegen::pointer;
use serde_json::{Map, Value, json};

use crate::import::json::{component, entries, remove, target};
use crate::import::merge::{flatten, is_success};
use crate::import::operations::{OperationKey, Plan};
use crate::import::settings::{Envelope, Fact, Settings};

/// The start of the names of copies. No name of the vendor's starts with it.
const COPY: char = '=';

/// Section and name of our component for pointers of the translated document.
pub(super) type Translated = BTreeMap<String, (String, String)>;

/// Translates the vendor's document, which is already converted.
pub(super) fn translate(theirs: &mut Value, ours: &Value, plan: &Plan, settings: &Settings) -> Translated {
    let mut translator = Translator {
        ours,
        open: BTreeSet::new(),
        known: BTreeMap::new(),
    };
    let schemas = theirs.pointer_mut("/components/schemas").and_then(Value::as_object_mut);
    for (name, schema) in schemas.into_iter().flatten() {
        if let Some(rule) = settings.components.iter().find(|rule| rule.theirs.matches(name)) {
            rule.rule.applies(name);
            *schema = translator.copy(&ours["components"]["schemas"][&rule.ours]);
            let pointer = format!("/components/schemas/{}", name.replace('~', "~0").replace('/', "~1"));
            translator
                .known
                .insert(pointer, ("schemas".to_owned(), rule.ours.clone()));
        }
    }
    for (our, vendor) in plan.matched.iter().chain(&plan.added) {
        translator.responses(theirs, our, vendor, settings);
    }
    for envelope in &settings.envelopes {
        translator.envelope(theirs, plan, envelope);
    }
    translator.finish(theirs);
    translator.known
}

struct Translator<'a> {
    ours: &'a Value,
    /// Components of ours to copy: section and name.
    open: BTreeSet<(String, String)>,
    known: Translated,
}

impl Translator<'_> {
    /// A copy of a part of our document that refers to copies.
    fn copy(&mut self, ours: &Value) -> Value {
        if let Some((section, name)) = target(ours).and_then(component) {
            return self.refer(section, name);
        }
        match ours {
            Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), self.copy(value))).collect(),
            Value::Array(items) => items.iter().map(|item| self.copy(item)).collect(),
            other => other.clone(),
        }
    }

    /// A reference to the copy of a component.
    fn refer(&mut self, section: &str, name: &str) -> Value {
        self.open.insert((section.to_owned(), name.to_owned()));
        json!({ "$ref": format!("#/components/{section}/{COPY}{name}") })
    }

    /// Replaces the responses of an operation that mean ours. An operation that both documents have keeps its own.
    fn responses(&mut self, theirs: &mut Value, our: &OperationKey, vendor: &OperationKey, settings: &Settings) {
        let at = pointer::join_all("", &["paths", &vendor.path, vendor.method, "responses"]);
        let Some(responses) = theirs.pointer_mut(&at).and_then(Value::as_object_mut) else {
            return;
        };
        let known = &self.ours["paths"][&our.path][our.method]["responses"];
        for rule in &settings.responses {
            if responses.remove(&rule.theirs).is_none() {
                continue;
            }
            rule.rule.applies(&vendor.to_string());
            let mut new = Map::new();
            for (status, name) in &rule.ours {
                let response = match known.get(status) {
                    Some(response) => self.copy(response),
                    None if known.is_null() => self.refer("responses", name),
                    None => continue,
                };
                new.insert(status.clone(), response);
            }
            for (status, response) in new {
                responses.entry(status).or_insert(response);
            }
        }
    }

    /// Takes our envelope out of the successful replies of the vendor's that have its properties in themselves. What is
    /// left stands beside a reference to ours.
    fn envelope(&mut self, theirs: &mut Value, plan: &Plan, envelope: &Envelope) {
        let mut open = Vec::new();
        for vendor in plan.matched.values().chain(plan.added.values()) {
            let at = pointer::join_all("", &["paths", &vendor.path, vendor.method, "responses"]);
            let responses = theirs.pointer(&at).unwrap_or(&Value::Null);
            for (status, response) in entries(responses).filter(|(status, _)| is_success(status)) {
                let (response, at) = match target(response) {
                    Some(at) => (theirs.pointer(at).unwrap_or(&Value::Null), at.to_owned()),
                    None => (response, pointer::join(&at, status)),
                };
                let media = entries(&response["content"]).map(|(media, _)| media);
                open.extend(media.map(|media| pointer::join_all(&at, &["content", media, "schema"])));
            }
        }
        let mut seen = BTreeSet::new();
        while let Some(at) = open.pop() {
            let Some(schema) = theirs.pointer(&at).filter(|_| seen.insert(at.clone())) else {
                continue;
            };
            if let Some(target) = target(schema) {
                // Our own components, which took the place of the vendor's, stay.
                open.extend(Some(target.to_owned()).filter(|target| !self.known.contains_key(target)));
            } else if let Some(rest) = self.without_envelope(schema, envelope) {
                envelope.rule.applies(&at);
                let reference = self.refer("schemas", &envelope.ours);
                let parts = std::iter::once(reference).chain(rest).collect::<Vec<_>>();
                if let Some(place) = theirs.pointer_mut(&at) {
                    *place = json!({ "allOf": parts });
                }
            } else {
                let parts = schema["allOf"].as_array().map_or(0, Vec::len);
                open.extend((0..parts).map(|index| pointer::join_all(&at, &["allOf", &index.to_string()])));
            }
        }
    }

    /// What a schema has besides an envelope, if it has one: nothing, or an object with the other properties.
    fn without_envelope(&self, schema: &Value, envelope: &Envelope) -> Option<Option<Value>> {
        let properties = schema["properties"].as_object()?;
        if !envelope.theirs.iter().all(|name| properties.contains_key(name)) {
            return None;
        }
        let ours = flatten(self.ours, &self.ours["components"]["schemas"][&envelope.ours]);
        let ours = ours.get("properties").unwrap_or(&Value::Null);
        let is_other = |name: &str| ours.get(name).is_none() && !envelope.theirs.iter().any(|one| one == name);
        let mut rest = schema.clone();
        if let Some(properties) = rest.get_mut("properties").and_then(Value::as_object_mut) {
            properties.retain(|name, _| is_other(name));
        }
        if let Some(required) = rest.get_mut("required").and_then(Value::as_array_mut) {
            required.retain(|name| name.as_str().is_some_and(is_other));
        }
        if rest["required"] == json!([]) {
            remove(&mut rest, "required");
        }
        let is_all = rest["properties"] == json!({});
        Some((!is_all).then_some(rest))
    }

    /// Adds the copies of components, and what they refer to.
    fn finish(&mut self, theirs: &mut Value) {
        let mut done = BTreeSet::new();
        while let Some(next) = self.open.pop_first() {
            if !done.insert(next.clone()) {
                continue;
            }
            let (section, name) = &next;
            let copy = self.copy(&self.ours["components"][section][name]);
            theirs["components"][section][format!("{COPY}{name}")] = copy;
            self.known.insert(format!("/components/{section}/{COPY}{name}"), next);
        }
    }
}

/// The vendor's side of a parameter or a property with the facts of ours that stay.
pub(super) fn keep<'a>(ours: &Value, theirs: &Value, facts: impl Iterator<Item = Fact<'a>>) -> Option<Value> {
    let mut facts = facts.peekable();
    facts.peek()?;
    let mut kept = match theirs {
        Value::Object(map) if !map.contains_key("$ref") => map.clone(),
        Value::Object(_) => Map::from_iter([("allOf".to_owned(), json!([theirs]))]),
        _ => return None,
    };
    for fact in facts {
        let known = ours.get(fact.fact);
        if known != kept.get(fact.fact) {
            fact.applies();
        }
        match known {
            Some(value) => kept.insert(fact.fact.to_owned(), value.clone()),
            None => kept.remove(fact.fact),
        };
    }
    let is_only_reference = kept.len() == 1 && theirs.get("$ref").is_some() && entries(theirs).count() == 1;
    (!is_only_reference).then_some(Value::Object(kept))
}
