//! The parts of an operation that both documents have: parameters, bodies and responses.

use serde_json::{Map, Value, json};

use super::schema::stays;
use super::view::{all_from_prose, place_of, resolve};
use super::{Merger, reach};

impl Merger<'_> {
    /// Merges what may stand in `components` under `section`; `merge` is for what stands inline.
    pub(super) fn part(
        &mut self,
        section: &str,
        ours: &Value,
        theirs: &Value,
        at: &str,
        merge: fn(&mut Self, &Value, &Value, &str) -> Value,
    ) -> Value {
        let (target, place) = resolve(self.sides.theirs, theirs, at);
        match place_of(ours).and_then(reach::component) {
            Some((of, name)) if of == section => {
                let new = self.component(section, name, target, &place);
                if new == name {
                    ours.clone()
                } else {
                    Self::refer(section, &new)
                }
            }
            _ => merge(self, ours, target, &place),
        }
    }

    /// A parameter or a header.
    pub(super) fn parameter(&mut self, ours: &Value, theirs: &Value, at: &str) -> Value {
        let mut merged = ours.as_object().cloned().unwrap_or_default();
        for key in ["required", "deprecated", "allowReserved", "allowEmptyValue"] {
            let (known, new) = (ours[key] == true, theirs[key] == true);
            if known && !new && !stays(ours, ours, key) {
                merged.remove(key);
            } else if new && !known {
                merged.insert(key.to_owned(), json!(true));
            }
        }
        if style(ours) != style(theirs) {
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
        let mut merged = ours.as_object().cloned().unwrap_or_default();
        match (ours["required"] == true, theirs["required"] == true) {
            (true, false) if !stays(ours, ours, "required") => {
                merged.remove("required");
            }
            (false, true) => {
                merged.insert("required".to_owned(), json!(true));
            }
            _ => {}
        }
        self.content(&mut merged, ours, theirs, at);
        Value::Object(merged)
    }

    pub(super) fn response(&mut self, ours: &Value, theirs: &Value, at: &str) -> Value {
        let mut merged = ours.as_object().cloned().unwrap_or_default();
        self.headers(&mut merged, ours, theirs, at);
        self.content(&mut merged, ours, theirs, at);
        Value::Object(merged)
    }

    fn headers(&mut self, merged: &mut Map<String, Value>, ours: &Value, theirs: &Value, at: &str) {
        let none = Map::new();
        let known = ours["headers"].as_object().unwrap_or(&none);
        let new = theirs["headers"].as_object().unwrap_or(&none);
        let mut headers = known.clone();
        for (name, header) in known {
            match new.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)) {
                Some((other, theirs)) => {
                    let at = format!("{at}/headers/{other}");
                    headers.insert(name.clone(), self.part("headers", header, theirs, &at, Self::parameter));
                }
                None if stays(header, ours, "headers") => self.keep(header),
                None => {
                    headers.remove(name);
                }
            }
        }
        for (name, header) in new {
            if !known.keys().any(|other| other.eq_ignore_ascii_case(name)) {
                let (header, _) = resolve(self.sides.theirs, header, at);
                headers.insert(name.clone(), Value::Object(self.adopt_parts(header)));
            }
        }
        put(merged, "headers", headers);
    }

    fn content(&mut self, merged: &mut Map<String, Value>, ours: &Value, theirs: &Value, at: &str) {
        let none = Map::new();
        let known = ours["content"].as_object().unwrap_or(&none);
        let new = theirs["content"].as_object().unwrap_or(&none);
        let mut content = known.clone();
        for (media, entry) in known {
            match new.iter().find(|(other, _)| essence(other) == essence(media)) {
                Some((other, theirs)) => {
                    let at = format!("{at}/content/{other}/schema");
                    let mut merged = entry.clone();
                    match (entry.get("schema"), theirs.get("schema")) {
                        (Some(known), Some(schema)) => merged["schema"] = self.schema(known, schema, &at),
                        (None, Some(schema)) => merged["schema"] = self.adopt(schema),
                        (Some(known), None) if stays(known, entry, "schema") => self.keep(known),
                        (Some(_), None) => {
                            merged.as_object_mut().map(|merged| merged.remove("schema"));
                        }
                        (None, None) => {}
                    }
                    content.insert(media.clone(), merged);
                }
                None if all_from_prose(entry) || stays(ours, ours, "content") => self.keep(entry),
                None => {
                    content.remove(media);
                }
            }
        }
        for (media, entry) in new {
            if !known.keys().any(|other| essence(other) == essence(media)) {
                content.insert(media.clone(), self.adopt_media(entry));
            }
        }
        put(merged, "content", content);
    }
}

fn put(merged: &mut Map<String, Value>, key: &str, value: Map<String, Value>) {
    if !value.is_empty() {
        merged.insert(key.to_owned(), Value::Object(value));
    } else if merged.get(key).is_some_and(|known| *known != json!({})) {
        merged.remove(key);
    }
}

/// A media type without its parameters.
fn essence(media: &str) -> String {
    media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// How a parameter is written: its style, and whether lists are taken apart, with the defaults of the specification.
fn style(parameter: &Value) -> (String, bool) {
    let usual = match parameter["in"].as_str() {
        Some("query" | "cookie") => "form",
        _ => "simple",
    };
    let style = parameter["style"].as_str().unwrap_or(usual);
    let explode = parameter["explode"].as_bool().unwrap_or(style == "form");
    (style.to_owned(), explode)
}
