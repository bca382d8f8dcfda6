//! Draws replies from a document.

use fastrand::Rng;
use serde_json::{Map, Value, json};

/// Draws replies of one document.
pub(crate) struct Drawer<'a> {
    document: &'a Value,
    random: Rng,
}

impl<'a> Drawer<'a> {
    pub(crate) fn new(document: &'a Value) -> Self {
        Self {
            document,
            random: Rng::with_seed(0),
        }
    }

    pub(crate) fn with_seed(mut self, seed: u64) -> Self {
        self.random = Rng::with_seed(seed);
        self
    }

    /// The schema of an operation's success; `None` if it has no body.
    pub(crate) fn reply(&self, operation: &str) -> Option<&'a Value> {
        let items = self.document["paths"].as_object()?.values();
        let entries = items.filter_map(Value::as_object).flat_map(Map::values);
        let entry = entries.into_iter().find(|entry| entry["operationId"] == operation)?;
        let mut responses = entry["responses"].as_object()?.iter();
        let (_, success) = responses.find(|(status, _)| status.starts_with('2'))?;
        success.pointer("/content/application~1json/schema")
    }

    /// Draws a reply of an operation.
    pub(crate) fn draw(&mut self, operation: &str) -> Value {
        let schema = self.reply(operation).unwrap();
        self.value(schema)
    }

    fn value(&mut self, schema: &'a Value) -> Value {
        if let Some(reference) = schema["$ref"].as_str() {
            let target = self.document.pointer(reference.trim_start_matches('#'));
            return self.value(target.expect("references have targets"));
        }
        if let Some(alternative) = schema.get("x-nullable") {
            return self.or_null(alternative);
        }
        if let Some(parts) = schema["allOf"].as_array() {
            return self.merged(schema, parts);
        }
        if schema["nullable"] == true && self.random.u8(..4) == 0 {
            return Value::Null;
        }
        if let Some(values) = schema["enum"].as_array() {
            return match self.random.u8(..4) {
                0 => json!("a value that nobody has seen yet"),
                _ => values[self.random.usize(..values.len())].clone(),
            };
        }
        match schema["type"].as_str() {
            Some("object") => self.object(schema),
            Some("array") => self.list(schema),
            Some("string") => self.text(schema["format"].as_str().unwrap_or_default()),
            Some("integer") => self.integer(schema["format"].as_str().unwrap_or_default()),
            Some("number") => json!(self.random.f64() * 1e6),
            Some("boolean") => json!(self.random.bool()),
            _ => self.anything(2),
        }
    }

    fn or_null(&mut self, schema: &'a Value) -> Value {
        match self.random.u8(..3) {
            0 => Value::Null,
            _ => self.value(schema),
        }
    }

    /// All parts together. A part that is no object is the whole value.
    fn merged(&mut self, schema: &'a Value, parts: &'a [Value]) -> Value {
        if schema["nullable"] == true && self.random.u8(..4) == 0 {
            return Value::Null;
        }
        let mut fields = Map::new();
        for part in parts {
            match self.value(part) {
                Value::Object(more) => fields.extend(more),
                Value::Null => {}
                other => return other,
            }
        }
        Value::Object(fields)
    }

    fn object(&mut self, schema: &'a Value) -> Value {
        let mut fields = Map::new();
        let required = schema["required"].as_array().map(Vec::as_slice).unwrap_or_default();
        for (name, field) in schema["properties"].as_object().into_iter().flatten() {
            let is_required = required.iter().any(|required| required == name);
            match self.random.u8(..4) {
                _ if is_required => fields.insert(name.clone(), self.value(field)),
                0 => None,
                1 => fields.insert(name.clone(), Value::Null),
                _ => fields.insert(name.clone(), self.value(field)),
            };
        }
        if let more @ Value::Object(_) = &schema["additionalProperties"] {
            for n in 0..self.random.u8(..3) {
                fields.insert(format!("key-{n}"), self.value(more));
            }
        } else if self.random.bool() {
            fields.insert("a field that nobody has seen yet".to_owned(), self.anything(2));
        }
        Value::Object(fields)
    }

    fn list(&mut self, schema: &'a Value) -> Value {
        let count = self.random.usize(..4);
        (0..count).map(|_| self.value(&schema["items"])).collect()
    }

    fn text(&mut self, format: &str) -> Value {
        match format {
            "date-time" => json!(["2026-01-15T12:00:00Z", "2026-01-15T12:00:00.123456+02:00"][self.random.usize(..2)]),
            "date" => json!("2026-01-15"),
            "opaque" => self.anything(2),
            "received-secret-or-number" if self.random.bool() => json!(self.random.u32(..)),
            // Any text without a slash is an id.
            _ => json!(["x", "0a1b2c", "cld::role::any", "Zo\u{eb} \u{1f980}", "100%"][self.random.usize(..5)]),
        }
    }

    fn integer(&mut self, format: &str) -> Value {
        match format {
            "epoch-seconds" => json!(self.random.u32(..)),
            _ => json!(self.random.i32(..)),
        }
    }

    /// Any JSON value, with objects and lists at most this deep.
    fn anything(&mut self, depth: u8) -> Value {
        match self.random.u8(..if depth == 0 { 4 } else { 6 }) {
            0 => Value::Null,
            1 => json!(self.random.bool()),
            2 => json!(self.random.i64(..)),
            3 => json!("text"),
            4 => (0..self.random.u8(..3)).map(|_| self.anything(depth - 1)).collect(),
            _ => json!({ "key": self.anything(depth - 1) }),
        }
    }
}
