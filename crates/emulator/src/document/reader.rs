//! Reads the operations of a document.

use std::ops::RangeInclusive;

use http::StatusCode;
use serde_json::Value;

use super::operation::{Body, Field, Item, Operation, PageSize, QueryParameter, Reply, Shape};
use super::route::segments;
use super::schema::Compiler;
use crate::paging::SIZE_PARAMETERS;

/// Reads the operations of a document. An error contains the JSON pointer of the mistake.
pub(super) fn operations(text: &str) -> Result<Vec<Operation>, String> {
    let document: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let reader = Reader {
        compiler: Compiler::new(&document),
        base: base_path(&document),
        document: &document,
    };
    let paths = document
        .get("paths")
        .and_then(Value::as_object)
        .ok_or("/paths is not an object")?;
    let mut operations = Vec::new();
    for (path, item) in paths {
        let Some(item) = item.as_object() else {
            return Err(format!("/paths/{path} is not an object"));
        };
        let shared = item.get("parameters");
        for (method, operation) in item {
            // A path item has other keys too, such as `parameters`.
            if !["get", "put", "post", "delete", "patch", "head", "options"].contains(&method.as_str()) {
                continue;
            }
            let read = reader
                .operation(path, method, shared, operation)
                .map_err(|reason| format!("/paths/{path}/{method}: {reason}"))?;
            operations.push(read);
        }
    }
    Ok(operations)
}

/// Returns the path of the document's first server, which every operation's path starts with.
fn base_path(document: &Value) -> String {
    let server = document
        .pointer("/servers/0/url")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let after_scheme = server.split_once("://").map_or(server, |(_, rest)| rest);
    after_scheme
        .split_once('/')
        .map_or(String::new(), |(_, path)| format!("/{}", path.trim_end_matches('/')))
        .trim_end_matches('/')
        .to_owned()
}

/// Returns the statuses that a key of `responses` covers: `404`, `4XX` or `default`.
fn statuses(key: &str) -> Option<RangeInclusive<u16>> {
    if key == "default" {
        return Some(100..=599);
    }
    match key.strip_suffix("XX") {
        Some(class) => class.parse::<u16>().ok().map(|class| class * 100..=class * 100 + 99),
        None => key.parse::<u16>().ok().map(|status| status..=status),
    }
}

/// Returns the type of a schema.
fn kind(schema: &Value) -> Option<&str> {
    schema.get("type").and_then(Value::as_str)
}

struct Reader<'a> {
    document: &'a Value,
    compiler: Compiler,
    base: String,
}

impl<'a> Reader<'a> {
    fn operation(
        &self,
        path: &str,
        method: &str,
        shared: Option<&'a Value>,
        operation: &'a Value,
    ) -> Result<Operation, String> {
        let id = operation
            .get("operationId")
            .and_then(Value::as_str)
            .ok_or("has no operationId")?;
        let path = format!("{}{path}", self.base);
        let replies = self.replies(operation)?;
        let success = replies
            .iter()
            .map(|reply| *reply.statuses.start())
            .find(|status| (200..300).contains(status))
            .and_then(|status| StatusCode::from_u16(status).ok())
            .ok_or("has no successful response")?;
        let query = self.query(shared, operation)?;
        let page_size = self.page_size(shared, operation)?;
        Ok(Operation {
            id: id.to_owned(),
            method: method.to_uppercase().parse().map_err(|_| "is not a method")?,
            segments: segments(&path),
            path,
            has_cursor: query.iter().any(|known| known.name == "cursor") || self.has_cursor(operation, success)?,
            query,
            page_size,
            body: self.body(operation)?,
            success,
            replies,
        })
    }

    /// Returns the parameters of the query with their names. The operation's own come last, so they override those of
    /// the path.
    fn query_parameters(
        &self,
        shared: Option<&'a Value>,
        operation: &'a Value,
    ) -> Result<Vec<(&'a str, &'a Value)>, String> {
        let lists = [shared, operation.get("parameters")].into_iter().flatten();
        let mut parameters = Vec::new();
        for parameter in lists.filter_map(Value::as_array).flatten() {
            let parameter = self.resolve(parameter)?;
            if parameter.get("in").and_then(Value::as_str) != Some("query") {
                continue;
            }
            let name = parameter.get("name").and_then(Value::as_str);
            let name = name.ok_or("a parameter has no name")?;
            parameters.retain(|(known, _)| *known != name);
            parameters.push((name, parameter));
        }
        Ok(parameters)
    }

    fn query(&self, shared: Option<&'a Value>, operation: &'a Value) -> Result<Vec<QueryParameter>, String> {
        let parameters = self.query_parameters(shared, operation)?.into_iter();
        let read = parameters.map(|(name, parameter)| {
            // A parameter with `content` instead of a schema is a string that contains JSON.
            let (shape, validator) = match parameter.get("schema") {
                None => (Shape::Text, self.compiler.compile(&serde_json::json!({}))?),
                Some(schema) => (self.shape(schema)?, self.compiler.compile(schema)?),
            };
            Ok(QueryParameter {
                name: name.to_owned(),
                required: parameter.get("required").and_then(Value::as_bool).unwrap_or(false),
                shape,
                validator,
            })
        });
        read.collect()
    }

