//! Parameters: where they are sent and how they are written.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Preflight;
use crate::operations::Located;
use crate::{names, pointer};

impl<'a> Preflight<'a> {
    pub(super) fn parameters(&mut self, operation: &Located<'a>) {
        let in_path: BTreeSet<&str> = operation
            .path
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split('}').next())
            .collect();
        let mut declared = BTreeSet::new();
        let mut arguments: BTreeMap<String, String> = BTreeMap::new();
        for (parameter, at) in self.parameter_list(operation) {
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
            let argument = names::snake(name);
            let taken = arguments.insert(argument.clone(), name.to_owned());
            if taken.is_some_and(|other| other != name)
                || argument == "body" && operation.value.get("requestBody").is_some()
            {
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

    /// The operation's own parameters and those of its path, with references resolved.
    fn parameter_list(&self, operation: &Located<'_>) -> Vec<(&'a Value, String)> {
        let path_at = pointer::parent(&operation.pointer).unwrap_or_default();
        let mut found = Vec::new();
        for holder in [path_at, &operation.pointer] {
            let at = pointer::join(holder, "parameters");
            let list = self.document.pointer(&at).and_then(Value::as_array);
            for (index, parameter) in list.into_iter().flatten().enumerate() {
                found.push(self.follow(parameter, pointer::join(&at, &index.to_string())));
            }
        }
        found
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
        if parameter.get("schema").is_none() {
            self.refuse(at, format!("parameter `{name}` has no schema"), "declare its type");
        }
        let style = parameter["style"].as_str();
        let (only, explode) = match place {
            "query" => ("form", true),
            "path" | "header" => ("simple", false),
            _ => {
                self.refuse(
                    at,
                    format!("parameter `{name}` is in `{place}`, which is not supported"),
                    "remove it in the overlay",
                );
                return;
            }
        };
        if style.is_some_and(|style| style != only) {
            self.refuse(
                pointer::join(at, "style"),
                format!("parameter `{name}` has style `{}`", style.unwrap_or_default()),
                format!("a {place} parameter has style `{only}`; declare it flat in the overlay"),
            );
        }
        let (schema, _) = self.follow(&parameter["schema"], String::new());
        let kind = schema["type"].as_str().unwrap_or_default();
        if kind == "object" || kind == "array" && place != "query" {
            self.refuse(
                pointer::join(at, "schema"),
                format!("{place} parameter `{name}` is of type {kind}"),
                "declare it as a string, or as flat parameters, in the overlay",
            );
        }
        if kind == "array" && parameter["explode"].as_bool().is_some_and(|value| value != explode) {
            self.refuse(
                pointer::join(at, "explode"),
                format!("parameter `{name}` combines its values in one"),
                "the generated code repeats the key; declare it as a string in the overlay",
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
