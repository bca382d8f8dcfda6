//! Operations: their ids, bodies and responses.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::Preflight;
use crate::normalise::RETRY;
use crate::operations::{self, Located};
use crate::{canonical, names, pointer};

/// The bodies that a generated request can send.
const SENT: [&str; 2] = ["application/json", "application/x-www-form-urlencoded"];

impl<'a> Preflight<'a> {
    pub(super) fn operations(&mut self) {
        let mut by_method: BTreeMap<String, String> = BTreeMap::new();
        if let Some(paths) = self.document["paths"].as_object() {
            for path in canonical::sorted_keys(paths) {
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
                "give it one in the overlay; it becomes the name of the request type",
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
        let empty = Map::new();
        let content = body["content"].as_object().unwrap_or(&empty);
        let media: Vec<&String> = canonical::sorted_keys(content);
        let content_at = pointer::join(&at, "content");
        match media.as_slice() {
            [only] if !SENT.contains(&only.as_str()) => self.refuse(
                pointer::join(&content_at, only),
                format!("a body of type `{only}` is not supported"),
                "declare it as application/json, or remove the operation",
            ),
            [only] if content[*only].get("schema").is_none() => {
                self.refuse(
                    pointer::join(&content_at, only),
                    "the body has no schema",
                    "declare what it contains",
                );
            }
            [_] => {}
            [] => self.refuse(
                content_at,
                "the body has no media type",
                "declare it as application/json",
            ),
            _ => self.refuse(
                content_at,
                format!("several request media types: {}", list(&media)),
                "keep one of them in the overlay",
            ),
        }
        if body["required"] != true {
            self.refuse(
                at,
                "an optional body would always be sent",
                "declare it `required: true`, or remove it",
            );
        }
    }

    fn responses(&mut self, operation: &Located<'a>) {
        let empty = Map::new();
        let responses = operation.value["responses"].as_object().unwrap_or(&empty);
        for status in canonical::sorted_keys(responses)
            .into_iter()
            .filter(|status| status.starts_with('2'))
        {
            let at = pointer::join_all(&operation.pointer, &["responses", status]);
            let (response, at) = self.follow(&responses[status], at);
            let Some(content) = response.get("content").and_then(Value::as_object) else {
                continue;
            };
            let media = canonical::sorted_keys(content);
            let at = pointer::join(&at, "content");
            match media.as_slice() {
                [] => {}
                [only] if *only == "application/json" => {
                    if content[*only].get("schema").is_none() {
                        self.refuse(
                            pointer::join(&at, only),
                            "the response has no schema",
                            "declare what it contains",
                        );
                    }
                }
                [only] => self.refuse(
                    pointer::join(&at, only),
                    format!("a response of type `{only}` is not supported"),
                    "declare it as application/json, or remove the operation",
                ),
                _ => self.refuse(
                    at,
                    format!("several media types in one response: {}", list(&media)),
                    "keep application/json in the overlay",
                ),
            }
        }
    }
}

fn list(names: &[&String]) -> String {
    names
        .iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ")
}
