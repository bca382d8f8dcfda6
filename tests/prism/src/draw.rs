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
#[derive(Debug)]
pub(crate) struct Drawer<'a> {
    /// The document as it is on the wire, which says what values look like.
    pub(crate) wire: &'a Value,
    /// The document with its overlay, which says what the client sends beyond that.
    pub(crate) overlaid: &'a Value,
    pub(crate) extent: Extent,
}

impl<'a> Drawer<'a> {
    /// The values of the fields of a request type.
    pub(crate) fn values(&self, case: &Case) -> Result<Values, Problem> {
        let mut values = Map::new();
        let (wire, overlaid) = (self.entry(self.wire, case)?, self.entry(self.overlaid, case)?);
        for parameter in wire.parameters.iter().chain(&overlaid.parameters) {
            let field = field(case, parameter["name"].as_str().unwrap_or_default())?;
            if !values.contains_key(&field) && self.is_sent(parameter["required"] == true) {
                values.insert(field, self.parameter(parameter));
            }
        }
        if !wire.body.is_null() && self.is_sent(wire.body["required"] == true) {
            values.insert(field(case, "body")?, self.body(wire.body, overlaid.body));
        }
        let missing = case.fields.iter().find(|field| !values.contains_key(**field));
        match missing {
            Some(missing) if self.extent == Extent::Everything => Err(Problem::Unfit(format!(
                "the document has nothing for the field {missing}"
            ))),
            _ => Ok(Values(values)),
        }
    }

    fn entry(&self, document: &'a Value, case: &Case) -> Result<Entry<'a>, Problem> {
        let (method, path) = (case.operation.method, &*case.operation.path);
        let item = &document["paths"][path];
        let entry = &item[method.to_ascii_lowercase()];
        if entry.is_null() {
            return Err(Problem::Unfit(format!("the document has no {method} {path}")));
        }
        let parameters = [&item["parameters"], &entry["parameters"]].into_iter().flat_map(list);
        Ok(Entry {
            parameters: parameters.map(|parameter| self.resolve(parameter)).collect(),
            body: self.resolve(&entry["requestBody"]),
        })
    }

    fn is_sent(&self, is_required: bool) -> bool {
        is_required || self.extent == Extent::Everything
    }

    /// A parameter that is JSON on the wire is a text to the client.
    fn parameter(&self, parameter: &'a Value) -> Value {
        match parameter.pointer("/content/application~1json/schema") {
            Some(json) => self.value(json).to_string().into(),
            None => self.value(&parameter["schema"]),
        }
    }

    /// A body, with the fields that the overlay requires.
    fn body(&self, wire: &'a Value, overlaid: &'a Value) -> Value {
        let schema = |body: &'a Value| &body["content"]["application/json"]["schema"];
        let mut value = self.value(schema(wire));
        let stricter = resolve(self.overlaid, schema(overlaid));
        if let Value::Object(fields) = &mut value {
            for name in list(&stricter["required"]).filter_map(Value::as_str) {
                let field = &stricter["properties"][name];
                fields.entry(name).or_insert_with(|| self.value(field));
            }
        }
        value
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
            let value = if more.is_object() {
                self.value(more)
            } else {
                json!("value")
            };
            fields.insert("key".to_owned(), value);
        }
        fields.into()
    }

    fn fields(&self, schema: &'a Value) -> Map<String, Value> {
        let properties = schema["properties"].as_object().into_iter().flatten();
        let is_required = |name: &str| list(&schema["required"]).any(|required| required == name);
        properties
            .filter(|(name, _)| self.is_sent(is_required(name)))
            .map(|(name, field)| (name, self.resolve(field)))
            .filter(|(_, field)| field["readOnly"] != true)
            .map(|(name, field)| (name.clone(), self.value(field)))
            .collect()
    }

    fn resolve(&self, value: &'a Value) -> &'a Value {
        // The overlay adds components, and changes those that the wire has too.
        match resolve(self.wire, value) {
            same if same.get("$ref").is_some() => resolve(self.overlaid, same),
            found => found,
        }
    }
}

/// Follows a reference within a document; one that leads nowhere stays.
fn resolve<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let target = value["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
    match target.and_then(|pointer| document.pointer(pointer)) {
        Some(target) => resolve(document, target),
        None => value,
    }
}

/// What a request of an operation can have.
struct Entry<'a> {
    parameters: Vec<&'a Value>,
    body: &'a Value,
}

/// The field of a request type that a parameter becomes: its name in Rust's letters.
fn field(case: &Case, parameter: &str) -> Result<String, Problem> {
    let plain = |name: &str| -> String {
        let letters = name.chars().filter(char::is_ascii_alphanumeric);
        letters.map(|letter| letter.to_ascii_lowercase()).collect()
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
