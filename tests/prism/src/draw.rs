//! Draws the values of a request from a document.

use serde_json::{Map, Value, json};

use crate::case::{Case, Problem, Values};

/// Which fields a request has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// Those that are required.
    Required,
    /// All of them.
    Everything,
}

/// Draws requests from one document.
pub(crate) struct Drawer<'a> {
    /// The document with its overlay.
    pub(crate) document: &'a Value,
    /// The document without it.
    pub(crate) wire: &'a Value,
    pub(crate) extent: Extent,
}

impl<'a> Drawer<'a> {
    /// The values of the fields of a request type.
    pub(crate) fn values(&self, case: &Case) -> Result<Values, Problem> {
        let operation = case.operation;
        let item = &self.document["paths"][operation.path];
        let entry = &item[operation.method.to_ascii_lowercase()];
        if entry.is_null() {
            let place = format!("{} {}", operation.method, operation.path);
            return Err(Problem::Unfit(format!("the document has no {place}")));
        }
        let mut values = Map::new();
        for parameter in [&item["parameters"], &entry["parameters"]].into_iter().flat_map(list) {
            let parameter = self.resolve(parameter);
            let field = field(case, parameter["name"].as_str().unwrap_or_default())?;
            if parameter["required"] == true || self.extent == Extent::Everything {
                let value = self.encoded(case, parameter).unwrap_or_else(|| self.value(&parameter["schema"]));
                values.insert(field, value);
            }
        }
        let body = self.resolve(&entry["requestBody"]);
        if !body.is_null() && (body["required"] == true || self.extent == Extent::Everything) {
            let schema = &body["content"]["application/json"]["schema"];
            values.insert(field(case, "body")?, self.value(schema));
        }
        if self.extent == Extent::Everything
            && let Some(missing) = case.fields.iter().find(|field| !values.contains_key(**field))
        {
            return Err(Problem::Unfit(format!("the document has nothing for the field {missing}")));
        }
        Ok(Values(values))
    }

    /// The value of a parameter that is JSON on the wire: the overlay makes it a text, which the field takes.
    fn encoded(&self, case: &Case, parameter: &Value) -> Option<Value> {
        let entry = &self.wire["paths"][case.operation.path][case.operation.method.to_ascii_lowercase()];
        let found = list(&entry["parameters"]).find(|known| known["name"] == parameter["name"])?;
        let schema = found.pointer("/content/application~1json/schema")?;
        Some(self.value(schema).to_string().into())
    }

    fn value(&self, schema: &'a Value) -> Value {
        let schema = self.resolve(schema);
        if let Some(values) = schema["enum"].as_array() {
            return self.pick(values).cloned().unwrap_or_default();
        }
        if schema["type"] == "string" && schema["oneOf"].is_array() {
            // The forms of a text.
            return text(list(&schema["oneOf"]).next().unwrap_or(schema)).into();
        }
        if let Some(forms) = schema["oneOf"].as_array().or(schema["anyOf"].as_array()) {
            return self.merged(schema, self.pick(forms));
        }
        if schema["allOf"].is_array() {
            return self.merged(schema, list(&schema["allOf"]));
        }
        match schema["type"].as_str() {
            Some("object") => self.object(schema),
            Some("array") => json!([self.value(&schema["items"])]),
            Some("string") => text(schema).into(),
            Some("integer") => schema["minimum"].as_i64().unwrap_or(1).into(),
            Some("number") => schema.get("minimum").cloned().unwrap_or_else(|| json!(1)),
            Some("boolean") => true.into(),
            _ if schema["properties"].is_object() => self.object(schema),
            _ => json!("anything"),
        }
    }

    /// The first of several in the smaller request and the last in the larger, so that both are sent.
    fn pick(&self, of: &'a [Value]) -> Option<&'a Value> {
        match self.extent {
            Extent::Required => of.first(),
            Extent::Everything => of.last(),
        }
    }

    /// An object of all parts, with the fields of the schema itself. A part that is no object is the whole value.
    fn merged(&self, schema: &'a Value, parts: impl IntoIterator<Item = &'a Value>) -> Value {
        let mut fields = self.fields(schema);
        for part in parts {
            match self.value(part) {
                Value::Object(more) => fields.extend(more),
                other => return other,
            }
        }
        fields.into()
    }

    fn object(&self, schema: &'a Value) -> Value {
        let mut fields = self.fields(schema);
        let more = &schema["additionalProperties"];
        let is_free = schema["properties"].is_null() && *more != false;
        if self.extent == Extent::Everything && (more.is_object() || is_free) {
            let value = if more.is_object() { self.value(more) } else { json!("value") };
            fields.insert("key".to_owned(), value);
        }
        fields.into()
    }

    fn fields(&self, schema: &'a Value) -> Map<String, Value> {
        let properties = schema["properties"].as_object().into_iter().flatten();
        let is_sent = |name: &str| list(&schema["required"]).any(|required| required == name);
        properties
            .filter(|(name, _)| self.extent == Extent::Everything || is_sent(name))
            .map(|(name, field)| (name, self.resolve(field)))
            .filter(|(_, field)| field["readOnly"] != true)
            .map(|(name, field)| (name.clone(), self.value(field)))
            .collect()
    }

    fn resolve(&self, value: &'a Value) -> &'a Value {
        let target = value["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
        match target.and_then(|pointer| self.document.pointer(pointer)) {
            Some(target) => self.resolve(target),
            None => value,
        }
    }
}

/// The field of a request type that a parameter becomes: its name in Rust's letters.
fn field(case: &Case, parameter: &str) -> Result<String, Problem> {
    let plain = |name: &str| -> String {
        let letters = name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' });
        letters.collect::<String>().trim_matches('_').to_owned()
    };
    let found = case.fields.iter().find(|field| plain(field) == plain(parameter));
    found
        .map(|field| (*field).to_owned())
        .ok_or_else(|| Problem::Unfit(format!("the request type has no field for {parameter}")))
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(schema: &Value) -> String {
    let text = match schema["format"].as_str() {
        Some("date-time") => "2026-01-15T12:00:00Z",
        Some("date") => "2026-01-15",
        Some("email") => "ann@client.example",
        Some("uuid") => "0f8fad5b-d9cb-469f-a165-70867728950e",
        _ => "text",
    };
    let shortest = schema["minLength"].as_u64().unwrap_or(0).try_into().unwrap_or(0);
    format!("{text:x<shortest$}")
}
