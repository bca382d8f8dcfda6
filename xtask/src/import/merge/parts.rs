//! Parameters, request bodies and responses that both documents have.

use serde_json::{Map, Value, json};

use crate::import::json::{component, object, target};
use crate::import::merge::Merger;
use crate::import::merge::flat::resolve;
use crate::import::merge::keywords::{is_all_from_prose, is_kept};
use crate::import::settings::Fact;
use crate::import::translate;

/// Keywords of a parameter rather than of its schema.
const OF_THE_PARAMETER: [&str; 6] = [
    "required",
    "deprecated",
    "style",
    "explode",
    "allowReserved",
    "allowEmptyValue",
];

impl Merger<'_> {
    /// Merges a value that can be a component of `section`.
    pub(super) fn part(&mut self, section: &str, ours: &Value, theirs: &Value, at: &str) -> Value {
        let (theirs, pointer) = resolve(self.documents.theirs, theirs, at);
        match target(ours).and_then(component) {
            Some((of, name)) if of == section => {
                let new = self.component(section, name, theirs, &pointer);
                if new == name {
                    ours.clone()
                } else {
                    Self::refer(section, &new)
                }
            }
            _ => self.merge_value(section, ours, theirs, &pointer),
        }
    }

    /// A parameter or a header.
    pub(super) fn parameter(&mut self, ours: &Value, theirs: &Value, at: &str) -> Value {
        let name = ours["name"].as_str().unwrap_or_default();
        let (own, of_schema): (Vec<Fact<'_>>, Vec<Fact<'_>>) = self
            .settings
            .kept("parameters", name)
            .partition(|fact| OF_THE_PARAMETER.contains(&fact.fact));
        let mut kept = translate::keep(ours, theirs, own.into_iter()).unwrap_or_else(|| theirs.clone());
        if let Some(schema) = translate::keep(&ours["schema"], &theirs["schema"], of_schema.into_iter()) {
            kept["schema"] = schema;
        }
        let theirs = &kept;
        let mut merged = object(ours);
        for key in ["required", "deprecated", "allowReserved", "allowEmptyValue"] {
            self.flag(&mut merged, ours, theirs, key);
        }
        if serialization(ours) != serialization(theirs) {
            for key in ["style", "explode"] {
                match theirs.get(key) {
                    Some(value) => merged.insert(key.to_owned(), value.clone()),
                    None => merged.remove(key),
                };
            }
        }
        match (ours.get("schema"), theirs.get("schema")) {
            (Some(known), Some(schema)) => {
                merged.insert("schema".to_owned(), self.schema(known, schema, &format!("{at}/schema")));
            }
            (None, Some(schema)) => {
                merged.insert("schema".to_owned(), self.adopt(schema));
            }
            (Some(_), None) if theirs.get("content").is_some() => {
                merged.remove("schema");
            }
            _ => {}
        }
        self.content(&mut merged, ours, theirs, at);
        Value::Object(merged)
    }

    pub(super) fn request_body(&mut self, ours: &Value, theirs: &Value, at: &str) -> Value {
        let mut merged = object(ours);
        self.flag(&mut merged, ours, theirs, "required");
        self.content(&mut merged, ours, theirs, at);
        Value::Object(merged)
    }

    pub(super) fn response(&mut self, ours: &Value, theirs: &Value, at: &str) -> Value {
        let mut merged = object(ours);
        self.headers(&mut merged, ours, theirs, at);
        self.content(&mut merged, ours, theirs, at);
        Value::Object(merged)
    }

    /// Merges a boolean whose default is false.
    pub(super) fn flag(&self, merged: &mut Map<String, Value>, ours: &Value, theirs: &Value, key: &str) {
        match (ours[key] == true, theirs[key] == true) {
            (true, false) if !is_kept(ours, ours, key) => {
                merged.remove(key);
            }
            (false, true) => {
                merged.insert(key.to_owned(), json!(true));
            }
            _ => {}
        }
    }

    fn headers(&mut self, merged: &mut Map<String, Value>, ours: &Value, theirs: &Value, at: &str) {
        let (known, new) = (object(&ours["headers"]), object(&theirs["headers"]));
        let mut headers = known.clone();
        for (name, header) in &known {
            match new.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)) {
                Some((other, theirs)) => {
                    let at = format!("{at}/headers/{other}");
                    headers.insert(name.clone(), self.part("headers", header, theirs, &at));
                }
                None if is_kept(header, ours, "headers") => self.keep(header),
                None => {
                    headers.remove(name);
                }
            }
        }
        for (name, header) in new {
            if !known.keys().any(|other| other.eq_ignore_ascii_case(&name)) {
                let (header, _) = resolve(self.documents.theirs, &header, at);
                headers.insert(name, self.adopt_parts(header));
            }
        }
        set_map(merged, "headers", headers);
    }

    fn content(&mut self, merged: &mut Map<String, Value>, ours: &Value, theirs: &Value, at: &str) {
        let (known, new) = (object(&ours["content"]), object(&theirs["content"]));
        let mut content = known.clone();
        for (media_type, entry) in &known {
            match new.iter().find(|(other, _)| essence(other) == essence(media_type)) {
                Some((other, theirs)) => {
                    let at = format!("{at}/content/{other}/schema");
                    let mut merged = object(entry);
                    match (entry.get("schema"), theirs.get("schema")) {
                        (Some(known), Some(schema)) => {
                            merged.insert("schema".to_owned(), self.schema(known, schema, &at));
                        }
                        (None, Some(schema)) => {
                            merged.insert("schema".to_owned(), self.adopt(schema));
                        }
                        (Some(known), None) if is_kept(known, entry, "schema") => self.keep(known),
                        (_, None) => {
                            merged.remove("schema");
                        }
                    }
                    content.insert(media_type.clone(), Value::Object(merged));
                }
                None if is_all_from_prose(entry) || is_kept(ours, ours, "content") => self.keep(entry),
                None => {
                    content.remove(media_type);
                }
            }
        }
        for (media_type, entry) in new {
            if !known.keys().any(|other| essence(other) == essence(&media_type)) {
                content.insert(media_type, self.adopt_media_type(&entry));
            }
        }
        set_map(merged, "content", content);
    }
}

/// Sets a map, or removes it if it is empty. An empty map that is there already stays.
fn set_map(merged: &mut Map<String, Value>, key: &str, value: Map<String, Value>) {
    if !value.is_empty() {
        merged.insert(key.to_owned(), Value::Object(value));
    } else if merged.get(key).is_some_and(|known| *known != json!({})) {
        merged.remove(key);
    }
}

/// A media type without its parameters.
fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// The style of a parameter, and whether lists are exploded, with the defaults of the specification.
fn serialization(parameter: &Value) -> (String, bool) {
    let default = match parameter["in"].as_str() {
        Some("query" | "cookie") => "form",
        _ => "simple",
    };
    let style = parameter["style"].as_str().unwrap_or(default);
    let explode = parameter["explode"].as_bool().unwrap_or(style == "form");
    (style.to_owned(), explode)
}
