//! Hooks: what a program does before and after each attempt.

use std::time::Duration;

use futures_util::future::BoxFuture;
use http::{HeaderMap, Method, StatusCode};
use url::Url;

use crate::error::MakeError as _;
use crate::{Error, ErrorKind, OperationInfo, Result};

/// Is called before and after each attempt of each call, retries and the pages of streams included: for logs, metrics,
/// signatures, limits.
///
/// Both methods do nothing by default. Several hooks are called in the order in which they were added to the builder, and
/// after the attempt in the opposite order.
///
/// # Examples
/// ```
/// use account_provisioning_core::hook::{Ended, Hook};
///
/// #[derive(Debug)]
/// struct Log;
///
/// impl Hook for Log {
///     fn after(&self, attempt: &Ended<'_>) {
///         let status = attempt.status.map_or("no response".to_owned(), |status| status.to_string());
///         eprintln!("{} {}: {status} after {:?}", attempt.operation.method, attempt.operation.path, attempt.took);
///     }
/// }
/// ```
pub trait Hook: Send + Sync + 'static {
    /// Is called before an attempt is sent. It may wait, change the headers, or refuse the attempt, which ends the call.
    ///
    /// The time that it takes counts towards the time limit of the call, and not towards the limit of the attempt.
    ///
    /// # Errors
    /// Whatever the hook refuses, made by [`Outgoing::refuse`].
    fn before<'a>(&'a self, attempt: &'a mut Outgoing<'_>) -> BoxFuture<'a, Result<()>> {
        let _ = attempt;
        Box::pin(std::future::ready(Ok(())))
    }

    /// Is called when an attempt has ended and the client has decided whether to send the request again.
    ///
    /// It is called once for each `before` of this hook that let the attempt pass, also if the attempt was not sent after all,
    /// because a later hook or the limiter refused it or the time of the call was over: then there is no status, and `took` is
    /// zero. It is not called if the call is dropped while the attempt is under way.
    fn after(&self, attempt: &Ended<'_>) {
        let _ = attempt;
    }
}

/// An attempt that is about to be sent.
pub struct Outgoing<'a> {
    pub(crate) operation: &'a OperationInfo,
    pub(crate) number: u32,
    pub(crate) request: &'a mut reqwest::Request,
    pub(crate) left: Duration,
}

impl<'a> Outgoing<'a> {
    /// The operation: its `operationId`, method, path template and retry class.
    #[must_use]
    pub fn operation(&self) -> &'a OperationInfo {
        self.operation
    }

    /// The number of the attempt, counted from 1.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }

    /// How much time is left for the call.
    #[must_use]
    pub fn left(&self) -> Duration {
        self.left
    }

    /// The method.
    #[must_use]
    pub fn method(&self) -> &Method {
        self.request.method()
    }

    /// The URL. It contains ids, and its query may contain names and e-mail addresses: don't log it.
    #[must_use]
    pub fn url(&self) -> &Url {
        self.request.url()
    }

    /// The headers that are sent, credentials included. The values of credentials are marked as sensitive.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.request.headers()
    }

    /// The headers that are sent, to change them. A hook that is called later sees the changes.
    pub fn headers_mut(&mut self) -> &mut HeaderMap {
        self.request.headers_mut()
    }

    /// The body; empty if none is sent. It may contain secrets: don't log it.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        self.request
            .body()
            .and_then(reqwest::Body::as_bytes)
            .unwrap_or_default()
    }

    /// Makes the error with which a hook refuses an attempt. `reason` is shown to people: one line without secrets.
    #[must_use]
    pub fn refuse(&self, reason: impl Into<String>) -> Error {
        Error::new(ErrorKind::Refused, reason).with_operation(self.operation.operation_id)
    }
}

impl std::fmt::Debug for Outgoing<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // URL, headers and body contain ids and secrets.
        f.debug_struct("Outgoing")
            .field("operation", &self.operation.operation_id)
            .field("number", &self.number)
            .field("left", &self.left)
            .finish_non_exhaustive()
    }
}

/// An attempt that has ended.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Ended<'a> {
    /// The operation: its `operationId`, method, path template and retry class.
    pub operation: &'a OperationInfo,
    /// The number of the attempt, counted from 1.
    pub number: u32,
    /// The status of the response; `None` if there was none.
    pub status: Option<StatusCode>,
    /// The headers of the response; `None` if there was none.
    pub headers: Option<&'a HeaderMap>,
    /// How long the attempt took, from sending to the end of the body; zero if it was not sent.
    pub took: Duration,
    /// Why the attempt failed; `None` if it succeeded. A response that can't be read is a failure, whatever its status.
    pub error: Option<&'a Error>,
    /// How long the client waits before it sends the request again; `None` if it does not.
    pub retry_in: Option<Duration>,
}

impl std::fmt::Debug for Ended<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The values of headers may contain secrets.
        f.debug_struct("Ended")
            .field("operation", &self.operation.operation_id)
            .field("number", &self.number)
            .field("status", &self.status)
            .field("took", &self.took)
            .field("error", &self.error)
            .field("retry_in", &self.retry_in)
            .finish_non_exhaustive()
    }
}
