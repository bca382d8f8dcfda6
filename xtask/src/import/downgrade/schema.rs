//! Schemas: from JSON Schema 2020-12 to the Schema Object of OpenAPI 3.0.

use account_provisioning_codegen::pointer;
use serde_json::{Map, Value, json};

use super::Downgrade;
use super::null::{is_null, mentions_null};
use super::refusals::{for_every_property, stands_alone};

/// Keywords that mean the same in both.
const SAME: [&str; 15] = [
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
                self.refuse(at, "this is no schema", "correct it in a copy of the document");
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
            // OpenAPI 3.0 ignores what stands beside a reference.
            return reference.clone();
        }
        self.refuse_lost(map, at);
        let mut out = Map::new();
        for key in SAME {
            if let Some(value) = map.get(key) {
                out.insert(key.to_owned(), value.clone());
            }
        }
        self.inner_schemas(map, at, &mut out);
        bound(map, "minimum", "exclusiveMinimum", &mut out, |exclusive, bound| {
            exclusive >= bound
        });
        bound(map, "maximum", "exclusiveMaximum", &mut out, |exclusive, bound| {
            exclusive <= bound
        });
        content(map, &mut out);
        let nullable = mentions_null(map) && self.accepts_null(schema);
        if let Some(only) = self.alternatives(map, at, &mut out) {
            return only;
        }
        if let Some(nothing_but_null) = self.values(map, at, nullable, &mut out) {
            return nothing_but_null;
        }
        let told = kinds(map, nullable, &mut out);
        if let Some(reference) = reference {
            if out.is_empty() {
                return reference;
            }
            let members = out.entry("allOf").or_insert_with(|| json!([]));
            if let Value::Array(members) = members {
                members.insert(0, reference);
            }
        }
        unwrap_single(&mut out);
        let typed = ["type", "allOf", "anyOf", "oneOf"]
            .iter()
            .any(|key| out.contains_key(*key));
        if nullable && typed && !told {
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
        let array =
            |kind: &Value| kind == "array" || kind.as_array().is_some_and(|kinds| kinds.contains(&json!("array")));
        if map.get("type").is_some_and(array) && !out.contains_key("items") {
            out.insert("items".to_owned(), json!({}));
        }
        if let Some(members) = map.get("allOf").and_then(Value::as_array) {
            let at = pointer::join(at, "allOf");
            let members = members.iter().enumerate();
            let members = members.map(|(index, schema)| self.schema(schema, &pointer::join(&at, &index.to_string())));
            out.insert("allOf".to_owned(), members.collect());
        }
        let others = map
            .get("additionalProperties")
            .map(|schema| (schema, "additionalProperties"));
        let others = others.or_else(|| for_every_property(map).map(|schema| (schema, "patternProperties")));
        let others = others.or_else(|| {
            let schema = map.get("unevaluatedProperties").filter(|_| stands_alone(map))?;
            Some((schema, "unevaluatedProperties"))
        });
        if let Some((schema, key)) = others {
            let schema = match schema {
                Value::Bool(_) => schema.clone(),
                _ => self.schema(schema, &pointer::join(at, key)),
            };
            out.insert("additionalProperties".to_owned(), schema);
        }
        if let Some(discriminator) = map.get("discriminator") {
            let mut kept = json!({ "propertyName": discriminator["propertyName"] });
            for (value, target) in discriminator["mapping"].as_object().into_iter().flatten() {
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

    /// `anyOf` and `oneOf`, without the alternative that is null: 3.0 says that of the whole.
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
                    "null fits more than one of the alternatives, and so none",
                    "name null in one of them, in a copy of the document",
                );
            }
            let mut kept = Vec::new();
            for (index, member) in members.iter().enumerate().filter(|(_, member)| !is_null(member)) {
                kept.push(self.schema(member, &pointer::join(&at, &index.to_string())));
            }
            if kept.is_empty() {
                return Some(nothing_but_null());
            }
            out.insert(key.to_owned(), Value::Array(kept));
        }
        None
    }

    /// `enum` and `const`.
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
                        "`const` is none of the values of `enum`, so no value fits",
                        "correct one of the two in a copy of the document",
                    );
                }
                vec![only.clone()]
            }
        };
        if values.iter().all(Value::is_null) && nullable {
            return Some(nothing_but_null());
        }
        if map.contains_key("type") && !nullable {
            values.retain(|value| !value.is_null());
        }
        if !map.contains_key("type") {
            let mut kinds: Vec<&str> = values.iter().filter_map(kind_of).collect();
            kinds.sort_unstable();
            kinds.dedup();
            if let [kind] = kinds.as_slice() {
                out.insert("type".to_owned(), json!(kind));
            }
        }
        out.insert("enum".to_owned(), Value::Array(values));
        None
    }
}

