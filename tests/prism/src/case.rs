//! One operation, and how it is sent with fields that are given as JSON.

use account_provisioning_core::{Error, OperationInfo, Transport};
use futures::future::BoxFuture;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// A request type.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) operation: &'static OperationInfo,
    /// The names of its fields.
    pub(crate) fields: &'static [&'static str],
    pub(crate) send: for<'a> fn(&'a Transport, Values) -> BoxFuture<'a, Result<(), Problem>>,
}

/// The values of the fields of one request.
#[derive(Clone, Debug)]
pub(crate) struct Values(pub(crate) Map<String, Value>);

impl Values {
    /// The value of an optional field; `None` if it is not to be sent.
    pub(crate) fn take<T: DeserializeOwned>(&mut self, name: &str) -> Result<Option<T>, Problem> {
        let Some(value) = self.0.remove(name) else {
            return Ok(None);
        };
        serde_json::from_value(value)
            .map(Some)
            .map_err(|error| Problem::Unfit(format!("the field {name} does not take its value: {error}")))
    }

    /// The value of a required field.
    pub(crate) fn required<T: DeserializeOwned>(&mut self, name: &str) -> Result<T, Problem> {
        self.take(name)?
            .ok_or_else(|| Problem::Unfit(format!("the document has no value for the field {name}")))
    }
}

/// Why an operation failed.
#[derive(Debug)]
pub(crate) enum Problem {
    /// The server's document has no such operation, or has it with credentials where ours has none.
    Absent(String),
    /// The document and the request type do not fit together.
    Unfit(String),
    /// The server refused the request, or its reply was refused by the client.
    Failed(String),
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let body = error.body().map(String::from_utf8_lossy).unwrap_or_default();
        if body.contains("#NO_PATH_MATCHED_ERROR") || body.contains("#NO_METHOD_MATCHED_ERROR") {
            return Self::Absent("the document has no such operation".to_owned());
        }
        if body.contains("#UNAUTHORIZED") {
            return Self::Absent("the document demands credentials".to_owned());
        }
        // Prism says here what it refused, where the document has an error of its own for that.
        let header = error.reply().and_then(|reply| reply.headers.get("sl-violations"));
        let why = header.and_then(|value| value.to_str().ok()).unwrap_or(&body);
        Self::Failed(format!("{error}\n    {why}"))
    }
}
