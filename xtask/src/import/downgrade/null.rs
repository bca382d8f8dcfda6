//! Whether a schema accepts `null`. OpenAPI 3.1 has several ways to say so, OpenAPI 3.0 has one.

use serde_json::{Map, Value, json};

use crate::import::downgrade::Downgrade;
use crate::import::json::{items, target};

/// How many references are followed. A schema with more is a circle of references.
const MAX_DEPTH: usize = 16;

impl Downgrade<'_> {
    pub(super) fn accepts_null(&self, schema: &Value) -> bool {
        self.accepts_null_at(schema, 0)
    }

    fn accepts_null_at(&self, schema: &Value, depth: usize) -> bool {
        let map = match schema {
            Value::Bool(any) => return *any,
            Value::Object(map) if depth < MAX_DEPTH => map,
            _ => return true,
        };
        if schema["nullable"] == true && (self.newer || target(schema).is_none()) {
            return true;
        }
        let inner = |schema: &Value| self.accepts_null_at(schema, depth + 1);
        if let Some(pointer) = target(schema) {
            let accepted = self.document.pointer(pointer).is_none_or(inner);
            if !accepted || !self.newer {
                return accepted;
            }
        }
        let list = |key: &str| map.get(key).and_then(Value::as_array);
        map.get("type").is_none_or(names_null)
            && map.get("const").is_none_or(Value::is_null)
            && list("enum").is_none_or(|values| values.contains(&Value::Null))
            && list("allOf").is_none_or(|members| members.iter().all(inner))
            && list("anyOf").is_none_or(|members| members.iter().any(inner))
            && list("oneOf").is_none_or(|members| members.iter().filter(|member| inner(member)).count() == 1)
            && map.get("not").is_none_or(|schema| !inner(schema))
    }
}

/// Whether one of the schema's own keywords mentions null.
pub(super) fn mentions_null(schema: &Map<String, Value>) -> bool {
    let list = |key: &str| schema.get(key).into_iter().flat_map(items);
    schema.get("type").is_some_and(names_null)
        || schema.get("const").is_some_and(Value::is_null)
        || list("enum").any(Value::is_null)
        || list("anyOf").chain(list("oneOf")).any(is_null)
        || schema.get("nullable") == Some(&json!(true))
}

/// Whether a schema accepts null and no other value.
pub(super) fn is_null(schema: &Value) -> bool {
    schema["type"] == "null"
        || schema["type"] == json!(["null"])
        || schema.get("const") == Some(&Value::Null)
        || schema["enum"] == json!([null])
}

fn names_null(kind: &Value) -> bool {
    kind == "null" || items(kind).any(|kind| kind == "null")
}