    fn page_size(&self, shared: Option<&'a Value>, operation: &'a Value) -> Result<PageSize, String> {
        let parameters = self.query_parameters(shared, operation)?;
        let found = parameters.iter().find(|(name, _)| SIZE_PARAMETERS.contains(name));
        let Some(schema) = found.and_then(|(_, parameter)| parameter.get("schema")) else {
            return Ok(PageSize::default());
        };
        let schema = self.resolve(schema)?;
        let number = |key: &str| usize::try_from(schema.get(key)?.as_u64()?).ok();
        Ok(PageSize {
            default: number("default"),
            max: number("maximum"),
        })
    }

    fn shape(&self, schema: &'a Value) -> Result<Shape, String> {
        let schema = self.resolve(schema)?;
        Ok(match kind(schema) {
            Some("boolean") => Shape::Boolean,
            Some("integer") => Shape::Integer,
            Some("number") => Shape::Number,
            Some("array") => {
                let item = schema.get("items").map(|items| self.resolve(items)).transpose()?;
                Shape::List(match item.and_then(kind) {
                    Some("integer") => Item::Integer,
                    _ => Item::Text,
                })
            }
            _ => Shape::Text,
        })
    }

    fn body(&self, operation: &'a Value) -> Result<Option<Body>, String> {
        let Some(body) = operation.get("requestBody") else {
            return Ok(None);
        };
        let body = self.resolve(body)?;
        let schema = body
            .pointer("/content/application~1json/schema")
            .ok_or("the request body is not application/json")?;
        let mut fields = Vec::new();
        self.fields(schema, &mut fields)?;
        Ok(Some(Body {
            required: body.get("required").and_then(Value::as_bool).unwrap_or(false),
            validator: self.compiler.compile(schema)?,
            fields,
        }))
    }

    fn fields(&self, schema: &'a Value, found: &mut Vec<Field>) -> Result<(), String> {
        let schema = self.resolve(schema)?;
        for list in ["allOf", "anyOf", "oneOf"] {
            for part in schema.get(list).and_then(Value::as_array).into_iter().flatten() {
                self.fields(part, found)?;
            }
        }
        for (name, property) in schema
            .get("properties")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            found.push(Field {
                name: name.clone(),
                is_boolean: kind(self.resolve(property)?) == Some("boolean"),
            });
        }
        Ok(())
    }

    fn has_cursor(&self, operation: &'a Value, success: StatusCode) -> Result<bool, String> {
        let Some(response) = operation.pointer(&format!("/responses/{}", success.as_u16())) else {
            return Ok(false);
        };
        let mut fields = Vec::new();
        if let Some(schema) = self.resolve(response)?.pointer("/content/application~1json/schema") {
            self.fields(schema, &mut fields)?;
        }
        Ok(fields.iter().any(|field| field.name == "next_cursor"))
    }

    fn replies(&self, operation: &'a Value) -> Result<Vec<Reply>, String> {
        let responses = operation
            .get("responses")
            .and_then(Value::as_object)
            .ok_or("has no responses")?;
        responses
            .iter()
            .map(|(status, response)| {
                let schema = self.resolve(response)?.pointer("/content/application~1json/schema");
                Ok(Reply {
                    statuses: statuses(status).ok_or_else(|| format!("response {status:?} is not a status"))?,
                    validator: schema.map(|schema| self.compiler.compile(schema)).transpose()?,
                })
            })
            .collect()
    }

    /// Follows `$ref`s to the value.
    fn resolve(&self, mut value: &'a Value) -> Result<&'a Value, String> {
        // A longer chain is a cycle.
        for _ in 0..16 {
            let Some(reference) = value.get("$ref").and_then(Value::as_str) else {
                return Ok(value);
            };
            value = reference
                .strip_prefix('#')
                .and_then(|pointer| self.document.pointer(pointer))
                .ok_or_else(|| format!("{reference} points nowhere"))?;
        }
        Err("a $ref goes in a circle".to_owned())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use serde_json::json;

    use super::*;

    #[test]
    fn operations_of_a_server_with_a_path_begin_with_it() {
        let document = json!({
            "servers": [{ "url": "https://api.example/client/v4/" }],
            "paths": { "/a/{id}": { "get": { "operationId": "a", "responses": { "200": {} } } } }
        });
        assert_eq!(operations(&document.to_string()).unwrap()[0].path, "/client/v4/a/{id}");
    }

    #[test]
    fn replies_of_a_class_and_of_the_rest_are_found_after_their_own_status() {
        let body = |kind: &str| json!({ "content": { "application/json": { "schema": { "type": kind } } } });
        let document = json!({
            "paths": { "/a": { "get": { "operationId": "a", "responses": {
                "200": body("object"), "404": body("string"), "4XX": body("array"), "default": body("boolean"),
            } } } }
        });
        let operation = operations(&document.to_string()).unwrap().remove(0);
        for (status, body) in [(200, json!({})), (404, json!("")), (409, json!([])), (503, json!(true))] {
            let status = StatusCode::from_u16(status).unwrap();
            assert_eq!(operation.reply_violation(status, Some(&body)), None, "{status}");
            assert!(
                operation.reply_violation(status, Some(&json!(4711))).is_some(),
                "{status}"
            );
        }
    }

    #[test]
    fn operations_of_a_document_with_a_dangling_reference_name_the_place() {
        let document = json!({
            "paths": { "/a": { "get": { "operationId": "a", "responses": { "200": { "$ref": "#/nowhere" } } } } }
        });
        let error = operations(&document.to_string()).unwrap_err();
        assert!(
            error.contains("/paths//a/get") && error.contains("#/nowhere"),
            "{error}"
        );
    }
}
