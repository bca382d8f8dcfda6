//! One attempt: sends the request, reads the whole response, and classifies a failure.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, StatusCode};
use tokio::time::Instant;
use url::Url;

use super::encoding;
use super::http_client::HttpClient;
use super::shared::MAX_BODY;
use super::unsent;
use crate::error::{MakeError as _, excerpt};
use crate::{Error, ErrorKind, Failure};

/// A complete response, which may be an error of the service.
#[derive(Debug)]
pub(super) struct Received {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    /// Whether the time ran out before the body was whole, so that its connection may be dead.
    pub(super) timed_out: bool,
}

/// An attempt without a complete response.
#[derive(Clone, Debug)]
pub(super) struct Incomplete {
    pub(super) failure: Failure,
    pub(super) error: Error,
    /// Status and headers, if they were received before the response broke off.
    pub(super) head: Option<(StatusCode, HeaderMap)>,
}

impl Incomplete {
    pub(super) fn new(failure: Failure, error: Error) -> Self {
        Self {
            failure,
            error,
            head: None,
        }
    }

    /// The attempt can't be made at all, so it isn't repeated.
    pub(super) fn refused(error: Error) -> Self {
        Self::new(Failure::Rejected, error)
    }
}

/// A request that is being sent by reqwest.
pub(super) trait Sending: Future<Output = reqwest::Result<reqwest::Response>> + Send {}

impl<F: Future<Output = reqwest::Result<reqwest::Response>> + Send> Sending for F {}

/// Starts to send a request. `limit` is the time limit, including reading the body.
///
/// reqwest keeps the request in a box. In the futures of a call, it would be copied into each of them.
pub(super) fn start(http: &HttpClient, mut request: reqwest::Request, limit: Duration) -> impl Sending {
    *request.timeout_mut() = Some(limit);
    http.client.execute(request)
}

/// A request to `url` that was [started](start) is sent, and its response is read.
///
/// A response that says to try again counts as complete even if its body breaks off: its status and headers are enough. An
/// error tells `told` as the limit.
pub(super) async fn run(
    http: &HttpClient,
    sending: impl Sending,
    url: &Url,
    limit: Duration,
    told: Duration,
) -> Result<Received, Incomplete> {
    let begun = Instant::now();
    let failed = |cause, was_connecting| {
        // A connection may be given up before the limit, when it answers no pings. The limit began a moment before this.
        let took = begun.elapsed();
        let was_given_up = took + Duration::from_millis(5) < limit;
        failed(cause, was_connecting, url, if was_given_up { took } else { told })
    };
    let (sent, was_connecting) = http.connections.observe(sending).await;
    let mut response = sent.map_err(|cause| failed(cause, was_connecting))?;
    let status = response.status();
    let headers = std::mem::take(response.headers_mut());
    let body = match read(response, |cause| failed(cause, false)).await {
        Ok(body) => encoding::decoded(&headers, body),
        Err(incomplete) => Err(incomplete),
    };
    match body {
        Ok(body) => Ok(Received {
            status,
            headers,
            body,
            timed_out: false,
        }),
        Err(incomplete) if matches!(ErrorKind::of_status(status), ErrorKind::RateLimited | ErrorKind::Server) => {
            Ok(Received {
                status,
                headers,
                body: Bytes::new(),
                timed_out: incomplete.error.kind() == ErrorKind::Timeout,
            })
        }
        Err(incomplete) if !status.is_success() && incomplete.failure == Failure::Unrecognized => Err(Incomplete {
            head: Some((status, headers)),
            error: incomplete.error.into_foreign(),
            ..incomplete
        }),
        Err(incomplete) => Err(Incomplete {
            head: Some((status, headers)),
            ..incomplete
        }),
    }
}

async fn read(
    mut response: reqwest::Response,
    broken: impl Fn(reqwest::Error) -> Incomplete,
) -> Result<Bytes, Incomplete> {
    let Some(first) = response.chunk().await.map_err(&broken)? else {
        return Ok(Bytes::new());
    };
    // Most responses have one chunk, which becomes the body without being copied.
    let mut whole: Option<BytesMut> = None;
    while let Some(next) = response.chunk().await.map_err(&broken)? {
        let whole = whole.get_or_insert_with(|| BytesMut::from(first.as_ref()));
        whole.extend_from_slice(&next);
        if whole.len() > MAX_BODY {
            return Err(too_large());
        }
    }
    Ok(whole.map_or(first, BytesMut::freeze))
}

/// The failure of an attempt that took too long.
pub(super) fn timed_out(took: Duration) -> Incomplete {
    let message = format!("no complete response came within {}", excerpt::duration(took));
    Incomplete::new(Failure::AmbiguousTransport, Error::new(ErrorKind::Timeout, message))
}

/// The failure of a response whose body is not read to its end.
pub(super) fn too_large() -> Incomplete {
    let message = format!("the response is larger than {MAX_BODY} bytes, so it was not read to its end");
    unreadable(message)
}

/// The failure of a response whose body can't be read, although it was received.
pub(super) fn unreadable(message: impl Into<String>) -> Incomplete {
    Incomplete::new(Failure::Unrecognized, Error::new(ErrorKind::Decode, message))
}

/// Describes a failure of an attempt that took this long.
fn failed(cause: reqwest::Error, was_connecting: bool, url: &Url, took: Duration) -> Incomplete {
    // The path and the query may contain e-mail addresses and ids, so the error names the operation and the host instead.
    let cause = cause.without_url();
    let timed_out = cause.is_timeout();
    let (failure, kind, message) = if cause.is_builder() {
        let message = "the request can't be built".to_owned();
        (Failure::Rejected, ErrorKind::InvalidInput, message)
    } else if cause.is_connect() || timed_out && was_connecting {
        let (failure, message) = unsent::no_connection(&cause, timed_out, url);
        (failure, ErrorKind::Connect, message)
    } else if timed_out {
        let message = format!("no complete response came within {}", excerpt::duration(took));
        (Failure::AmbiguousTransport, ErrorKind::Timeout, message)
    } else if unsent::is_refused_stream(&cause) {
        let message = "the server refused the request before it read it".to_owned();
        (Failure::NotSent, ErrorKind::Connect, message)
    } else if cause.is_body() || cause.is_decode() {
        let message = "the response broke off before its end".to_owned();
        (Failure::AmbiguousTransport, ErrorKind::Transport, message)
    } else {
        let message = unsent::broken(&cause, url);
        (Failure::AmbiguousTransport, ErrorKind::Transport, message)
    };
    let error = Error::new(kind, message);
    Incomplete::new(
        failure,
        match unsent::closing(&cause) {
            Some(closing) => error.with_source(closing),
            None => error.with_source(cause),
        },
    )
}
