//! The error bodies of the permissions API.

use http::StatusCode;
use serde_json::{Map, Value, json};

/// Returns the body. The vendor documents one code, `ACCOUNTS_00006` of the category `user_error`; the others are made
/// up in the same form.
pub(in crate::cloudinary) fn body(status: StatusCode, message: &str, details: &Map<String, Value>) -> Value {
    let category = if status.is_server_error() {
        "system_error"
    } else {
        "user_error"
    };
    json!({ "error": { "category": category, "code": code(status), "message": message, "details": details } })
}

fn code(status: StatusCode) -> &'static str {
    match status.as_u16() {
        401 => "ACCOUNTS_00001",
        403 => "ACCOUNTS_00003",
        404 => "ACCOUNTS_00004",
        409 => "ACCOUNTS_00009",
        420 | 429 => "ACCOUNTS_00020",
        500.. => "ACCOUNTS_00050",
        _ => "ACCOUNTS_00006",
    }
}
