//! The parts of an operation: parameters, bodies, responses. Each keeps the keywords that say something about the wire.

use account_provisioning_codegen::pointer;
use serde_json::{Map, Value, json};

use super::Downgrade;

impl<'a> Downgrade<'a> {
    pub(super) fn operation(&mut self, operation: &'a Value, at: &str) -> Value {
        self.booleans(operation, at);
        let mut out = pick(operation, &["operationId", "tags", "deprecated", "security", "servers"]);
        if let Some(parameters) = operation.get("parameters") {
            let at = pointer::join(at, "parameters");
            out.insert("parameters".to_owned(), self.parameters(parameters, &at));
        }
        if let Some(body) = operation.get("requestBody") {
            let at = pointer::join(at, "requestBody");
            let body = match body.get("$ref") {
                Some(reference) => self.reference("requestBodies", reference, &at),
                None => self.request_body(body, &at),
            };
            out.insert("requestBody".to_owned(), body);
        }
        let at = pointer::join(at, "responses");
        let mut responses = Map::new();
        for (status, response) in operation["responses"].as_object().into_iter().flatten() {
            if status.starts_with("x-") {
                continue;
            }
            let at = pointer::join(&at, status);
            let response = match response.get("$ref") {
                Some(reference) => self.reference("responses", reference, &at),
                None => self.response(response, &at),
            };
            // OpenAPI writes a class of statuses in capitals; documents that do not mean the same.
            responses.insert(status.replace('x', "X"), response);
        }
        out.insert("responses".to_owned(), Value::Object(responses));
        Value::Object(out)
    }

    pub(super) fn parameters(&mut self, parameters: &'a Value, at: &str) -> Value {
        let list = parameters.as_array().into_iter().flatten().enumerate();
        list.map(|(index, parameter)| {
            let at = pointer::join(at, &index.to_string());
            match parameter.get("$ref") {
                Some(reference) => self.reference("parameters", reference, &at),
                None => self.parameter(parameter, &at),
            }
        })
        .collect()
    }

    /// A parameter or a header.
    pub(super) fn parameter(&mut self, parameter: &'a Value, at: &str) -> Value {
        self.booleans(parameter, at);
        let mut out = pick(
            parameter,
            &[
                "name",
                "in",
                "required",
                "deprecated",
                "allowEmptyValue",
                "style",
                "explode",
                "allowReserved",
            ],
        );
        if let Some(schema) = parameter.get("schema") {
            let at = pointer::join(at, "schema");
            out.insert("schema".to_owned(), self.schema(schema, &at));
        }
        self.content(parameter, at, &mut out);
        Value::Object(out)
    }

    pub(super) fn request_body(&mut self, body: &'a Value, at: &str) -> Value {
        self.booleans(body, at);
        let mut out = pick(body, &["required"]);
        self.content(body, at, &mut out);
        Value::Object(out)
    }

    pub(super) fn response(&mut self, response: &'a Value, at: &str) -> Value {
        let mut out = Map::new();
        let mut headers = Map::new();
        for (name, header) in response["headers"].as_object().into_iter().flatten() {
            let at = pointer::join_all(at, &["headers", name]);
            let header = match header.get("$ref") {
                Some(reference) => self.reference("headers", reference, &at),
                None => self.parameter(header, &at),
            };
            headers.insert(name.clone(), header);
        }
        if !headers.is_empty() {
            out.insert("headers".to_owned(), Value::Object(headers));
        }
        self.content(response, at, &mut out);
        Value::Object(out)
    }

    /// Refuses what should be a boolean and is none: `no` is a text, and to take it for `false` would be a guess.
    fn booleans(&mut self, holder: &Value, at: &str) {
        for key in ["required", "deprecated", "allowEmptyValue", "explode", "allowReserved"] {
            if holder.get(key).is_some_and(|value| !value.is_boolean()) {
                self.refuse(
                    pointer::join(at, key),
                    format!("`{key}` is neither `true` nor `false`"),
                    "correct it in a copy of the document",
                );
            }
        }
    }

    fn content(&mut self, holder: &'a Value, at: &str, out: &mut Map<String, Value>) {
        let Some(content) = holder.get("content").and_then(Value::as_object) else {
            return;
        };
        let at = pointer::join(at, "content");
        let mut kept = Map::new();
        for (media, value) in content {
            let at = pointer::join(&at, media);
            let mut entry = pick(value, &["encoding"]);
            if let Some(schema) = value.get("schema") {
                entry.insert("schema".to_owned(), self.schema(schema, &pointer::join(&at, "schema")));
            }
            kept.insert(media.clone(), Value::Object(entry));
        }
        out.insert("content".to_owned(), Value::Object(kept));
    }

    /// The security schemes, without what they say about themselves.
    pub(super) fn security_schemes(&mut self) -> Option<(String, Value)> {
        let schemes = self.document["components"]["securitySchemes"].as_object()?;
        let mut kept = Map::new();
        for name in schemes.keys() {
            let at = pointer::join_all("", &["components", "securitySchemes", name]);
            let (scheme, at) = self.follow(&schemes[name], at);
            if scheme["type"] == "mutualTLS" {
                self.refuse(
                    at,
                    "security by client certificates has no counterpart in OpenAPI 3.0",
                    "leave the scheme out in a copy of the document",
                );
                continue;
            }
            let mut out = pick(scheme, &["type", "name", "in", "scheme", "openIdConnectUrl"]);
            if let Some(flows) = scheme["flows"].as_object() {
                let flows = flows.iter().map(|(kind, flow)| {
                    let mut kept = pick(flow, &["authorizationUrl", "tokenUrl", "refreshUrl"]);
                    let scopes = flow["scopes"].as_object().into_iter().flatten();
                    kept.insert(
                        "scopes".to_owned(),
                        scopes.map(|(scope, _)| (scope.clone(), json!(""))).collect(),
                    );
                    (kind.clone(), Value::Object(kept))
                });
                out.insert("flows".to_owned(), flows.collect());
            }
            kept.insert(name.clone(), Value::Object(out));
        }
        Some(("securitySchemes".to_owned(), Value::Object(kept)))
    }
}

/// The named keywords of an object, as far as it has them.
fn pick(value: &Value, keys: &[&str]) -> Map<String, Value> {
    let found = keys
        .iter()
        .filter_map(|key| Some(((*key).to_owned(), value.get(key)?.clone())));
    found.collect()
}
