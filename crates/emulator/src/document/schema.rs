//! Converts OpenAPI 3.0 schemas to JSON Schema validators.
//!
//! OpenAPI 3.0 schemas are JSON Schema draft 4 with a few differences; only `nullable` matters here.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};

/// Compiles the schemas of one document. Equal schemas are compiled once.
#[derive(Debug)]
pub(crate) struct Compiler {
    /// The document's converted `components`, which `$ref`s point to.
    components: Value,
    /// The compiled schemas, by their text.
    compiled: RefCell<HashMap<String, Arc<Validator>>>,
}

impl Compiler {
    pub(crate) fn new(document: &Value) -> Self {
        let schemas = document.pointer("/components/schemas").cloned().unwrap_or(json!({}));
        Self {
            components: json!({ "schemas": convert_map(schemas) }),
            compiled: RefCell::default(),
        }
    }

    /// Compiles a schema, whose `$ref`s point into the document's components.
    pub(crate) fn compile(&self, schema: &Value) -> Result<Arc<Validator>, String> {
        let text = schema.to_string();
        if let Some(known) = self.compiled.borrow().get(&text) {
            return Ok(Arc::clone(known));
        }
        let mut root = json!({ "allOf": [convert(schema.clone())] });
        // A compilation visits everything it is given, so the components are added only where they are needed.
        if text.contains("\"$ref\"") {
            root["components"] = self.components.clone();
        }
        let validator = jsonschema::options()
            .with_draft(Draft::Draft4)
            .should_validate_formats(true)
            .with_format("date", |text: &str| text.parse::<NaiveDate>().is_ok())
            .build(&root)
            .map_err(|error| error.to_string())?;
        let validator = Arc::new(validator);
        self.compiled.borrow_mut().insert(text, Arc::clone(&validator));
        Ok(validator)
    }
}

/// Lists what is wrong with a value, by field and without repeating the value; `None` when it is valid.
pub(crate) fn violations(validator: &Validator, value: &Value) -> Option<String> {
    // Much faster than collecting what is wrong.
    if validator.is_valid(value) {
        return None;
    }
    let violations: Vec<String> = validator
        .iter_errors(value)
        .take(5)
        .map(|error| {
            let path = error.instance_path().as_str().trim_start_matches('/').replace('/', ".");
            let masked = error.masked().to_string();
            if path.is_empty() {
                masked
            } else {
                format!("{path}: {masked}")
            }
        })
        .collect();
    (!violations.is_empty()).then(|| violations.join("; "))
}

/// What a value lacks, and what is wrong in it.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Mistakes {
    /// The names of the fields that it lacks.
    pub(crate) missing: Vec<String>,
    /// The other fields that are wrong, with their values.
    pub(crate) wrong: Vec<(String, Value)>,
}

/// Lists the fields that a value lacks and that are wrong in it, by their paths.
pub(crate) fn mistakes(validator: &Validator, value: &Value) -> Mistakes {
    let mut mistakes = Mistakes::default();
    for error in validator.iter_errors(value).take(5) {
        let pointer = error.instance_path().as_str();
        let path = pointer.trim_start_matches('/').replace('/', ".");
        if let ValidationErrorKind::Required { property } = error.kind() {
            let name = property.as_str().unwrap_or_default();
            let separator = if path.is_empty() { "" } else { "." };
            mistakes.missing.push(format!("{path}{separator}{name}"));
        } else {
            let given = value.pointer(pointer).cloned().unwrap_or_default();
            let path = if path.is_empty() { "body".to_owned() } else { path };
            mistakes.wrong.push((path, given));
        }
    }
    mistakes
}

fn convert(schema: Value) -> Value {
    let Value::Object(mut schema) = schema else {
        return schema;
    };
    // Keywords beside `$ref` are ignored, both in OpenAPI 3.0 and in draft 4.
    if schema.contains_key("$ref") {
        return Value::Object(schema);
    }
    for list in ["allOf", "anyOf", "oneOf"] {
        if let Some(Value::Array(parts)) = schema.get_mut(list) {
            for part in parts {
                *part = convert(part.take());
            }
        }
    }
    for inner in ["items", "not", "additionalProperties"] {
        if let Some(part) = schema.get_mut(inner) {
            *part = convert(part.take());
        }
    }
    if let Some(properties) = schema.get_mut("properties") {
        *properties = convert_map(properties.take());
    }
    if schema.remove("nullable") == Some(Value::Bool(true)) {
        return json!({ "anyOf": [schema, { "type": "null" }] });
    }
    Value::Object(schema)
}

fn convert_map(schemas: Value) -> Value {
    match schemas {
        Value::Object(map) => Value::Object(
            map.into_iter()
                .map(|(name, schema)| (name, convert(schema)))
                .collect::<Map<_, _>>(),
        ),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    fn violations_of(schema: &Value, value: &Value) -> Option<String> {
        violations(&Compiler::new(&json!({})).compile(schema).unwrap(), value)
    }

    #[test]
    fn compile_of_a_nullable_enum_takes_null_and_no_other_value() {
        let schema = json!({ "type": "string", "enum": ["a"], "nullable": true });
        assert_eq!(violations_of(&schema, &json!(null)), None);
        assert_eq!(violations_of(&schema, &json!("a")), None);
        assert!(violations_of(&schema, &json!("b")).is_some());
    }

    #[test]
    fn compile_of_dates_checks_their_format() {
        let schema = json!({ "type": "string", "format": "date" });
        assert_eq!(violations_of(&schema, &json!("2026-02-28")), None);
        assert!(violations_of(&schema, &json!("2026-02-30")).is_some());
    }

    #[test]
    fn violations_name_the_field_and_keeps_the_value_to_itself() {
        let schema =
            json!({ "type": "object", "properties": { "tags": { "type": "array", "items": { "type": "string" } } } });
        let words = violations_of(&schema, &json!({ "tags": ["a", 4711] })).unwrap();
        assert!(words.starts_with("tags.1: "), "{words}");
        assert!(!words.contains("4711"), "{words}");
    }

    #[test]
    fn mistakes_are_the_fields_that_are_missing_and_those_that_are_wrong() {
        let item = json!({ "type": "object", "properties": { "id": { "type": "string" } }, "required": ["id"] });
        let schema = json!({
            "type": "object",
            "properties": { "name": { "type": "string" }, "items": { "type": "array", "items": item } },
            "required": ["name"],
        });
        let mistakes_of = |value: &Value| mistakes(&Compiler::new(&json!({})).compile(&schema).unwrap(), value);
        let found = mistakes_of(&json!({ "items": [{}, { "id": 7 }] }));
        assert_eq!(
            found.missing.iter().map(String::as_str).collect::<Vec<_>>(),
            ["name", "items.0.id"]
        );
        assert_eq!(found.wrong, [("items.1.id".to_owned(), json!(7))]);
        assert_eq!(mistakes_of(&json!([])).wrong, [("body".to_owned(), json!([]))]);
        assert_eq!(mistakes_of(&json!({ "name": "n" })), Mistakes::default());
    }
}
