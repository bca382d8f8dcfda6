//! New parts of the document: the vendor's structure with our names, and empty descriptions for a person to fill in.

use serde_json::{Map, Value, json};

use crate::import::json::{component, entries, items, object, remove, target, unescape};
use crate::import::merge::flat::resolve;
use crate::import::merge::keywords::is_structural;
use crate::import::merge::{Merger, is_named};
use crate::import::names;

impl Merger<'_> {
    /// A schema.
    pub(super) fn adopt(&mut self, theirs: &Value) -> Value {
        if let Some(pointer) = target(theirs) {
            return self.adopt_reference(pointer);
        }
        let Some(map) = theirs.as_object() else {
            return theirs.clone();
        };
        let keywords = map.iter().filter(|(key, _)| is_structural(key));
        keywords
            .map(|(key, value)| (key.clone(), self.adopt_keyword(key, value)))
            .collect()
    }

    /// A schema with an empty description, unless it is a reference: the component has its own.
    pub(super) fn adopt_described(&mut self, theirs: &Value) -> Value {
        let mut adopted = self.adopt(theirs);
        if adopted.is_object() && adopted.get("$ref").is_none() {
            adopted["description"] = json!("");
        }
        adopted
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
                let mut adopted = value.clone();
                if value["mapping"].is_null() {
                    remove(&mut adopted, "mapping");
                }
                for (name, reference) in entries(&value["mapping"]) {
                    if let Some(pointer) = reference.as_str().and_then(|reference| reference.strip_prefix('#')) {
                        adopted["mapping"][name] = self.adopt_reference(pointer)["$ref"].clone();
                    }
                }
                adopted
            }
            _ => value.clone(),
        }
    }

    /// A reference to a schema: to our component if we have it, and to a new component otherwise.
    fn adopt_reference(&mut self, pointer: &str) -> Value {
        if let Some((section, name)) = self.translated.get(pointer) {
            self.keep(&Self::refer(section, name));
            return Self::refer(section, name);
        }
        let known = self
            .known
            .pairs
            .get(pointer)
            .filter(|(section, name)| section == "schemas" && !self.is_displaced(name, pointer));
        if let Some(ours) = known.map(|(_, name)| name.clone()).or_else(|| self.moved(pointer)) {
            let documents = self.documents;
            let reference = json!({ "$ref": format!("#{pointer}") });
            let (theirs, pointer) = resolve(documents.theirs, &reference, pointer);
            let name = self.component("schemas", &ours, theirs, &pointer);
            return Self::refer("schemas", &name);
        }
        self.adopt_component(pointer)
    }

    /// A reference to a new component.
    fn adopt_component(&mut self, pointer: &str) -> Value {
        if let Some(name) = self.adopted.get(pointer) {
            return Self::refer("schemas", name);
        }
        let vendor = component(pointer).map_or(pointer, |(_, name)| name);
        let name = names::component(&unescape(vendor), &self.taken("schemas"));
        self.adopted.insert(pointer.to_owned(), name.clone());
        let component = ("schemas".to_owned(), name.clone());
        // The name is taken from now on, inside the component itself too.
        self.added.insert(component.clone(), Value::Null);
        let theirs = self.documents.theirs.pointer(pointer).unwrap_or(&Value::Null);
        let value = self.adopt_described(theirs);
        self.added.insert(component, value);
        Self::refer("schemas", &name)
    }

    /// The component of ours that a component of the vendor's is, although they stand in different places: it has the
    /// same name and a similar meaning, or it is the only one with the same meaning that is not used any more.
    fn moved(&self, pointer: &str) -> Option<String> {
        if self.is_first {
            return None;
        }
        let documents = self.documents;
        let theirs = documents.theirs.pointer(pointer)?;
        let same_name = self.our_components("schemas").find(|(name, _)| is_named(pointer, name));
        if let Some((name, _)) = same_name.filter(|(_, ours)| documents.similar(ours, theirs)) {
            return Some(name.clone());
        }
        let mut same = self.our_components("schemas").filter(|(name, ours)| {
            let is_used = self
                .known
                .pairs
                .values()
                .any(|(section, known)| section == "schemas" && known == *name);
            !is_used && documents.is_telling(ours) && documents.same_schema(ours, theirs)
        });
        same.next()
            .filter(|_| same.next().is_none())
            .map(|(name, _)| name.clone())
    }

    /// Whether the vendor's component at `pointer`, which stands where ours refers to `name`, is another thing: the
    /// vendor has the component of that name in another place now.
    pub(super) fn is_displaced(&self, name: &str, pointer: &str) -> bool {
        let documents = self.documents;
        let mut pairs = self.known.pairs.iter();
        !is_named(pointer, name)
            && component(pointer).is_some()
            && pairs.any(|(other, (section, ours))| section == "schemas" && ours == name && is_named(other, name))
            && documents
                .theirs
                .pointer(pointer)
                .is_some_and(|theirs| !documents.similar(&documents.ours["components"]["schemas"][name], theirs))
    }

    /// Section and name of our component for a pointer of the vendor's document.
    pub(super) fn paired(&self, pointer: &str, section: &str) -> Option<(String, String)> {
        let (of, name) = self.known.pairs.get(pointer).filter(|(of, _)| of == section)?;
        Some((of.clone(), self.name(of, name, pointer)))
    }

    /// A parameter or a header. `name` is the name that our path has for it.
    pub(super) fn adopt_parameter(&mut self, theirs: &Value, pointer: &str, name: Option<&str>) -> Value {
        if let Some((section, name)) = self.paired(pointer, "parameters") {
            return Self::refer(&section, &name);
        }
        let documents = self.documents;
        let (theirs, _) = resolve(documents.theirs, theirs, pointer);
        let wanted = name.map_or_else(|| theirs["name"].clone(), Value::from);
        let equal = self.our_components("parameters").find(|(_, ours)| {
            ours["name"] == wanted
                && ours["in"] == theirs["in"]
                && ours["required"] == theirs["required"]
                && documents.same_schema(&ours["schema"], &theirs["schema"])
        });
        if let Some((equal, _)) = equal {
            return Self::refer("parameters", equal);
        }
        let mut new = self.adopt_parts(theirs);
        if let Some(name) = name {
            new["name"] = json!(name);
        }
        new
    }

    /// The responses of an operation.
    pub(super) fn adopt_responses<'v>(
        &mut self,
        responses: impl Iterator<Item = (&'v String, &'v Value)>,
        at: &str,
    ) -> Map<String, Value> {
        let adopted = responses.map(|(status, theirs)| {
            let response = self.adopt_response(theirs, &format!("{at}/responses/{status}"), status);
            (status.clone(), response)
        });
        adopted.collect()
    }

    fn adopt_response(&mut self, theirs: &Value, pointer: &str, status: &str) -> Value {
        let (theirs, pointer) = resolve(self.documents.theirs, theirs, pointer);
        if let Some((section, name)) = self.translated.get(&pointer) {
            self.keep(&Self::refer(section, name));
            return Self::refer(section, name);
        }
        if let Some((section, name)) = self.paired(&pointer, "responses") {
            return Self::refer(&section, &name);
        }
        match self.equal_response(theirs, status) {
            Some(name) => Self::refer("responses", name),
            None => self.adopt_parts(theirs),
        }
    }

    /// A response component of ours that is equal, and that one of our operations uses for this status.
    fn equal_response(&self, theirs: &Value, status: &str) -> Option<&str> {
        let documents = self.documents;
        let operations = entries(&documents.ours["paths"]).flat_map(|(_, item)| entries(item));
        let references = operations.filter_map(|(_, operation)| target(&operation["responses"][status]));
        let mut names = references
            .filter_map(component)
            .filter(|(section, _)| *section == "responses")
            .map(|(_, name)| name);
        names.find(|name| {
            let ours = &documents.ours["components"]["responses"][name];
            ["content", "headers"].iter().all(|key| {
                entries(&ours[key]).count() == entries(&theirs[key]).count()
                    && entries(&theirs[key]).all(|(part, theirs)| {
                        let ours = ours[key].get(part);
                        ours.is_some_and(|ours| documents.same_schema(&ours["schema"], &theirs["schema"]))
                    })
            })
        })
    }

    /// A parameter, a request body or a response, with an empty description.
    pub(super) fn adopt_parts(&mut self, theirs: &Value) -> Value {
        let mut new = Map::new();
        for (key, value) in entries(theirs) {
            let value = match key.as_str() {
                "required" if value == false => continue,
                "schema" => self.adopt(value),
                "content" => entries(value)
                    .map(|(media_type, entry)| (media_type.clone(), self.adopt_media_type(entry)))
                    .collect(),
                "headers" => entries(value)
                    .map(|(name, header)| {
                        let (header, _) = resolve(self.documents.theirs, header, "");
                        (name.clone(), self.adopt_parts(header))
                    })
                    .collect(),
                _ => value.clone(),
            };
            new.insert(key.clone(), value);
        }
        new.insert("description".to_owned(), json!(""));
        Value::Object(new)
    }

    pub(super) fn adopt_media_type(&mut self, theirs: &Value) -> Value {
        let mut entry = object(theirs);
        if let Some(schema) = theirs.get("schema") {
            entry.insert("schema".to_owned(), self.adopt(schema));
        }
        Value::Object(entry)
    }

    /// The tag of ours for a tag of the vendor's, by the operations that have them. Otherwise it is the tag of the operation
    /// that the new one is like, or a new tag.
    pub(super) fn adopt_tag(&self, theirs: &Value, document: &mut Value) -> Value {
        let documents = self.documents;
        for (ours, vendor) in &self.plan.matched {
            let tag = &documents.ours["paths"][&ours.path][ours.method]["tags"][0];
            let mut tags = items(&documents.theirs["paths"][&vendor.path][vendor.method]["tags"]);
            if tag.is_string() && tags.any(|tag| tag == theirs) {
                return tag.clone();
            }
        }
        let is_known = items(&document["tags"]).any(|tag| tag["name"] == *theirs);
        if let (false, Some((path, method))) = (is_known, self.like)
            && let Some(tag) = items(&documents.ours["paths"][path][method]["tags"]).next()
        {
            return tag.clone();
        }
        if !is_known {
            let new = json!({ "name": theirs, "description": "" });
            document["tags"] = items(&document["tags"]).cloned().chain([new]).collect();
        }
        theirs.clone()
    }
}
