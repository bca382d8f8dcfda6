//! The parts of an operation: parameters, request bodies, responses and security schemes. The keywords that have an effect
//! on the wire are kept.

use account_provisioning_codegen::pointer;
use serde_json::{Map, Value, json};

use crate::import::downgrade::Downgrade;
use crate::import::json::{entries, items};

impl<'a> Downgrade<'a> {
    pub(super) fn operation(&mut self, operation: &'a Value, at: &str) -> Value {
        self.check_booleans(operation, at);
        let mut out = pick(operation, &["operationId", "tags", "deprecated", "security", "servers"]);
        if let Some(parameters) = operation.get("parameters") {
            let at = pointer::join(at, "parameters");
            out.insert("parameters".to_owned(), self.parameters(parameters, &at));
        }
        if let Some(body) = operation.get("requestBody") {
            let at = pointer::join(at, "requestBody");
            out.insert("requestBody".to_owned(), self.part("requestBodies", body, &at));
        }
        let at = pointer::join(at, "responses");
        let mut responses = Map::new();
        for (status, response) in entries(&operation["responses"]) {
            if !status.starts_with("x-") {
                let response = self.part("responses", response, &pointer::join(&at, status));
                // OpenAPI writes a class of statuses in capitals (`5XX`). Some documents don't.
                responses.insert(status.replace('x', "X"), response);
            }
        }
        out.insert("responses".to_owned(), Value::Object(responses));
        Value::Object(out)
    }

    /// Converts a value that may be a reference to a component of `section`.
    pub(super) fn part(&mut self, section: &str, value: &'a Value, at: &str) -> Value {
        match value.get("$ref") {
            Some(reference) => self.reference(section, reference, at),
            None => self.convert(section, value, at),
        }
    }

    pub(super) fn parameters(&mut self, parameters: &'a Value, at: &str) -> Value {
        items(parameters)
            .enumerate()
            .map(|(index, parameter)| self.part("parameters", parameter, &pointer::join(at, &index.to_string())))
            .collect()
    }

    /// A parameter or a header.
    pub(super) fn parameter(&mut self, parameter: &'a Value, at: &str) -> Value {
        self.check_booleans(parameter, at);
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
        self.check_booleans(body, at);
        let mut out = pick(body, &["required"]);
        self.content(body, at, &mut out);
        Value::Object(out)
    }

    pub(super) fn response(&mut self, response: &'a Value, at: &str) -> Value {
        let mut out = Map::new();
        let mut headers = Map::new();
        for (name, header) in entries(&response["headers"]) {
            let at = pointer::join_all(at, &["headers", name]);
            headers.insert(name.clone(), self.part("headers", header, &at));
        }
        if !headers.is_empty() {
            out.insert("headers".to_owned(), Value::Object(headers));
        }
        self.content(response, at, &mut out);
        Value::Object(out)
    }

    /// Refuses another value where a boolean belongs: `no` is a string, and reading it as `false` would be a guess.
    fn check_booleans(&mut self, holder: &Value, at: &str) {
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

    /// The security schemes without their descriptions.
    pub(super) fn security_schemes(&mut self) -> Option<Value> {
        let schemes = self.document["components"]["securitySchemes"].as_object()?;
        let mut kept = Map::new();
        for name in schemes.keys() {
            let at = pointer::join_all("", &["components", "securitySchemes", name]);
            let (scheme, at) = self.follow(&schemes[name], at);
            if scheme["type"] == "mutualTLS" {
                self.refuse(
                    at,
                    "security by client certificates (`mutualTLS`) has no counterpart in OpenAPI 3.0",
                    "remove the scheme in a copy of the document",
                );
                continue;
            }
            let mut out = pick(scheme, &["type", "name", "in", "scheme", "openIdConnectUrl"]);
            if let Some(flows) = scheme["flows"].as_object() {
                let flows = flows.iter().map(|(kind, flow)| {
                    let mut kept = pick(flow, &["authorizationUrl", "tokenUrl", "refreshUrl"]);
                    let scopes = entries(&flow["scopes"]).map(|(scope, _)| (scope.clone(), json!("")));
                    kept.insert("scopes".to_owned(), scopes.collect());
                    (kind.clone(), Value::Object(kept))
                });
                out.insert("flows".to_owned(), flows.collect());
            }
            kept.insert(name.clone(), Value::Object(out));
        }
        Some(Value::Object(kept))
    }
}

/// The named keywords that an object has.
fn pick(value: &Value, keys: &[&str]) -> Map<String, Value> {
    let found = keys
        .iter()
        .filter_map(|key| Some(((*key).to_owned(), value.get(key)?.clone())));
    found.collect()
}
