//! What is new: the vendor's structure with our names, and empty descriptions for a person to fill.

use serde_json::{Map, Value, json};

use super::view::{place_of, resolve, structural};
use super::{Merger, names, reach};

impl Merger<'_> {
    /// A schema.
    pub(super) fn adopt(&mut self, theirs: &Value) -> Value {
        if let Some(place) = place_of(theirs) {
            return self.adopt_reference(place);
        }
        let Some(map) = theirs.as_object() else {
            return theirs.clone();
        };
        let keywords = map.iter().filter(|(key, _)| structural(key));
        keywords
            .map(|(key, value)| (key.clone(), self.adopt_keyword(key, value)))
            .collect()
    }

    /// A schema with a description to fill, unless it is a reference: the component has its own.
    pub(super) fn adopt_described(&mut self, theirs: &Value) -> Value {
        described(self.adopt(theirs))
    }

    pub(super) fn adopt_keyword(&mut self, key: &str, value: &Value) -> Value {
        match (key, value) {
            ("properties", Value::Object(properties)) => properties
                .iter()
                .map(|(name, schema)| (name.clone(), self.adopt_described(schema)))
                .collect(),
            ("items" | "not" | "additionalProperties", _) => self.adopt(value),
            ("allOf" | "anyOf" | "oneOf", Value::Array(members)) => {
                members.iter().map(|schema| self.adopt(schema)).collect()
            }
            ("discriminator", _) => {
                let mut kept = value.clone();
                for (_, target) in kept["mapping"].as_object_mut().into_iter().flatten() {
                    if let Some(place) = target.as_str().and_then(|target| target.strip_prefix('#')) {
                        *target = self.adopt_reference(place)["$ref"].clone();
                    }
                }
                if kept["mapping"].is_null() {
                    kept.as_object_mut().map(|kept| kept.remove("mapping"));
                }
                kept
            }
            _ => value.clone(),
        }
    }

    /// A reference to a schema: to our component where ours has it, otherwise to a new one.
    fn adopt_reference(&mut self, place: &str) -> Value {
        if let Some((section, name)) = self.paired(place, "schemas") {
            return Self::refer(&section, &name);
        }
        if let Some(name) = self.adopted.get(place) {
            return Self::refer("schemas", name);
        }
        let vendor = reach::component(place).map_or(place, |(_, name)| name);
        let vendor = vendor.replace("~1", "/").replace("~0", "~");
        let name = names::component(&vendor, &self.taken("schemas"));
        self.adopted.insert(place.to_owned(), name.clone());
        let component = ("schemas".to_owned(), name.clone());
        // The name is taken from here on, also inside the component itself.
        self.added.insert(component.clone(), Value::Null);
        let theirs = self.sides.theirs.pointer(place).cloned().unwrap_or_default();
        let value = self.adopt_described(&theirs);
        self.added.insert(component, value);
        Self::refer("schemas", &name)
    }

    /// Our component, by its name there, for what stands at a place of the vendor's document.
    pub(super) fn paired(&self, place: &str, section: &str) -> Option<(String, String)> {
        let (of, name) = self.known.pairs.get(place).filter(|(of, _)| of == section)?;
        Some((of.clone(), self.name(of, name, place)))
    }

    /// A parameter or header; `name` is what a path calls it here.
    pub(super) fn adopt_parameter(&mut self, theirs: &Value, place: &str, name: Option<&str>) -> Value {
        if let Some((section, name)) = self.paired(place, "parameters") {
            return Self::refer(&section, &name);
        }
        let sides = self.sides;
        let (theirs, _) = resolve(sides.theirs, theirs, place);
        let wanted = name.map_or_else(|| theirs["name"].clone(), Value::from);
        let mut known = sides.ours["components"]["parameters"].as_object().into_iter().flatten();
        let twin = known.find(|(_, known)| {
            known["name"] == wanted
                && known["in"] == theirs["in"]
                && known["required"] == theirs["required"]
                && sides.same(&known["schema"], &theirs["schema"])
        });
        if let Some((twin, _)) = twin {
            return Self::refer("parameters", twin);
        }
        let mut new = self.adopt_parts(theirs);
        if let Some(name) = name {
            new.insert("name".to_owned(), json!(name));
        }
        Value::Object(new)
    }

    pub(super) fn adopt_response(&mut self, theirs: &Value, place: &str, status: &str) -> Value {
        let (theirs, place) = resolve(self.sides.theirs, theirs, place);
        if let Some((section, name)) = self.paired(&place, "responses") {
            return Self::refer(&section, &name);
        }
        match self.twin_of_response(theirs, status) {
            Some(twin) => Self::refer("responses", &twin),
            None => Value::Object(self.adopt_parts(theirs)),
        }
    }

    /// A response component that some operation of ours has for this status and that says the same.
    fn twin_of_response(&self, theirs: &Value, status: &str) -> Option<String> {
        let sides = self.sides;
        for (_, item) in sides.ours["paths"].as_object()? {
            for (_, operation) in item.as_object()? {
                let place = place_of(&operation["responses"][status]).unwrap_or_default();
                if let Some(("responses", name)) = reach::component(place) {
                    let ours = &sides.ours["components"]["responses"][name];
                    let same = |key: &str| {
                        let (ours, theirs) = (ours[key].as_object(), theirs[key].as_object());
                        ours.map_or(0, Map::len) == theirs.map_or(0, Map::len)
                            && theirs.into_iter().flatten().all(|(part, theirs)| {
                                ours.and_then(|ours| ours.get(part))
                                    .is_some_and(|ours| sides.same(&ours["schema"], &theirs["schema"]))
                            })
                    };
                    if same("content") && same("headers") {
                        return Some(name.to_owned());
                    }
                }
            }
        }
        None
    }

    /// A parameter, a body or a response, with what is inside.
    pub(super) fn adopt_parts(&mut self, theirs: &Value) -> Map<String, Value> {
        let mut new = Map::new();
        for (key, value) in theirs.as_object().into_iter().flatten() {
            let value = match key.as_str() {
                "required" if value == false => continue,
                "schema" => self.adopt(value),
                "content" => {
                    let entries = value.as_object().into_iter().flatten();
                    entries
                        .map(|(media, entry)| (media.clone(), self.adopt_media(entry)))
                        .collect()
                }
                "headers" => {
                    let mut headers = Map::new();
                    for (name, header) in value.as_object().into_iter().flatten() {
                        let (header, _) = resolve(self.sides.theirs, header, "");
                        headers.insert(name.clone(), Value::Object(self.adopt_parts(header)));
                    }
                    Value::Object(headers)
                }
                _ => value.clone(),
            };
            new.insert(key.clone(), value);
        }
        new.insert("description".to_owned(), json!(""));
        new
    }

    pub(super) fn adopt_media(&mut self, theirs: &Value) -> Value {
        let mut entry = theirs.as_object().cloned().unwrap_or_default();
        if let Some(schema) = entry.get("schema").cloned() {
            entry.insert("schema".to_owned(), self.adopt(&schema));
        }
        Value::Object(entry)
    }
}

/// Adds a description to fill to what has none and is more than a reference.
fn described(mut value: Value) -> Value {
    if let Some(map) = value.as_object_mut()
        && !map.contains_key("$ref")
    {
        map.insert("description".to_owned(), json!(""));
    }
    value
}
