//! Refusals with the vendor's codes, and the body of an error.

use http::StatusCode;
use serde_json::{Map, Value, json};

use crate::quirk::{Quirk, Quirks};
use crate::refusal::Refusal;

/// A token that is no (longer) valid.
pub(super) const INVALID_TOKEN: i64 = 1000;
/// An operation that the kind of token is not for.
pub(super) const NOT_FOR_ACCOUNT_TOKENS: i64 = 1001;
/// Headers that make no sense.
pub(super) const INVALID_HEADERS: i64 = 6003;
/// Something that the credentials do not reach.
pub(super) const UNREACHABLE: i64 = 9109;
/// Credentials that are wrong, or that do not permit the operation.
pub(super) const AUTHENTICATION: i64 = 10000;

/// The member of a refusal's details that holds its code.
const CODE: &str = "code";
/// The member of a refusal's details that holds the place of the mistake in the body.
const POINTER: &str = "pointer";

impl Refusal {
    pub(super) fn code(self, code: i64) -> Self {
        self.detail(CODE, Value::from(code))
    }

    /// Says where in the body the mistake is, as a JSON pointer.
    pub(super) fn at(self, pointer: impl Into<String>) -> Self {
        self.detail(POINTER, Value::from(pointer.into()))
    }
}

/// A value in the body that cannot be.
pub(super) fn invalid_at(pointer: &str, message: impl Into<String>) -> Refusal {
    Refusal::invalid(message).at(pointer)
}

/// The code of a status whose refusal has none of its own; made up.
fn default_code(status: StatusCode) -> i64 {
    match status.as_u16() {
        400 => 1004,
        404 => 1003,
        409 => 1005,
        429 => 1015,
        _ => i64::from(status.as_u16()) + 1000,
    }
}

pub(super) fn body(status: StatusCode, message: &str, details: &Map<String, Value>) -> Value {
    let code = details
        .get(CODE)
        .cloned()
        .unwrap_or_else(|| default_code(status).into());
    let mut error = json!({ "code": code, "message": message });
    if let (Some(pointer), Some(fields)) = (details.get(POINTER), error.as_object_mut()) {
        fields.insert("source".to_owned(), json!({ "pointer": pointer }));
    }
    json!({ "success": false, "errors": [error], "messages": [], "result": null })
}

/// Changes a response as the quirks say.
pub(super) fn apply_quirks(quirks: &Quirks, status: &mut StatusCode, body: &mut Option<Value>) {
    let Some(fields) = body.as_mut().and_then(Value::as_object_mut) else {
        return;
    };
    if quirks.has(Quirk::ErrorsWithoutCodes)
        && let Some(errors) = fields.get_mut("errors").and_then(Value::as_array_mut)
    {
        for error in errors.iter_mut().filter_map(Value::as_object_mut) {
            error.remove("code");
        }
    }
    if quirks.has(Quirk::ErrorsWithStatusOk) && !status.is_success() {
        *status = StatusCode::OK;
    }
    if quirks.has(Quirk::NullResults) && status.is_success() {
        fields.insert("result".to_owned(), Value::Null);
    }
}
