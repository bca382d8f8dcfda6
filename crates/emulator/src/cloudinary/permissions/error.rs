//! The error bodies of the permissions API.
//!
//! The codes, categories and messages are those that the vendor shows, except for the rate limit, for which it shows none.

use http::StatusCode;
use serde_json::{Map, Value, json};

use super::cedar::Complaint;
use crate::refusal::{MISSING, NAMED, Refusal};

/// The code for a statement that Cedar refuses.
pub(super) const REFUSED_STATEMENT: &str = "ACCOUNTS_00002";

/// The detail that contains what Cedar says.
const CEDAR_ERRORS: &str = "cedar_errors";
/// The detail that says that a name is taken in one scope, and not everywhere.
const IN_SCOPE: &str = "in_scope";

/// Refuses a statement for what Cedar says about it.
pub(super) fn refused_statement(statement: &str, complaints: &[Complaint]) -> Refusal {
    let messages: Vec<&str> = complaints.iter().map(|one| one.cedar_message.as_str()).collect();
    let errors: Value = messages
        .iter()
        .map(|message| json!({ "cedar_message": message }))
        .collect();
    Refusal::invalid(format!("policy_statement is not valid: {}", messages.join("; ")))
        .named("policy_statement", statement)
        .named(CEDAR_ERRORS, errors)
        .detail(CEDAR_ERRORS, Value::Bool(true))
}

/// Refuses a name that something in the same scope has.
pub(super) fn taken_in_scope(name: &str, message: String) -> Refusal {
    Refusal::conflict(message)
        .named("name", name)
        .detail(IN_SCOPE, Value::Bool(true))
}

/// Returns the body. Its message is one of the vendor's; the log has the emulator's own, which says more.
pub(in crate::cloudinary) fn body(status: StatusCode, details: &Map<String, Value>) -> Value {
    let missing = details.get(MISSING);
    let (category, code, message) = match status.as_u16() {
        401 => ("user_error", "ACCOUNTS_00006", "invalid credentials"),
        403 => ("user_error", "ACCOUNTS_00006", "not allowed"),
        404 => ("server_error", "ACCOUNTS_00003", "not found"),
        409 if details.contains_key(IN_SCOPE) => ("user_error", "ACCOUNTS_00006", "already exists for the scope"),
        409 => ("user_error", "ACCOUNTS_00006", "already exists"),
        // Made up.
        420 | 429 => ("user_error", "ACCOUNTS_00020", "too many requests"),
        500.. => ("server_error", "ACCOUNTS_00001", "something went wrong"),
        _ if details.contains_key(CEDAR_ERRORS) => ("user_error", REFUSED_STATEMENT, "invalid request"),
        _ if missing.is_some() => ("user_error", "ACCOUNTS_00005", "missing fields"),
        _ => ("user_error", "ACCOUNTS_00005", "invalid request"),
    };
    let mut error = json!({ "category": category, "code": code, "message": message });
    let fields = missing.or_else(|| details.get(NAMED));
    if let Some(fields) = fields.filter(|_| !matches!(status.as_u16(), 401 | 403)) {
        error["details"] = json!({ "fields": fields });
    }
    json!({ "error": error })
}
