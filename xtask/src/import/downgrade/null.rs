//! Whether a schema takes `null`: OpenAPI 3.1 says it in many ways, 3.0 in one.

use serde_json::{Map, Value, json};

use super::Downgrade;

/// How far references are followed; a schema that is nothing but a circle of references means nothing anyway.
const DEPTH: usize = 16;

impl Downgrade<'_> {
    pub(super) fn accepts_null(&self, schema: &Value) -> bool {
        self.accepts(schema, 0)
    }

    fn accepts(&self, schema: &Value, depth: usize) -> bool {
        let map = match schema {
            Value::Bool(any) => return *any,
            Value::Object(map) if depth < DEPTH => map,
            _ => return true,
        };
        let inner = |schema: &Value| self.accepts(schema, depth + 1);
        if let Some(place) = map
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|place| place.strip_prefix('#'))
        {
            let target = self.document.pointer(place).is_none_or(inner);
            if !target || !self.newer {
                return target;
            }
        }
        if !self.newer && map.get("nullable") == Some(&json!(true)) {
            return true;
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

/// Whether a schema says in words of its own that it may be null.
pub(super) fn mentions_null(schema: &Map<String, Value>) -> bool {
    let list = |key: &str| schema.get(key).and_then(Value::as_array).into_iter().flatten();
    schema.get("type").is_some_and(names_null)
        || schema.get("const").is_some_and(Value::is_null)
        || list("enum").any(Value::is_null)
        || list("anyOf").chain(list("oneOf")).any(is_null)
        || schema.get("nullable") == Some(&json!(true))
}

/// Whether a schema takes `null` and nothing else.
pub(super) fn is_null(schema: &Value) -> bool {
    schema["type"] == "null"
        || schema["type"] == json!(["null"])
        || schema.get("const") == Some(&Value::Null)
        || schema["enum"] == json!([null])
}

fn names_null(kind: &Value) -> bool {
    kind == "null"
        || kind
            .as_array()
            .is_some_and(|kinds| kinds.iter().any(|kind| kind == "null"))
}
