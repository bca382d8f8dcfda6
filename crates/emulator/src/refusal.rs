//! Error responses.

use http::{HeaderName, StatusCode};
use serde_json::{Map, Value, json};

/// The detail with the names of the fields that a request lacks.
pub(crate) const MISSING: &str = "missing";
/// The detail with the fields that are to blame, each an object with the name and the value.
pub(crate) const NAMED: &str = "named";

/// An error response before the API turns it into its own error body.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    pub(crate) message: String,
    pub(crate) headers: Vec<(HeaderName, String)>,
    /// Additional fields, for an API whose errors have them.
    pub(crate) details: Box<Map<String, Value>>,
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self {
            status,
            message: message.into(),
            headers: Vec::new(),
            details: Box::default(),
        }
    }

    /// 400: the request is invalid.
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    /// 401: the credentials are missing or not accepted.
    pub(crate) fn unauthorized(message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, message)
    }

    /// 403: the caller lacks the permission.
    pub(crate) fn forbidden(message: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, message)
    }

    /// 404: it does not exist.
    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, message)
    }

    /// 409: it already exists.
    pub(crate) fn conflict(message: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, message)
    }

    /// 501: the emulator does not implement the operation.
    pub(crate) fn no_handler(operation: &str) -> Self {
        Self::new(
            StatusCode::NOT_IMPLEMENTED,
            format!("the emulator has no handler for {operation}"),
        )
    }

    pub(crate) fn header(mut self, name: HeaderName, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn detail(mut self, name: &str, value: Value) -> Self {
        self.details.insert(name.to_owned(), value);
        self
    }

    /// Says that the request lacks a field, for an API whose errors list them.
    pub(crate) fn missing(self, name: &str) -> Self {
        self.add(MISSING, name.into())
    }

    /// Names a field that is to blame, with its value, for an API whose errors list them.
    pub(crate) fn named(self, name: &str, value: impl Into<Value>) -> Self {
        self.add(NAMED, json!({ name: value.into() }))
    }

    fn add(mut self, list: &str, entry: Value) -> Self {
        if let Value::Array(list) = self.details.entry(list).or_insert_with(|| json!([])) {
            list.push(entry);
        }
        self
    }

    /// Adds where in the request the mistake is.
    pub(crate) fn within(mut self, place: &str) -> Self {
        self.message = format!("{place}: {}", self.message);
        self
    }
}