/// `type`: one name stays; several become alternatives, since 3.0 knows one name alone. No value fits two of them, as
/// number stands for integer too. Says whether null is taken already.
fn kinds(map: &Map<String, Value>, nullable: bool, out: &mut Map<String, Value>) -> bool {
    let names = match map.get("type") {
        Some(Value::Array(names)) => names.clone(),
        Some(name) => vec![name.clone()],
        None => return false,
    };
    let number = names.iter().any(|name| name == "number");
    let mut kept: Vec<Value> = Vec::new();
    for name in names {
        if name != "null" && !(number && name == "integer") && !kept.contains(&name) {
            kept.push(name);
        }
    }
    match kept.as_slice() {
        [] => {
            let only = if nullable {
                nothing_but_null()
            } else {
                json!({ "not": {} })
            };
            *out = into_map(only);
            nullable
        }
        [name] => {
            out.insert("type".to_owned(), name.clone());
            false
        }
        _ => {
            let alternatives: Value = kept.iter().map(|name| json!({ "type": name })).collect();
            if out.contains_key("oneOf") {
                let members = out.entry("allOf").or_insert_with(|| json!([]));
                if let Value::Array(members) = members {
                    let mut member = json!({ "oneOf": alternatives });
                    if nullable {
                        member["nullable"] = json!(true);
                    }
                    members.push(member);
                }
            } else {
                out.insert("oneOf".to_owned(), alternatives);
            }
            false
        }
    }
}

/// The one alternative that is left takes the place of the whole where nothing stands beside it.
fn unwrap_single(out: &mut Map<String, Value>) {
    for key in ["anyOf", "oneOf"] {
        let Some([only]) = out.get(key).and_then(Value::as_array).map(Vec::as_slice) else {
            continue;
        };
        let only = only.clone();
        out.remove(key);
        if out.is_empty() && only.get("$ref").is_none() {
            *out = into_map(only);
        } else {
            let members = out.entry("allOf").or_insert_with(|| json!([]));
            if let Value::Array(members) = members {
                members.push(only);
            }
        }
    }
}

/// A bound: 3.1 has an exclusive number of its own, 3.0 a flag beside the number.
fn bound(
    map: &Map<String, Value>,
    key: &str,
    exclusive: &str,
    out: &mut Map<String, Value>,
    stricter: fn(f64, f64) -> bool,
) {
    let bound = map.get(key);
    if let Some(bound) = bound {
        out.insert(key.to_owned(), bound.clone());
    }
    match map.get(exclusive) {
        Some(Value::Number(limit)) => {
            let beats = bound
                .and_then(Value::as_f64)
                .is_none_or(|bound| stricter(limit.as_f64().unwrap_or(bound), bound));
            if beats {
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

/// Bytes in a text: 3.1 names the encoding, 3.0 a format.
fn content(map: &Map<String, Value>, out: &mut Map<String, Value>) {
    let format = match (map.get("contentEncoding"), map.get("contentMediaType")) {
        (Some(_), _) => "byte",
        (None, Some(media)) if media == "application/octet-stream" => "binary",
        _ => return,
    };
    out.entry("format").or_insert_with(|| json!(format));
}

/// The value null: 3.0 has no type for it.
fn nothing_but_null() -> Value {
    json!({ "type": "string", "nullable": true, "enum": [null] })
}

fn kind_of(value: &Value) -> Option<&'static str> {
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

fn into_map(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
