//! How the error responses of Cloudspot License look.

use account_provisioning_core::{Dialect, OperationInfo, Refusal, de};
use http::{HeaderMap, StatusCode};
use serde_json::{Map, Value};

/// Reads the service's own `{message, error_code}`, and the errors of Django, the framework under it: a `detail`, or a
/// list of messages per field. The whole body becomes the details of the refusal.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cloudspot;

/// The key of messages that belong to no field.
const NO_FIELD: &str = "non_field_errors";

impl Dialect for Cloudspot {
    fn refusal(&self, status: StatusCode, _: &HeaderMap, body: &[u8]) -> Option<Refusal> {
        if body.iter().all(u8::is_ascii_whitespace) {
            // No source describes the bodies, so an error without one counts as the service's own.
            return (status.is_client_error() || status.is_server_error()).then(Refusal::default);
        }
        let body: Value = de::from_body(body).ok()?;
        let (message, code) = match &body {
            Value::Object(fields) => match fields.get("message").and_then(text) {
                Some(message) => (message, fields.get("error_code")),
                None => match fields.get("detail").and_then(text) {
                    Some(detail) => (detail, fields.get("code")),
                    None => (by_field(fields)?, None),
                },
            },
            other => (text(other)?, None),
        };
        let code = code.and_then(|code| match code {
            Value::String(code) if !code.is_empty() => Some(code.clone()),
            Value::Number(code) => Some(code.to_string()),
            _ => None,
        });
        Some(Refusal::new(Some(message), code.into_iter().collect()).with_details(Some(body)))
    }

    fn refusal_of(
        &self,
        operation: &OperationInfo,
        status: StatusCode,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Option<Refusal> {
        let refusal = self.refusal(status, headers, body)?;
        Some(refusal.with_hint(hint(operation.operation_id, status)))
    }
}

/// Reads a text, or a list of texts, which are joined.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(one) if !one.trim().is_empty() => Some(one.clone()),
        Value::Array(list) => {
            let texts: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
            (!texts.is_empty()).then(|| texts.join(" "))
        }
        _ => None,
    }
}

/// Reads messages by field, such as `{"username": ["This field is required."]}`. Django writes a list for each field, which
/// tells them from the JSON of something else.
fn by_field(fields: &Map<String, Value>) -> Option<String> {
    let mut messages: Vec<String> = fields
        .iter()
        .filter_map(|(field, messages)| {
            let messages = messages.as_array().and_then(|_| text(messages))?;
            Some(match field.as_str() {
                NO_FIELD => messages,
                field => format!("{field}: {messages}"),
            })
        })
        .collect();
    // Sorted, because the order of a map depends on the features of the build.
    messages.sort();
    (!messages.is_empty()).then(|| messages.join("; "))
}

fn hint(operation: &str, status: StatusCode) -> Option<&'static str> {
    match (operation, status.as_u16()) {
        ("authenticate", 401 | 403) => Some("check the user name and the password"),
        ("authenticate", 423 | 429) => {
            Some("the user may be locked out: wait, since a further attempt may count as well")
        }
        ("validateImpersonation", 401) => Some("the token of an impersonation can only be used once: ask for another"),
        (_, 401) => Some("sign in again for a new token"),
        (_, 405) => Some("the token may belong to another application: check the app id"),
        ("getCompanyPermissions", 404) => {
            Some("the user may lack `use_app` for this company, or the company does not exist")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

    use super::*;

    fn refusal(body: &str) -> Option<Refusal> {
        Cloudspot.refusal(StatusCode::BAD_REQUEST, &HeaderMap::new(), body.as_bytes())
    }

    #[test]
    fn refusals_of_the_service_and_of_its_framework_have_their_text() {
        for (body, message, codes) in [
            (r#"{"message":"no"}"#, "no", &[][..]),
            (r#"{"message":"no","error_code":"x"}"#, "no", &["x"]),
            (r#"{"message":"no","error_code":12}"#, "no", &["12"]),
            (r#"{"message":"no","error_code":null,"more":1}"#, "no", &[]),
            (r#"{"detail":"not found"}"#, "not found", &[]),
            (r#"{"detail":["a","b"],"code":"c"}"#, "a b", &["c"]),
            (r#"{"username":["required","short"]}"#, "username: required short", &[]),
            (r#"{"non_field_errors":["unable"]}"#, "unable", &[]),
            (r#"["a"]"#, "a", &[]),
            (r#""a""#, "a", &[]),
        ] {
            let refusal = refusal(body).unwrap();
            assert_eq!(refusal.message.as_deref(), Some(message), "{body}");
            assert_eq!(refusal.codes, codes, "{body}");
            assert!(refusal.details.is_some());
        }
    }

    #[test]
    fn bodies_of_others_are_no_refusal() {
        for body in [
            "<html>",
            r#"{"login":"sso"}"#,
            "{}",
            "[]",
            "12",
            r#"{"message":""}"#,
            r#"{"a":{"b":1}}"#,
        ] {
            assert_eq!(refusal(body), None, "{body}");
        }
    }
}
