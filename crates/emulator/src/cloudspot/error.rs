//! The body of this API's errors.

use http::StatusCode;
use serde_json::{Map, Value, json};

use crate::quirk::{Quirk, Quirks};

/// Returns the body: the errors of each field in Django's form, or a message and a code.
pub(super) fn body(status: StatusCode, message: &str, details: &Map<String, Value>) -> Value {
    if let Some(fields) = details.get("fields") {
        return fields.clone();
    }
    let code = details.get("error_code").cloned();
    json!({ "message": message, "error_code": code.unwrap_or_else(|| json!(code_of(status))) })
}

/// Changes an error as the quirks require: to `{detail}`, or to one without its code.
pub(super) fn apply_quirks(quirks: &Quirks, status: &mut StatusCode, body: &mut Option<Value>) {
    let Some(fields) = body.as_mut().and_then(Value::as_object_mut) else {
        return;
    };
    if status.is_success() || !fields.contains_key("message") {
        return;
    }
    if quirks.has(Quirk::ErrorsWithoutErrorCode) {
        fields.remove("error_code");
    }
    if quirks.has(Quirk::DetailErrors) {
        let detail = fields.remove("message");
        *body = Some(json!({ "detail": detail }));
    }
}

/// Returns the code of an error that does not set one.
fn code_of(status: StatusCode) -> &'static str {
    match status.as_u16() {
        400 => "invalid_format",
        401 => "not_authorized",
        404 => "not_found",
        405 => "not_allowed",
        429 => "throttled",
        _ => "error",
    }
}
