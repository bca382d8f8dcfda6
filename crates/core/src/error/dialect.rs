//! How a service words its refusals.

use http::{HeaderMap, StatusCode};
use serde_json::Value;

use crate::{OperationInfo, VendorMessage};

/// What a service says of a failed request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refusal {
    /// The service's sentence, if it gave one.
    pub message: Option<String>,
    /// The service's codes, in its order. Numbers are kept as their digits.
    pub codes: Vec<String>,
    /// The service's classification of the failure, if it gave one.
    pub category: Option<String>,
    /// Further facts that the service gave, in a form of its own.
    pub details: Option<Value>,
    /// The errors one by one, for services that give several.
    pub errors: Vec<VendorMessage>,
    /// What the service remarked beside its errors.
    pub messages: Vec<VendorMessage>,
    /// What to do about it, where that is known.
    pub hint: Option<&'static str>,
}

impl Refusal {
    /// Makes a refusal of a message and the codes beside it.
    #[must_use]
    pub fn new(message: Option<String>, codes: Vec<String>) -> Self {
        Self {
            message,
            codes,
            ..Self::default()
        }
    }

    /// Adds the service's classification.
    #[must_use]
    pub fn with_category(mut self, category: Option<String>) -> Self {
        self.category = category;
        self
    }

    /// Adds further facts that the service gave.
    #[must_use]
    pub fn with_details(mut self, details: Option<Value>) -> Self {
        self.details = details;
        self
    }

    /// Makes a refusal of a service's list of errors: their sentences joined, and the codes that are there.
    #[must_use]
    pub fn of_errors(errors: Vec<VendorMessage>) -> Self {
        let sentences: Vec<&str> = errors.iter().filter_map(|error| error.message.as_deref()).collect();
        let message = (!sentences.is_empty()).then(|| sentences.join("; "));
        let codes = errors.iter().filter_map(|error| error.code);
        let codes = codes.map(|code| code.to_string()).collect();
        Self {
            message,
            codes,
            errors,
            ..Self::default()
        }
    }

    /// Adds what the service remarked beside its errors.
    #[must_use]
    pub fn with_messages(mut self, messages: Vec<VendorMessage>) -> Self {
        self.messages = messages;
        self
    }

    /// Whether nothing is known but what to do: the body was not the service's own.
    pub(crate) fn is_hint_alone(&self) -> bool {
        self.hint.is_some() && *self == Self::default().with_hint(self.hint)
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn with_hint(mut self, hint: Option<&'static str>) -> Self {
        self.hint = hint;
        self
    }
}

/// Reads the error bodies of one service.
pub trait Dialect: std::fmt::Debug + Send + Sync + 'static {
    /// Reads the body of a failed request; `None` when it isn't one of the service's own error bodies.
    fn refusal(&self, status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Option<Refusal>;

    /// Reads the body of a failed request of an operation, for services whose statuses mean different things for
    /// different operations. By default [`refusal`](Self::refusal) does it for all.
    fn refusal_of(
        &self,
        operation: &'static OperationInfo,
        status: StatusCode,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Option<Refusal> {
        let _ = operation;
        self.refusal(status, headers, body)
    }

    /// Reads a refusal out of the body of a reply with a successful status, for services that answer so.
    /// By default no successful reply is a refusal.
    fn refusal_in_success(&self, body: &[u8]) -> Option<Refusal> {
        let _ = body;
        None
    }
}
