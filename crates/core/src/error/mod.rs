//! The one error of this SDK.

mod build;
mod decode;
mod dialect;
pub(crate) mod excerpt;
mod kind;

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::StatusCode;
use serde_json::Value;

pub use self::build::MakeError;
pub use self::dialect::{Dialect, Refusal};
pub use self::kind::ErrorKind;
use crate::paging::PagingFailure;
use crate::{ResponseMeta, VendorMessage};

/// A failed call, and all that is known of it.
///
/// `Display` is one line: what failed, why, and what to do where that is known. It never repeats
/// [`source`](StdError::source), and neither it nor `Debug` shows a body, a header or a credential.
///
/// # Troubleshooting
/// [`request_id`](Self::request_id) is what the vendor's support asks for. [`is_outcome_unknown`](Self::is_outcome_unknown)
/// says that a change may have happened although the call failed: look for it before trying again.
#[derive(Clone)]
pub struct Error(Box<Inner>);

#[derive(Clone)]
struct Inner {
    kind: ErrorKind,
    message: String,
    operation: Option<&'static str>,
    status: Option<StatusCode>,
    codes: Vec<String>,
    vendor_message: Option<String>,
    category: Option<String>,
    details: Option<Value>,
    errors: Vec<VendorMessage>,
    reply: Option<ResponseMeta>,
    attempts: u32,
    retry_at: Option<DateTime<Utc>>,
    outcome_unknown: bool,
    body: Option<Bytes>,
    paging: Option<PagingFailure>,
    source: Option<Arc<dyn StdError + Send + Sync>>,
}

impl Error {
    /// The sort of failure.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The `operationId` of the operation that failed; `None` before one was chosen.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation
    }

    /// The HTTP status of the last reply; `None` when none came.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// The vendor's codes, in its order; numeric codes as their digits. Empty when it gave none.
    #[must_use]
    pub fn codes(&self) -> &[String] {
        &self.0.codes
    }

    /// The vendor's own sentence about the failure.
    #[must_use]
    pub fn vendor_message(&self) -> Option<&str> {
        self.0.vendor_message.as_deref()
    }

    /// The vendor's classification of the failure, such as `user_error`; `None` when it gave none.
    #[must_use]
    pub fn category(&self) -> Option<&str> {
        self.0.category.as_deref()
    }

    /// Further facts about the failure, in the vendor's own form; `None` when it gave none.
    ///
    /// They may hold anything the server sent, so like the [`body`](Self::body) they are shown by neither `Display` nor
    /// `Debug`.
    #[must_use]
    pub fn details(&self) -> Option<&Value> {
        self.0.details.as_ref()
    }

    /// The service's errors one by one, for services that give several: code, sentence, where it is documented, and what
    /// of the request it is about. Empty for others.
    #[must_use]
    pub fn vendor_errors(&self) -> &[VendorMessage] {
        &self.0.errors
    }

    /// The identifier that the service gave the failed request.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.reply.as_ref()?.request_id.as_deref()
    }

    /// The last reply: status, headers, request id, rate limit; `None` when none came.
    #[must_use]
    pub fn reply(&self) -> Option<&ResponseMeta> {
        self.0.reply.as_ref()
    }

    /// How many times the request was sent; 0 when the failure came before that.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// The moment from which the service will take the request again, when it said so.
    #[must_use]
    pub fn retry_at(&self) -> Option<DateTime<Utc>> {
        self.0.retry_at
    }

    /// The body of the last reply, cut at 64 KiB; `None` when there was none.
    ///
    /// It may hold anything the server sent, so it is shown by neither `Display` nor `Debug`: take care where it goes.
    #[must_use]
    pub fn body(&self) -> Option<&[u8]> {
        self.0.body.as_deref()
    }

    /// Why a list could not be read to its end, how much of it was read, and where to go on.
    #[must_use]
    pub fn paging(&self) -> Option<&PagingFailure> {
        self.0.paging.as_ref()
    }

    /// Whether the service says that the thing doesn't exist (404).
    ///
    /// A deletion that was sent again after a lost reply ends so too when the lost one had worked; its
    /// [outcome is unknown](Self::is_outcome_unknown) then.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.has_status(&[404])
    }

    /// Whether the service says that something else has this name, or that the state forbids the change (409).
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.has_status(&[409])
    }

    /// Whether the service says that there were too many requests (420, 429).
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.has_status(&[420, 429])
    }

    /// Whether the credentials were refused (401) or don't allow this (403).
    #[must_use]
    pub fn is_auth(&self) -> bool {
        self.has_status(&[401, 403])
    }

    /// Whether the credentials are good but don't allow this (403).
    #[must_use]
    pub fn is_permission_denied(&self) -> bool {
        self.has_status(&[403])
    }

    /// Whether an attempt or the whole call ran out of time.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.0.kind == ErrorKind::Timeout
    }

    /// Whether no connection stood, so that nothing was sent.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.0.kind == ErrorKind::Connect
    }

    /// Whether the service failed (408, 5xx).
    #[must_use]
    pub fn is_server(&self) -> bool {
        self.0
            .status
            .is_some_and(|status| ErrorKind::of_status(status) == ErrorKind::Server)
    }

    /// Whether the reply was successful but could not be read.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        self.0.kind == ErrorKind::Decode
    }

    /// Whether a setting or an environment variable is missing or malformed.
    #[must_use]
    pub fn is_configuration(&self) -> bool {
        self.0.kind == ErrorKind::Configuration
    }

    /// Whether an argument was refused before anything was sent.
    #[must_use]
    pub fn is_invalid_input(&self) -> bool {
        self.0.kind == ErrorKind::InvalidInput
    }

    /// Whether the change may have happened although the call failed.
    ///
    /// The request left, and no answer says what became of it. To reconcile, look for the thing (list by the name or
    /// the e-mail address that was sent) and only create it again when it isn't there. Updates and deletions can simply
    /// be sent again: they end so only after every attempt went unanswered, or when a deletion, sent again after a
    /// lost reply, is [not found](Self::is_not_found) because the lost one may have worked.
    #[must_use]
    pub fn is_outcome_unknown(&self) -> bool {
        self.0.outcome_unknown
    }

    fn has_status(&self, statuses: &[u16]) -> bool {
        self.0.status.is_some_and(|status| statuses.contains(&status.as_u16()))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.operation() {
            write!(f, "{operation}: ")?;
        }
        f.write_str(&self.0.message)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            kind,
            message,
            operation: _,
            status,
            codes,
            vendor_message: _, // part of `message`
            category,
            details: _, // as the body: anything the server sent
            errors: _,  // their codes and sentences are there already
            reply: _,
            attempts,
            retry_at,
            outcome_unknown,
            body,
            paging,
            source,
        } = &*self.0;
        f.debug_struct("Error")
            .field("kind", kind)
            .field("operation", &self.operation())
            .field("message", message)
            .field("status", status)
            .field("codes", codes)
            .field("category", category)
            .field("request_id", &self.request_id())
            .field("attempts", attempts)
            .field("retry_at", retry_at)
            .field("outcome_unknown", outcome_unknown)
            .field("body_bytes", &body.as_ref().map(Bytes::len))
            .field("paging", paging)
            .field("source", source)
            .finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0
            .source
            .as_ref()
            .map(|source| &**source as &(dyn StdError + 'static))
    }
}

/// `?` and `impl TryInto<Id, Error: Into<Error>>` also take conversions that can't fail.
impl From<std::convert::Infallible> for Error {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}

impl From<crate::IdError> for Error {
    fn from(problem: crate::IdError) -> Self {
        Self::invalid_input(problem.to_string())
    }
}
