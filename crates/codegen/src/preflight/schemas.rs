//! Schemas that operations use: what typify would give a made-up name, or could not handle at all.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Preflight;
use crate::extensions::READS;
use crate::reads::Reads;
use crate::{canonical, names, operations, pointer, schema};

/// The keywords that apply to one type only, and that type. Beside another type the generator silently drops them, and
/// what they declare.
const OF_ONE_TYPE: [(&str, &str); 4] = [
    ("additionalProperties", "object"),
    ("items", "array"),
    ("properties", "object"),
    ("required", "object"),
];

impl<'a> Preflight<'a> {
    /// Checks every schema that an operation sends or receives; those that only errors use are not generated.
    pub(super) fn schemas(&mut self) {
        let document = self.document;
        let mut roots: Vec<(&'a Value, String)> = Vec::new();
        for operation in operations::all(document) {
            let value = operation.value;
            for holder in [
                pointer::parent(&operation.pointer).unwrap_or_default(),
                &operation.pointer,
            ] {
                let at = pointer::join(holder, "parameters");
                let list = document.pointer(&at).and_then(Value::as_array);
                for (index, parameter) in list.into_iter().flatten().enumerate() {
                    let (parameter, at) = self.follow(parameter, pointer::join(&at, &index.to_string()));
                    roots.extend(
                        parameter
                            .get("schema")
                            .map(|schema| (schema, pointer::join(&at, "schema"))),
                    );
                }
            }
            let mut bodies = Vec::new();
            bodies.extend(
                value
                    .get("requestBody")
                    .map(|body| (body, pointer::join(&operation.pointer, "requestBody"))),
            );
            if let Some(responses) = value["responses"].as_object() {
                for status in operations::successes(responses) {
                    bodies.push((
                        &responses[status],
                        pointer::join_all(&operation.pointer, &["responses", status]),
                    ));
                }
            }
            for (body, at) in bodies {
                let (body, at) = self.follow(body, at);
                if let Some(content) = body["content"].as_object() {
                    for media in canonical::sorted_keys(content) {
                        let at = pointer::join_all(&at, &["content", media, "schema"]);
                        roots.extend(content[media].get("schema").map(|schema| (schema, at)));
                    }
                }
            }
        }
        let mut seen = BTreeSet::new();
        while let Some((root, at)) = roots.pop() {
            if !seen.insert(at.clone()) {
                continue;
            }
            let mut found = Vec::new();
            schema::walk(root, &at, &mut |at, schema| found.push((schema, at.to_owned())));
            if !root.is_object() {
                self.no_object(&at, "schema");
            }
            for (schema, at) in found {
                if schema.get("$ref").is_some() {
                    roots.push(self.follow(schema, at));
                } else {
                    self.schema(schema, &at);
                }
            }
        }
    }

    fn schema(&mut self, schema: &Value, at: &str) {
        if let Some(kind) = schema.get("type")
            && !matches!(
                kind.as_str(),
                Some("string" | "number" | "integer" | "boolean" | "array" | "object")
            )
        {
            self.refuse(
                pointer::join(at, "type"),
                format!("type {kind} is not one of OpenAPI 3.0"),
                "name one type; a value that may be null is `nullable: true`",
            );
        }
        if schema.get("not").is_some() {
            self.refuse(
                pointer::join(at, "not"),
                "`not` cannot be expressed in Rust",
                "remove it in the overlay",
            );
        }
        self.parts(schema, at);
        self.enumeration(schema, at);
        self.of_another_type(schema, at);
        self.properties(schema, at);
    }

    /// Refuses parts that are no schemas, such as a property whose schema was left empty.
    fn parts(&mut self, schema: &Value, at: &str) {
        let mut parts = Vec::new();
        let named = schema["properties"].as_object().into_iter().flatten();
        parts.extend(named.map(|(name, part)| (part, pointer::join_all(at, &["properties", name]))));
        parts.extend(schema.get("items").map(|part| (part, pointer::join(at, "items"))));
        for key in ["allOf", "anyOf", "oneOf"] {
            let members = schema[key].as_array().into_iter().flatten().enumerate();
            parts.extend(members.map(|(index, part)| (part, pointer::join_all(at, &[key, &index.to_string()]))));
        }
        for (_, at) in parts.into_iter().filter(|(part, _)| !part.is_object()) {
            self.no_object(&at, "schema");
        }
    }

    /// Refuses something that has to be an object.
    pub(super) fn no_object(&mut self, at: &str, what: &str) {
        self.refuse(
            at,
            format!("this is not a {what}: it is not an object"),
            format!("write the {what}, or remove it"),
        );
    }

    fn of_another_type(&mut self, schema: &Value, at: &str) {
        let Some(kind) = schema.get("type").and_then(Value::as_str) else {
            return;
        };
        for (keyword, of) in OF_ONE_TYPE {
            if kind != of && schema.get(keyword).is_some() {
                self.refuse(
                    pointer::join(at, keyword),
                    format!("`{keyword}` only applies to type {of}, but the type is {kind}"),
                    format!("remove `{keyword}` in the overlay, or remove the action that sets the type"),
                );
            }
        }
    }

    fn enumeration(&mut self, schema: &Value, at: &str) {
        let Some(values) = schema.get("enum") else {
            return;
        };
        let at = pointer::join(at, "enum");
        let values = values.as_array().map(Vec::as_slice).unwrap_or_default();
        if values.is_empty() {
            self.refuse(
                at,
                "the enumeration has no values",
                "list them, or remove `enum` in the overlay",
            );
        } else if values.iter().all(|value| value.is_string() || value.is_null()) {
            let values: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
            if let Err((one, other, variant)) = names::variants(&values) {
                self.refuse(
                    &at,
                    format!("values `{one}` and `{other}` become the same variant `{variant}`"),
                    "remove one of them in the overlay",
                );
            }
        }
    }

    fn properties(&mut self, schema: &Value, at: &str) {
        let Some(properties) = schema["properties"].as_object() else {
            return;
        };
        let mut fields: BTreeMap<String, &String> = BTreeMap::new();
        for property in canonical::sorted_keys(properties) {
            if !property.chars().any(char::is_alphanumeric) {
                self.refuse(
                    pointer::join_all(at, &["properties", property]),
                    format!("property `{property}` has no letter or digit in its name"),
                    "remove it in the overlay",
                );
            }
            if let Some(other) = fields.insert(names::snake(property), property) {
                self.refuse(
                    pointer::join_all(at, &["properties", property]),
                    format!(
                        "properties `{other}` and `{property}` become the same field `{}`",
                        names::snake(property)
                    ),
                    "remove one of them in the overlay",
                );
            }
        }
        let required: Vec<&str> = schema["required"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        for property in canonical::sorted_keys(properties) {
            let value = &properties[property];
            let suits = |reads: Reads| reads.suits(value, required.contains(&property.as_str()));
            if value.get(READS).is_some() && !Reads::of(value).is_some_and(suits) {
                self.refuse(
                    pointer::join_all(at, &["properties", property, READS]),
                    format!("{READS} is {} on a property that does not allow it", value[READS]),
                    "write `one-or-many` on a list, or `integer-or-text` on an integer that is not required",
                );
            }
        }
    }
}
