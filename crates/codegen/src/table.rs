//! The table of operations: what the runtime needs to know about each, in addition to its types.

use serde_json::Value;

use crate::extensions::RETRY;
use crate::names;
use crate::operations::{self, Located};

/// Whether an operation may be sent again if the outcome of the first attempt is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Retry {
    /// It changes nothing.
    Safe,
    /// Sending it twice has the same effect as sending it once.
    Idempotent,
    /// Sending it twice may apply the change twice.
    NotIdempotent,
    /// It must not be sent again, not even if the server rejected it because of a rate limit.
    Never,
}

impl Retry {
    /// The name in documents and in the digest.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Idempotent => "idempotent",
            Self::NotIdempotent => "not-idempotent",
            Self::Never => "never",
        }
    }
}

/// One operation of an API.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Operation {
    /// The name of its request type, in snake case.
    pub id: String,
    /// Its operationId.
    pub operation_id: String,
    /// Its HTTP method, in capitals.
    pub method: String,
    /// Its path template.
    pub path: String,
    /// Whether it needs credentials: the operation's own `security`, or else the document's.
    pub authenticated: bool,
    /// Whether it may be retried: `x-retry`, or else what HTTP defines for its method.
    pub retry: Retry,
}

impl Operation {
    pub(crate) fn read(document: &Value, located: &Located<'_>) -> Self {
        let operation = located.value;
        let security = operation
            .get("security")
            .or_else(|| document.get("security"))
            .and_then(Value::as_array);
        // `security: []` and an alternative `{}` both mean that no credentials are needed.
        let authenticated = security.is_some_and(|alternatives| {
            !alternatives.is_empty()
                && alternatives
                    .iter()
                    .all(|one| one.as_object().is_some_and(|one| !one.is_empty()))
        });
        let retry = match (operation[RETRY].as_str(), located.method) {
            (Some("safe"), _) => Retry::Safe,
            (Some("idempotent"), _) => Retry::Idempotent,
            (Some("never"), _) => Retry::Never,
            (_, "get" | "head" | "options" | "trace") => Retry::Safe,
            (_, "put" | "delete") => Retry::Idempotent,
            _ => Retry::NotIdempotent,
        };
        Self {
            id: names::snake(located.id()),
            operation_id: located.id().to_owned(),
            method: located.method.to_ascii_uppercase(),
            path: located.path.to_owned(),
            authenticated,
            retry,
        }
    }
}

/// Lists the operations of a document in the order of their names.
#[must_use]
pub fn operations(document: &Value) -> Vec<Operation> {
    let mut all: Vec<Operation> = operations::all(document)
        .iter()
        .map(|located| Operation::read(document, located))
        .collect();
    all.sort_by(|a, b| a.id.cmp(&b.id));
    all
}
