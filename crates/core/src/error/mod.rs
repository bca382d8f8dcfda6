//! The error type of this SDK.

mod build;
mod decode;
mod dialect;
pub(crate) mod excerpt;
mod json_path;
mod kind;
mod predicates;
mod text;

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
use self::text::Quoted;
use crate::paging::PagingFailure;
use crate::{Attempts, ResponseMeta, VendorMessage};

/// How many codes `Debug` shows.
const CODES: usize = 20;

/// The error of a failed call.
///
/// `Display` is one line: what failed, why, and what to do if that is known. It never repeats the
/// [`source`](StdError::source). Neither `Display` nor `Debug` shows a body, a header or a credential. Text of a server is
/// shortened, and control characters and invisible characters in it are escaped, so it can't forge a line of a log.
///
/// # Troubleshooting
/// The vendor's support asks for the [`request_id`](Self::request_id). [`is_outcome_unknown`](Self::is_outcome_unknown)
/// means that a change may have been made although the call failed: check before you try again.
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
    attempts: Attempts,
    retry_at: Option<DateTime<Utc>>,
    outcome_unknown: bool,
    foreign: bool,
    out_of_time: bool,
    body: Option<Bytes>,
    paging: Option<PagingFailure>,
    candidates: Vec<String>,
    curl: Option<Box<str>>,
    source: Option<Arc<dyn StdError + Send + Sync>>,
}

impl Error {
    /// What kind of failure this is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The `operationId` of the failed operation; `None` if the error is not about an operation.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation
    }

    /// The HTTP status of the last response; `None` if there was none.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// The vendor's error codes, in the order of the response. A number is written as its digits. Empty if there are none.
    #[must_use]
    pub fn codes(&self) -> &[String] {
        &self.0.codes
    }

    /// The vendor's error message; `None` if the response has none.
    #[must_use]
    pub fn vendor_message(&self) -> Option<&str> {
        self.0.vendor_message.as_deref()
    }

    /// How the vendor classifies the failure, such as `user_error`; `None` if it does not.
    #[must_use]
    pub fn category(&self) -> Option<&str> {
        self.0.category.as_deref()
    }

    /// Further details about the failure, in the form in which the vendor sent them; `None` if there are none.
    ///
    /// They may contain anything that the server sent. Like the [`body`](Self::body), they are shown by neither `Display`
    /// nor `Debug`.
    #[must_use]
    pub fn details(&self) -> Option<&Value> {
        self.0.details.as_ref()
    }

    /// The separate errors of a service that returns several, each with its code, message, documentation, and the part of the
    /// request that it is about. Empty for other services.
    #[must_use]
    pub fn vendor_errors(&self) -> &[VendorMessage] {
        &self.0.errors
    }

    /// The id that the service gave the failed request.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.reply.as_ref()?.request_id()
    }

    /// The last response: status, headers, request id, rate limit; `None` if there was none.
    #[must_use]
    pub fn reply(&self) -> Option<&ResponseMeta> {
        self.0.reply.as_ref()
    }

    /// What became of each attempt: status, wait, reason. [`count`](Attempts::count) says how many times the request was
    /// sent.
    #[must_use]
    pub fn attempts(&self) -> &Attempts {
        &self.0.attempts
    }

    /// When the service will accept the request again, if it said so.
    #[must_use]
    pub fn retry_at(&self) -> Option<DateTime<Utc>> {
        self.0.retry_at
    }

    /// A curl command that repeats the failed request, for a support ticket; `None` if the error is not about one request, or
    /// if it could not be built.
    ///
    /// It shows what the request was, and nothing that belongs to you. Shown are the method, the base URL, the path template,
    /// the names of query parameters and headers, the values of `accept`, `content-type` and `user-agent`, numbers of up to
    /// five digits and `true` or `false` in the query, and the names of the fields at the top of the body. Everything else is
    /// a shell variable: credentials, ids and e-mail addresses in the path and the query, other headers, and the body. So the
    /// shell refuses to run the command until you set each of them; those of the path have to be percent-encoded.
    ///
    /// Running it sends the request again: a change may be made twice. It needs curl 7.87 or newer if there is a query. What
    /// a [hook](crate::Hook) changes in the headers is not in it, unless the hook refused the request.
    ///
    /// # Examples
    /// ```text
    /// curl --request "PUT" "https://api.cloudinary.com/v1_1/provisioning/accounts/${PATH_ACCOUNT_ID:?}/users/${PATH_USER_ID:?}" \
    ///   --header "accept: application/json" \
    ///   --header "content-type: application/json" \
    ///   --user "${API_KEY:?}:${API_SECRET:?}" \
    ///   --data-raw "${BODY:?JSON object with email, name}"
    /// ```
    #[must_use]
    pub fn to_curl(&self) -> Option<String> {
        self.0.curl.as_deref().map(str::to_owned)
    }

    /// The body of the last response, up to 64 KiB; `None` if there was none.
    ///
    /// It may contain anything that the server sent, so neither `Display` nor `Debug` shows it. Take care where you show it.
    #[must_use]
    pub fn body(&self) -> Option<&[u8]> {
        self.0.body.as_deref()
    }

    /// The ids of the things that match, when several do and one was looked for; empty for every other error.
    #[must_use]
    pub fn candidates(&self) -> &[String] {
        &self.0.candidates
    }

    /// Why a list could not be read to its end, how much of it was read, and where to resume.
    #[must_use]
    pub fn paging(&self) -> Option<&PagingFailure> {
        self.0.paging.as_ref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.operation() {
            write!(f, "{operation}: ")?;
        }
        text::write_harmless(f, &self.0.message)
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
            details: _, // like the body, they may contain anything
            errors: _,  // `codes` and `message` contain them
            reply: _,
            attempts,
            retry_at,
            outcome_unknown,
            foreign,
            out_of_time: _, // `message` says it
            body,
            paging,
            candidates,
            curl: _, // long, and of no use in a log
            source,
        } = &*self.0;
        f.debug_struct("Error")
            .field("kind", kind)
            .field("operation", &self.operation())
            .field("message", &Quoted(message))
            .field("status", status)
            .field(
                "codes",
                &codes.iter().take(CODES).map(|code| Quoted(code)).collect::<Vec<_>>(),
            )
            .field("category", &category.as_deref().map(Quoted))
            .field("request_id", &self.request_id().map(Quoted))
            .field("attempts", &attempts.count())
            .field("retry_at", retry_at)
            .field("outcome_unknown", outcome_unknown)
            .field("foreign", foreign)
            .field("body_bytes", &body.as_ref().map(Bytes::len))
            .field("paging", paging)
            .field("candidates", &candidates.len())
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

/// Lets generic code convert the error of a conversion that can't fail.
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
