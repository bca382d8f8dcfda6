//! Translates the vendor's way of saying things into ours, as the settings of the API say.
//!
//! Where a part of the vendor's document means a part of ours, a copy of ours takes its place. So both are equal when
//! they are compared, and a new operation that uses it refers to ours.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::import::json::{component, entries, target};
use crate::import::operations::{OperationKey, Plan};
use crate::import::settings::Settings;

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
    let schemas = theirs["components"]["schemas"].as_object_mut();
    for (name, schema) in schemas.into_iter().flatten() {
        if let Some(rule) = settings.components.iter().find(|rule| rule.theirs.matches(name)) {
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
        let responses = theirs["paths"][&vendor.path][vendor.method]["responses"].as_object_mut();
        let Some(responses) = responses else {
            return;
        };
        let known = &self.ours["paths"][&our.path][our.method]["responses"];
        for rule in &settings.responses {
            if responses.remove(&rule.theirs).is_none() {
                continue;
            }
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
pub(super) fn keep<'a>(ours: &Value, theirs: &Value, facts: impl Iterator<Item = &'a str>) -> Option<Value> {
    let mut facts = facts.peekable();
    facts.peek()?;
    let mut kept = match theirs {
        Value::Object(map) if !map.contains_key("$ref") => map.clone(),
        Value::Object(_) => Map::from_iter([("allOf".to_owned(), json!([theirs]))]),
        _ => return None,
    };
    for fact in facts {
        match ours.get(fact) {
            Some(value) => kept.insert(fact.to_owned(), value.clone()),
            None => kept.remove(fact),
        };
    }
    let is_only_reference = kept.len() == 1 && theirs.get("$ref").is_some() && entries(theirs).count() == 1;
    (!is_only_reference).then_some(Value::Object(kept))
}
