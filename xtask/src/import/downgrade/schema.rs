//! Schemas: from JSON Schema 2020-12 to the Schema Object of OpenAPI 3.0.

use std::collections::BTreeSet;

use account_provisioning_codegen::pointer;
use serde_json::{Map, Value, json};

use crate::import::downgrade::Downgrade;
use crate::import::downgrade::null::{is_null, mentions_null};
use crate::import::downgrade::refusals::{is_standalone, pattern_for_all};
use crate::import::json::{entries, items, object};
use crate::import::merge::is_structural;

/// Keywords with the same meaning in both.
const UNCHANGED: [&str; 15] = [
    "default",
    "deprecated",
    "format",
    "maxItems",
    "maxLength",
    "maxProperties",
    "minItems",
    "minLength",
    "minProperties",
    "multipleOf",
    "pattern",
    "readOnly",
    "required",
    "uniqueItems",
    "writeOnly",
];

impl<'a> Downgrade<'a> {
    pub(super) fn schema(&mut self, schema: &'a Value, at: &str) -> Value {
        match schema {
            Value::Bool(true) => json!({}),
            Value::Bool(false) => json!({ "not": {} }),
            Value::Object(map) => self.object(schema, map, at),
            _ => {
                self.refuse(at, "this is not a schema", "correct it in a copy of the document");
                json!({})
            }
        }
    }

    fn object(&mut self, schema: &'a Value, map: &'a Map<String, Value>, at: &str) -> Value {
        let reference = map
            .get("$ref")
            .map(|reference| self.reference("schemas", reference, at));
        if let Some(reference) = &reference
            && !self.newer
        {
            // OpenAPI 3.0 ignores the keywords beside a reference.
            for key in map.keys().filter(|key| *key != "$ref" && is_structural(key)) {
                let effect = match key.as_str() {
                    "nullable" => ", so null is not valid here, and a null in a list fails the whole list",
                    _ => "",
                };
                self.remark(
                    pointer::join(at, key),
                    format!("OpenAPI 3.0 ignores `{key}` beside `$ref`{effect}"),
                    "if the service means it, put the reference into `allOf` in a copy of the document",
                );
            }
            return reference.clone();
        }
        self.refuse_unsupported(map, at);
        let mut out = Map::new();
        for key in UNCHANGED {
            if let Some(value) = map.get(key) {
                out.insert(key.to_owned(), value.clone());
            }
        }
        self.inner_schemas(map, at, &mut out);
        bound(map, "minimum", "exclusiveMinimum", &mut out, f64::ge);
        bound(map, "maximum", "exclusiveMaximum", &mut out, f64::le);
        content(map, &mut out);
        let nullable = mentions_null(map) && self.accepts_null(schema);
        if let Some(only_null) = self.alternatives(map, at, &mut out) {
            return only_null;
        }
        if let Some(only_null) = self.values(map, at, nullable, &mut out) {
            return only_null;
        }
        let has_null = types(map, nullable, &mut out);
        if let Some(reference) = reference {
            if out.is_empty() && !nullable {
                return reference;
            }
            if let Value::Array(members) = out.entry("allOf").or_insert_with(|| json!([])) {
                members.insert(0, reference);
            }
        }
        unwrap_single(&mut out);
        let typed = ["type", "allOf", "anyOf", "oneOf"]
            .iter()
            .any(|key| out.contains_key(*key));
        if nullable && typed && !has_null {
            out.insert("nullable".to_owned(), json!(true));
        }
        Value::Object(out)
    }

