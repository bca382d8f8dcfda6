//! How to read the error bodies of a service.

use http::{HeaderMap, StatusCode};
use serde_json::Value;

use crate::{OperationInfo, VendorMessage};

/// What a service says about a failed request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refusal {
    /// The message of the service, if there is one.
    pub message: Option<String>,
    /// The codes of the service, in the order of the response. A number is written as its digits.
    pub codes: Vec<String>,
    /// How the service classifies the failure, if it does.
    pub category: Option<String>,
    /// Further details, in the form in which the service sent them.
    pub details: Option<Value>,
    /// The separate errors, for services that return several.
    pub errors: Vec<VendorMessage>,
    /// Notes that the service sent with its errors.
    pub messages: Vec<VendorMessage>,
    /// What to do about the failure, if that is known.
    pub hint: Option<&'static str>,
}

impl Refusal {
    /// Makes a refusal from a message and its codes.
    #[must_use]
    pub fn new(message: Option<String>, codes: Vec<String>) -> Self {
        Self {
            message,
            codes,
            ..Self::default()
        }
    }

    /// Adds how the service classifies the failure.
    #[must_use]
    pub fn with_category(mut self, category: Option<String>) -> Self {
        self.category = category;
        self
    }

    /// Adds further details, in the form in which the service sent them.
    #[must_use]
    pub fn with_details(mut self, details: Option<Value>) -> Self {
        self.details = details;
        self
    }

    /// Makes a refusal from a list of errors: it joins their messages, and collects their codes.
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

    /// Adds notes that the service sent with its errors.
    #[must_use]
    pub fn with_messages(mut self, messages: Vec<VendorMessage>) -> Self {
        self.messages = messages;
        self
    }

    /// Adds what to do about the failure.
    #[must_use]
    pub fn with_hint(mut self, hint: Option<&'static str>) -> Self {
        self.hint = hint;
        self
    }
}

/// Reads the error bodies of one service.
pub trait Dialect: std::fmt::Debug + Send + Sync + 'static {
    /// Reads the body of a failed request. Returns `None` when it is not one of the service's error bodies, so that something
    /// else answered.
    fn refusal(&self, status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Option<Refusal>;

    /// Reads the body of a failed request, for services where the meaning of a status depends on the operation. Defaults to
    /// [`refusal`](Self::refusal).
    fn refusal_of(
        &self,
        operation: &OperationInfo,
        status: StatusCode,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Option<Refusal> {
        let _ = operation;
        self.refusal(status, headers, body)
    }

    /// Reads an error from the body of a response with a successful status, for services that send errors like that.
    /// Defaults to `None`.
    fn refusal_in_success(&self, body: &[u8]) -> Option<Refusal> {
        let _ = body;
        None
    }
}
