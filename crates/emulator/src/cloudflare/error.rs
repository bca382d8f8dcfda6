//! Errors with the vendor's codes.

use http::StatusCode;
use serde_json::{Map, Value, json};

use crate::quirk::{Quirk, Quirks};
use crate::refusal::Refusal;

/// An invalid token.
pub(super) const INVALID_TOKEN: i64 = 1000;
/// An operation that does not support tokens of accounts.
pub(super) const NOT_FOR_ACCOUNT_TOKENS: i64 = 1001;
/// Invalid headers. The error behind it says which.
pub(super) const INVALID_HEADERS: i64 = 6003;
/// A malformed `X-Auth-Email` header, behind [`INVALID_HEADERS`].
pub(super) const INVALID_EMAIL: i64 = 6102;
/// A malformed `X-Auth-Key` header, behind [`INVALID_HEADERS`].
pub(super) const INVALID_KEY: i64 = 6103;
/// A malformed `Authorization` header, behind [`INVALID_HEADERS`].
pub(super) const INVALID_AUTHORIZATION: i64 = 6111;
/// A method that the path does not have.
pub(super) const METHOD: i64 = 7001;
/// An account that the credentials cannot access.
pub(super) const UNREACHABLE: i64 = 9109;
/// Wrong credentials, or credentials that lack a permission.
pub(super) const AUTHENTICATION: i64 = 10000;

/// The detail of a refusal with its code.
const CODE: &str = "code";
/// The detail of a refusal with the errors behind it.
const CHAIN: &str = "error_chain";
/// The detail of a refusal with the JSON pointer of the mistake in the body.
const POINTER: &str = "pointer";

impl Refusal {
    pub(super) fn code(self, code: i64) -> Self {
        self.detail(CODE, Value::from(code))
    }

    /// Adds the error behind this one.
    pub(super) fn because(self, code: i64, message: &str) -> Self {
        self.detail(CHAIN, json!([{ "code": code, "message": message }]))
    }

    /// Adds where in the body the mistake is, as a JSON pointer.
    pub(super) fn at(self, pointer: impl Into<String>) -> Self {
        self.detail(POINTER, Value::from(pointer.into()))
    }
}

/// Returns the error for an invalid value in the body.
pub(super) fn invalid_at(pointer: &str, message: impl Into<String>) -> Refusal {
    Refusal::invalid(message).at(pointer)
}

/// Returns the code of an error that does not set one. These codes are made up.
fn default_code(status: StatusCode) -> i64 {
    match status.as_u16() {
        400 => 1004,
        404 => 1003,
        405 => METHOD,
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
    if let Some(pointer) = details.get(POINTER) {
        error["source"] = json!({ "pointer": pointer });
    }
    if let Some(chain) = details.get(CHAIN) {
        error[CHAIN] = chain.clone();
    }
    json!({ "success": false, "errors": [error], "messages": [], "result": null })
}

/// Changes a response as the quirks require.
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