    fn inner_schemas(&mut self, map: &'a Map<String, Value>, at: &str, out: &mut Map<String, Value>) {
        if let Some(properties) = map.get("properties").and_then(Value::as_object) {
            let at = pointer::join(at, "properties");
            let properties = properties
                .iter()
                .map(|(name, schema)| (name.clone(), self.schema(schema, &pointer::join(&at, name))));
            out.insert("properties".to_owned(), properties.collect());
        }
        for key in ["items", "not"] {
            if let Some(schema) = map.get(key) {
                out.insert(key.to_owned(), self.schema(schema, &pointer::join(at, key)));
            }
        }
        let is_array = |kind: &Value| kind == "array" || items(kind).any(|kind| kind == "array");
        if map.get("type").is_some_and(is_array) && !out.contains_key("items") {
            out.insert("items".to_owned(), json!({}));
        }
        if let Some(members) = map.get("allOf").and_then(Value::as_array) {
            let at = pointer::join(at, "allOf");
            let members = members.iter().enumerate();
            let members = members.map(|(index, schema)| self.schema(schema, &pointer::join(&at, &index.to_string())));
            out.insert("allOf".to_owned(), members.collect());
        }
        let additional = [
            ("additionalProperties", map.get("additionalProperties")),
            ("patternProperties", pattern_for_all(map)),
            (
                "unevaluatedProperties",
                map.get("unevaluatedProperties").filter(|_| is_standalone(map)),
            ),
        ];
        if let Some((key, schema)) = additional.into_iter().find_map(|(key, schema)| Some((key, schema?))) {
            let schema = match schema {
                Value::Bool(_) => schema.clone(),
                _ => self.schema(schema, &pointer::join(at, key)),
            };
            out.insert("additionalProperties".to_owned(), schema);
        }
        if let Some(discriminator) = map.get("discriminator") {
            let mut kept = json!({ "propertyName": discriminator["propertyName"] });
            for (value, target) in entries(&discriminator["mapping"]) {
                let reference = match target.as_str() {
                    Some(name) if !name.contains(['#', '/', '.']) => json!(format!("#/components/schemas/{name}")),
                    _ => target.clone(),
                };
                let at = pointer::join_all(at, &["discriminator", "mapping", value]);
                kept["mapping"][value] = self.reference("schemas", &reference, &at)["$ref"].clone();
            }
            out.insert("discriminator".to_owned(), kept);
        }
    }

    /// Converts `anyOf` and `oneOf` without the alternative that is null, because `nullable` says that about the whole.
    /// Returns the schema for null if no other alternative is left.
    fn alternatives(&mut self, map: &'a Map<String, Value>, at: &str, out: &mut Map<String, Value>) -> Option<Value> {
        for key in ["anyOf", "oneOf"] {
            let Some(members) = map.get(key).and_then(Value::as_array) else {
                continue;
            };
            let at = pointer::join(at, key);
            let nulls = members.iter().filter(|member| is_null(member)).count();
            let others = members
                .iter()
                .filter(|member| !is_null(member) && self.accepts_null(member))
                .count();
            if key == "oneOf" && nulls > 0 && nulls + others > 1 {
                self.refuse(
                    &at,
                    "null matches more than one of the alternatives, so it is not valid",
                    "mention null in only one of them, in a copy of the document",
                );
            }
            let mut kept = Vec::new();
            for (index, member) in members.iter().enumerate().filter(|(_, member)| !is_null(member)) {
                kept.push(self.schema(member, &pointer::join(&at, &index.to_string())));
            }
            if kept.is_empty() {
                return Some(only_null());
            }
            out.insert(key.to_owned(), Value::Array(kept));
        }
        None
    }

    /// Converts `enum` and `const`. Returns the schema for null if no other value is left.
    fn values(
        &mut self,
        map: &Map<String, Value>,
        at: &str,
        nullable: bool,
        out: &mut Map<String, Value>,
    ) -> Option<Value> {
        let listed = map.get("enum").and_then(Value::as_array);
        let mut values = match (map.get("const"), listed) {
            (None, None) => return None,
            (None, Some(values)) => values.clone(),
            (Some(only), values) => {
                if values.is_some_and(|values| !values.contains(only)) {
                    self.refuse(
                        pointer::join(at, "const"),
                        "`const` is not one of the values of `enum`, so no value is valid",
                        "correct one of the two in a copy of the document",
                    );
                }
                vec![only.clone()]
            }
        };
        if values.iter().all(Value::is_null) && nullable {
            return Some(only_null());
        }
        if map.contains_key("type") && !nullable {
            values.retain(|value| !value.is_null());
        }
        if !map.contains_key("type") {
            let types: BTreeSet<&str> = values.iter().filter_map(type_of).collect();
            if types.len() == 1 {
                out.insert("type".to_owned(), json!(types.first()));
            }
        }
        out.insert("enum".to_owned(), Value::Array(values));
        None
    }
}

