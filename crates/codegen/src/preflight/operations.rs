//! Operations: their ids, bodies and responses.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::Preflight;
use crate::extensions::RETRY;
use crate::media::{self, FORM};
use crate::operations::{self, Located};
use crate::{canonical, names, pointer};

impl<'a> Preflight<'a> {
    pub(super) fn operations(&mut self) {
        let mut by_method: BTreeMap<String, String> = BTreeMap::new();
        if let Some(paths) = self.document["paths"].as_object() {
            for path in canonical::sorted_keys(paths) {
                if !paths[path].is_object() {
                    self.no_object(&pointer::join_all("", &["paths", path]), "path item");
                }
                if paths[path].get("$ref").is_some() {
                    self.refuse(
                        pointer::join_all("", &["paths", path]),
                        "a path item by reference is not supported",
                        "replace the reference with the path item",
                    );
                }
            }
        }
        for operation in operations::all(self.document) {
            self.id(&operation, &mut by_method);
            self.retry(&operation);
            self.parameters(&operation);
            self.body(&operation);
            self.responses(&operation);
        }
    }

    fn id(&mut self, operation: &Located<'a>, by_method: &mut BTreeMap<String, String>) {
        let id = operation.id();
        if id.is_empty() {
            self.refuse(
                &operation.pointer,
                "the operation has no operationId",
                format!(
                    "give it one in the overlay, such as `{}`; it becomes the name of the request type",
                    names::operation(operation.method, operation.path)
                ),
            );
            return;
        }
        if let Some(other) = by_method.insert(names::snake(id), id.to_owned()) {
            let message = if other == id {
                format!("operationId `{id}` is used twice")
            } else {
                format!(
                    "operationIds `{other}` and `{id}` become the same name `{}`",
                    names::snake(id)
                )
            };
            self.refuse(
                pointer::join(&operation.pointer, "operationId"),
                message,
                "rename one of them in the overlay",
            );
        }
    }

    fn retry(&mut self, operation: &Located<'a>) {
        if let Some(class) = operation.value.get(RETRY)
            && !matches!(class.as_str(), Some("safe" | "idempotent" | "never"))
        {
            self.refuse(
                pointer::join(&operation.pointer, RETRY),
                format!("{RETRY} is {class}"),
                "write `safe`, `idempotent` or `never`, or remove it",
            );
        }
    }

    fn body(&mut self, operation: &Located<'a>) {
        let Some(body) = operation.value.get("requestBody") else {
            return;
        };
        let (body, at) = self.follow(body, pointer::join(&operation.pointer, "requestBody"));
        let Some(content) = body["content"].as_object() else {
            return self.no_json(&Map::new(), pointer::join(&at, "content"), "body");
        };
        let content_at = pointer::join(&at, "content");
        match media::sent(content) {
            Some(chosen) if content[chosen].get("schema").is_none() => self.refuse(
                pointer::join(&content_at, chosen),
                "the body has no schema",
                "declare what it contains",
            ),
            Some(chosen) if media::essence(chosen) == FORM => {
                self.form(&content[chosen]["schema"], &pointer::join(&content_at, chosen));
            }
            Some(_) => {}
            None => self.no_json(content, content_at, "body"),
        }
    }

    /// A body that is neither JSON nor anything else that is supported.
    fn no_json(&mut self, content: &Map<String, Value>, at: String, holder: &str) {
        match canonical::sorted_keys(content).as_slice() {
            [] => self.refuse(
                at,
                format!("the {holder} has no media type"),
                "declare it as application/json",
            ),
            [first, rest @ ..] => {
                let others = if rest.is_empty() {
                    ""
                } else {
                    ", and none of the others is JSON"
                };
                self.refuse(
                    pointer::join(&at, first),
                    format!("a {holder} of type `{first}` is not supported{others}"),
                    "declare it as application/json, or remove the operation",
                );
            }
        }
    }

    /// A form is a list of names and values: it cannot contain objects or lists.
    fn form(&mut self, schema: &'a Value, at: &str) {
        let (schema, at) = self.follow(schema, pointer::join(at, "schema"));
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            let at = pointer::join_all(&at, &["properties", name]);
            let (property, _) = self.follow(property, String::new());
            if matches!(property["type"].as_str(), Some("array" | "object")) || property.get("properties").is_some() {
                self.refuse(
                    at,
                    format!("field `{name}` of a form is a list or an object"),
                    "declare the body as application/json, or the field as a string, in the overlay",
                );
            }
        }
    }

    fn responses(&mut self, operation: &Located<'a>) {
        let empty = Map::new();
        let responses = operation.value["responses"].as_object().unwrap_or(&empty);
        for status in operations::successes(responses) {
            let at = pointer::join_all(&operation.pointer, &["responses", status]);
            let (response, at) = self.follow(&responses[status], at);
            if !response.is_object() {
                self.no_object(&at, "response");
            }
            let Some(content) = response.get("content").and_then(Value::as_object) else {
                continue;
            };
            let at = pointer::join(&at, "content");
            match media::read(content) {
                _ if content.is_empty() => {}
                Some(chosen) if content[chosen].get("schema").is_none() => self.refuse(
                    pointer::join(&at, chosen),
                    "the response has no schema",
                    "declare what it contains",
                ),
                Some(_) => {}
                None => self.no_json(content, at, "response"),
            }
        }
    }
}
