//! How Cloudspot License words its refusals.

use account_provisioning_core::{Dialect, Operation, Refusal};
use http::{HeaderMap, StatusCode};
use serde_json::{Map, Value};

/// Reads the service's own `{message, error_code}`, and what Django answers where the service itself does not: a
/// `detail`, or complaints by field. The whole body is kept as the refusal's details.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cloudspot;

/// Complaints that belong to no field.
const NO_FIELD: &str = "non_field_errors";

impl Dialect for Cloudspot {
    fn refusal(&self, _: StatusCode, _: &HeaderMap, body: &[u8]) -> Option<Refusal> {
        let body: Value = serde_json::from_slice(body).ok()?;
        let (message, code) = match &body {
            Value::Object(fields) => match fields.get("message").and_then(sentence) {
                Some(message) => (message, fields.get("error_code")),
                None => match fields.get("detail").and_then(sentence) {
                    Some(detail) => (detail, fields.get("code")),
                    None => (by_field(fields)?, None),
                },
            },
            other => (sentence(other)?, None),
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
        operation: &'static Operation,
        status: StatusCode,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Option<Refusal> {
        let hint = hint(operation.operation_id, status);
        match self.refusal(status, headers, body) {
            Some(refusal) => Some(refusal.with_hint(hint)),
            // What to do is known of the status, also where a gateway answers.
            None => hint.map(|hint| Refusal::default().with_hint(Some(hint))),
        }
    }
}

/// A sentence, or several in a list.
fn sentence(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Array(list) => {
            let sentences: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
            (!sentences.is_empty()).then(|| sentences.join(" "))
        }
        _ => None,
    }
}

/// Complaints by field, such as `{"username": ["This field is required."]}`.
fn by_field(fields: &Map<String, Value>) -> Option<String> {
    let mut complaints: Vec<String> = fields
        .iter()
        .filter_map(|(field, complaints)| {
            let complaints = sentence(complaints)?;
            Some(match field.as_str() {
                NO_FIELD => complaints,
                field => format!("{field}: {complaints}"),
            })
        })
        .collect();
    // Whether a map keeps the service's order depends on the features of the build.
    complaints.sort();
    (!complaints.is_empty()).then(|| complaints.join("; "))
}

fn hint(operation: &str, status: StatusCode) -> Option<&'static str> {
    match (operation, status.as_u16()) {
        ("authenticate", 401 | 403) => Some("check the user name and the password"),
        ("authenticate", 423 | 429) => {
            Some("the user may be locked out: wait, since a further attempt may count as well")
        }
        ("validateImpersonation", 401) => Some("an impersonation is good once: ask for another"),
        (_, 401) => Some("sign in again for a new token"),
        (_, 405) => Some("the token may belong to another application: check the app id"),
        ("getCompanyPermissions", 404) => Some("the user may lack `use_app` for this company, or there is none"),
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
    fn refusals_of_the_service_and_of_its_framework_have_their_sentence() {
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
        for body in ["", "<html>", "{}", "[]", "12", r#"{"message":""}"#, r#"{"a":{"b":1}}"#] {
            assert_eq!(refusal(body), None, "{body}");
        }
    }
}
