//! Parameters: where they are sent and how they are written.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Preflight;
use crate::operations::Located;
use crate::{names, parameters, pointer};

impl<'a> Preflight<'a> {
    pub(super) fn parameters(&mut self, operation: &Located<'a>) {
        let in_path: BTreeSet<&str> = operation
            .path
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split('}').next())
            .collect();
        let mut declared = BTreeSet::new();
        let list = self.parameter_list(operation);
        let values: Vec<&Value> = list.iter().map(|(parameter, _)| *parameter).collect();
        let fields = parameters::names(&values, operation.value.get("requestBody").is_some());
        for ((parameter, at), field) in list.into_iter().zip(fields) {
            let name = parameter["name"].as_str().unwrap_or_default();
            let place = parameter["in"].as_str().unwrap_or_default();
            self.parameter(parameter, name, place, &at);
            if place == "path" {
                declared.insert(name);
                if !in_path.contains(name) {
                    self.refuse(
                        &at,
                        format!("path parameter `{name}` is not in the path"),
                        "correct the path or the name",
                    );
                }
            }
            if !name.chars().any(char::is_alphanumeric) {
                self.refuse(
                    &at,
                    format!("parameter `{name}` has no letter or digit in its name"),
                    "remove it in the overlay",
                );
            } else if field.is_none() {
                let argument = names::snake(name);
                self.refuse(
                    &at,
                    format!("parameter `{name}` becomes the field `{argument}`, which exists already"),
                    "remove one of them in the overlay",
                );
            }
        }
        for missing in in_path.difference(&declared) {
            self.refuse(
                &operation.pointer,
                format!("the path contains `{{{missing}}}`, which is not a parameter"),
                format!("declare the path parameter `{missing}`"),
            );
        }
    }

    /// The operation's own parameters and those of its path, with references resolved. A parameter of the operation replaces
    /// the one of the path with its name and place.
    pub(super) fn parameter_list(&self, operation: &Located<'_>) -> Vec<(&'a Value, String)> {
        let path_at = pointer::parent(&operation.pointer).unwrap_or_default();
        let mut found: Vec<(&'a Value, String)> = Vec::new();
        for holder in [path_at, &operation.pointer] {
            let at = pointer::join(holder, "parameters");
            let list = self.document.pointer(&at).and_then(Value::as_array);
            for (index, parameter) in list.into_iter().flatten().enumerate() {
                let parameter = self.follow(parameter, pointer::join(&at, &index.to_string()));
                let same = |other: &Value| ["name", "in"].iter().all(|key| other[key] == parameter.0[key]);
                found.retain(|(other, other_at)| other_at.starts_with(&at) || !same(other));
                found.push(parameter);
            }
        }
        found
    }

    /// Whether a schema without a type is one of an object.
    fn is_object(&self, schema: &Value, depth: usize) -> bool {
        let mut parts = schema["allOf"].as_array().into_iter().flatten();
        schema["type"] == "object"
            || schema["properties"].is_object()
            || depth < 8 && parts.any(|part| self.is_object(self.follow(part, String::new()).0, depth + 1))
    }

    fn parameter(&mut self, parameter: &Value, name: &str, place: &str, at: &str) {
        if parameter.get("content").is_some() {
            self.refuse(
                pointer::join(at, "content"),
                format!("parameter `{name}` has `content` instead of a schema"),
                "make it a string in the overlay; the ergonomic crate encodes it",
            );
            return;
        }
        if place == "header" && !is_token(name) {
            self.refuse(
                pointer::join(at, "name"),
                format!("header parameter `{name}` has a name that no header can have"),
                "correct the name, or remove the parameter in the overlay",
            );
        }
        if parameter.get("schema").is_none() {
            self.refuse(at, format!("parameter `{name}` has no schema"), "declare its type");
        }
        let only = match place {
            "query" => "form",
            "path" | "header" => "simple",
            _ => {
                self.refuse(
                    at,
                    format!("parameter `{name}` is in `{place}`, which is not supported"),
                    "remove it in the overlay",
                );
                return;
            }
        };
        let (schema, _) = self.follow(&parameter["schema"], String::new());
        let kind = match schema["type"].as_str() {
            Some(kind) => kind,
            None if self.is_object(schema, 0) => "object",
            None => "",
        };
        let style = parameter["style"].as_str().filter(|style| *style != only);
        let joins = kind == "array" && place == "query" && parameters::separator(parameter).is_ok();
        if let Some(style) = style.filter(|_| !joins) {
            self.refuse(
                pointer::join(at, "style"),
                format!("parameter `{name}` has style `{style}`"),
                format!("a {place} parameter has style `{only}`; declare it flat in the overlay"),
            );
        }
        if kind == "object" {
            self.refuse(
                pointer::join(at, "schema"),
                format!("{place} parameter `{name}` is of type {kind}"),
                "declare it as a string, or as flat parameters, in the overlay",
            );
        }
        let (items, _) = self.follow(&schema["items"], String::new());
        if kind == "array" && matches!(items["type"].as_str(), Some("array" | "object")) {
            self.refuse(
                pointer::join(at, "schema"),
                format!("{place} parameter `{name}` is a list of lists or objects"),
                "declare its items as strings in the overlay",
            );
        }
        if place == "path" && parameter["required"] != true {
            self.refuse(
                at,
                format!("path parameter `{name}` is not required"),
                "declare it `required: true`",
            );
        }
    }
}

/// Whether a text is a token of HTTP, as names of headers have to be (RFC 9110, section 5.6.2).
fn is_token(name: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(is_part)
}