/// Converts `type`. Several types become alternatives, because OpenAPI 3.0 takes only one; `number` includes `integer`, so
/// a value matches only one of them. Returns whether the result accepts null already.
fn types(map: &Map<String, Value>, nullable: bool, out: &mut Map<String, Value>) -> bool {
    let names = match map.get("type") {
        Some(Value::Array(names)) => names.clone(),
        Some(name) => vec![name.clone()],
        None => return false,
    };
    let has_number = names.iter().any(|name| name == "number");
    let mut kept: Vec<Value> = Vec::new();
    for name in names {
        if name != "null" && !(has_number && name == "integer") && !kept.contains(&name) {
            kept.push(name);
        }
    }
    match kept.as_slice() {
        [] => {
            *out = object(&if nullable { only_null() } else { json!({ "not": {} }) });
            return nullable;
        }
        [name] => {
            out.insert("type".to_owned(), name.clone());
        }
        _ => {
            let alternatives: Value = kept.iter().map(|name| json!({ "type": name })).collect();
            if out.contains_key("oneOf") {
                let mut member = json!({ "oneOf": alternatives });
                if nullable {
                    member["nullable"] = json!(true);
                }
                add_member(out, member);
            } else {
                out.insert("oneOf".to_owned(), alternatives);
            }
        }
    }
    false
}

/// Replaces a choice with a single alternative by that alternative.
fn unwrap_single(out: &mut Map<String, Value>) {
    for key in ["anyOf", "oneOf"] {
        let Some([only]) = out.get(key).and_then(Value::as_array).map(Vec::as_slice) else {
            continue;
        };
        let only = only.clone();
        out.remove(key);
        if out.is_empty() && only.get("$ref").is_none() {
            *out = object(&only);
        } else {
            add_member(out, only);
        }
    }
}

/// Adds a member to `allOf`.
fn add_member(out: &mut Map<String, Value>, member: Value) {
    if let Value::Array(members) = out.entry("allOf").or_insert_with(|| json!([])) {
        members.push(member);
    }
}

/// Converts a bound. An exclusive bound is a number in OpenAPI 3.1, and a flag beside the number in OpenAPI 3.0.
fn bound(
    map: &Map<String, Value>,
    key: &str,
    exclusive: &str,
    out: &mut Map<String, Value>,
    is_stricter: fn(&f64, &f64) -> bool,
) {
    let bound = map.get(key);
    if let Some(bound) = bound {
        out.insert(key.to_owned(), bound.clone());
    }
    match map.get(exclusive) {
        Some(Value::Number(limit)) => {
            let applies = bound
                .and_then(Value::as_f64)
                .is_none_or(|bound| is_stricter(&limit.as_f64().unwrap_or(bound), &bound));
            if applies {
                out.insert(key.to_owned(), Value::Number(limit.clone()));
                out.insert(exclusive.to_owned(), json!(true));
            }
        }
        Some(Value::Bool(true)) if bound.is_some() => {
            out.insert(exclusive.to_owned(), json!(true));
        }
        _ => {}
    }
}

/// Converts the encoding of bytes in a string to a format.
fn content(map: &Map<String, Value>, out: &mut Map<String, Value>) {
    let format = match (map.get("contentEncoding"), map.get("contentMediaType")) {
        (Some(_), _) => "byte",
        (None, Some(media)) if media == "application/octet-stream" => "binary",
        _ => return,
    };
    out.entry("format").or_insert_with(|| json!(format));
}

/// A schema that accepts only null, for which OpenAPI 3.0 has no type.
fn only_null() -> Value {
    json!({ "type": "string", "nullable": true, "enum": [null] })
}

fn type_of(value: &Value) -> Option<&'static str> {
    match value {
        Value::Null => None,
        Value::Bool(_) => Some("boolean"),
        Value::Number(number) if number.is_f64() => Some("number"),
        Value::Number(_) => Some("integer"),
        Value::String(_) => Some("string"),
        Value::Array(_) => Some("array"),
        Value::Object(_) => Some("object"),
    }
}
