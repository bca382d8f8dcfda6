//! What sends HTTP requests in place of the network.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;
#[cfg(feature = "tower")]
use std::time::Instant;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use http::{Request, Response};

use super::attempt::{self, Incomplete, Received};
use super::encoding;
#[cfg(feature = "tower")]
use super::exchange::far_future;
use super::shared::MAX_BODY;
use crate::error::MakeError as _;
use crate::{Error, ErrorKind, Failure};

/// Sends HTTP requests in place of the client's own HTTP stack: answers of a test, recorded replies, another stack.
///
/// Everything else stays as it is: credentials, retries, time limits, hooks, errors and paging. A function from a request to
/// a response is one too.
///
/// # Examples
/// ```
/// use account_provisioning_core::SendHttp;
/// use bytes::Bytes;
/// use http::{Request, Response};
///
/// fn answers() -> impl SendHttp {
///     |request: &Request<Bytes>| match request.uri().path() {
///         "/users/1" => Response::new(Bytes::from_static(br#"{"id":"1"}"#)),
///         _ => {
///             let mut missing = Response::new(Bytes::from_static(br#"{"error":{"message":"not found"}}"#));
///             *missing.status_mut() = http::StatusCode::NOT_FOUND;
///             missing
///         }
///     }
/// }
/// ```
pub trait SendHttp: Send + Sync + 'static {
    /// Sends one request and returns the whole response.
    ///
    /// The future is dropped when the time limit of the attempt is over.
    ///
    /// # Errors
    /// There is no response: the request [was not sent](SendError::not_sent), or the exchange [broke](SendError::broken).
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, SendError>>;
}

impl<F> SendHttp for F
where
    F: Fn(&Request<Bytes>) -> Response<Bytes> + Send + Sync + 'static,
{
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, SendError>> {
        Box::pin(std::future::ready(Ok(self(&request))))
    }
}

/// Why an attempt has no response. It decides whether the call is retried, and whether its outcome is known.
#[derive(Clone)]
pub struct SendError(pub(super) Reason);

#[derive(Clone)]
pub(super) enum Reason {
    /// What the client's own HTTP stack found, below a layer. It is there without the feature too, since a feature must not
    /// take an auto trait away from a public type.
    #[cfg_attr(not(feature = "tower"), expect(dead_code, reason = "only a layer makes it"))]
    Own(std::sync::Arc<Incomplete>),
    /// What another one says.
    Other { failure: Failure, message: String },
}

impl SendError {
    /// The request was not sent, so nothing was changed; a call is retried. `message` is shown to people: one line without
    /// secrets.
    #[must_use]
    pub fn not_sent(message: impl Into<String>) -> Self {
        Self::other(Failure::NotSent, message)
    }

    /// The request was sent, and there is no whole response, so the outcome of a change is unknown. `message` is shown to
    /// people: one line without secrets.
    #[must_use]
    pub fn broken(message: impl Into<String>) -> Self {
        Self::other(Failure::AmbiguousTransport, message)
    }

    fn other(failure: Failure, message: impl Into<String>) -> Self {
        Self(Reason::Other {
            failure,
            message: message.into(),
        })
    }

    fn into_incomplete(self) -> Incomplete {
        match self.0 {
            Reason::Own(incomplete) => std::sync::Arc::unwrap_or_clone(incomplete),
            Reason::Other { failure, message } => {
                let kind = match failure {
                    Failure::NotSent => ErrorKind::Connect,
                    _ => ErrorKind::Transport,
                };
                Incomplete::new(failure, Error::new(kind, message))
            }
        }
    }
}

impl fmt::Debug for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SendError").field(&self.to_string()).finish()
    }
}

impl fmt::Display for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Reason::Own(incomplete) => incomplete.error.fmt(f),
            Reason::Other { message, .. } => f.write_str(message),
        }
    }
}

impl StdError for SendError {}

/// Sends a request by another sender, within a time limit.
pub(super) async fn attempt(
    sender: &dyn SendHttp,
    request: reqwest::Request,
    limit: Duration,
) -> Result<Received, Incomplete> {
    #[cfg_attr(
        not(feature = "tower"),
        expect(unused_mut, reason = "only a layer asks for the limit")
    )]
    let mut request = to_http(request)?;
    #[cfg(feature = "tower")]
    request.extensions_mut().insert(Limit::new(limit));
    let sent = tokio::time::timeout(limit, sender.send(request)).await;
    let response = match sent {
        Ok(answer) => answer.map_err(SendError::into_incomplete)?,
        Err(_) => return Err(attempt::timed_out(limit)),
    };
    let (head, body) = response.into_parts();
    if body.len() > MAX_BODY {
        return Err(attempt::too_large());
    }
    Ok(Received {
        status: head.status,
        body: encoding::decoded(&head.headers, body)?,
        headers: head.headers,
        timed_out: false,
    })
}

/// The limit of an attempt, among the extensions of its request: for the client's own HTTP stack below a layer.
#[cfg(feature = "tower")]
#[derive(Clone, Copy, Debug)]
pub(super) struct Limit {
    end: Instant,
    /// The limit that was set.
    pub(super) whole: Duration,
}

#[cfg(feature = "tower")]
impl Limit {
    fn new(whole: Duration) -> Self {
        Self {
            end: far_future(Instant::now(), whole),
            whole,
        }
    }

    /// How much time the client's own HTTP stack has: it ends up to 10 ms before the attempt. It knows whether the request
    /// was sent, and gives up a connection that is dead.
    pub(super) fn left(self) -> Duration {
        let left = self.end.saturating_duration_since(Instant::now());
        left - (left / 10).min(Duration::from_millis(10))
    }
}

fn to_http(request: reqwest::Request) -> Result<Request<Bytes>, Incomplete> {
    let unsendable = |message: &str| Incomplete::refused(Error::invalid_input(message));
    let request = Request::<reqwest::Body>::try_from(request)
        .map_err(|_| unsendable("the URL of the request is none that HTTP can send: check its values"))?;
    let (head, body) = request.into_parts();
    let body = match body.as_bytes() {
        Some(bytes) => Bytes::copy_from_slice(bytes),
        None => {
            return Err(unsendable(
                "the body of the request is a stream, which can't be sent again",
            ));
        }
    };
    Ok(Request::from_parts(head, body))
}
