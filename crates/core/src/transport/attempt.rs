//! One attempt: sends the request, reads the whole response, and classifies a failure.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, StatusCode};

use super::shared::MAX_BODY;
use crate::error::MakeError as _;
use crate::{Error, ErrorKind, Failure};

/// A complete response, which may be an error of the service.
#[derive(Debug)]
pub(super) struct Received {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

/// An attempt without a complete response.
#[derive(Debug)]
pub(super) struct Incomplete {
    pub(super) failure: Failure,
    pub(super) error: Error,
    /// Status and headers, if they were received before the response broke off.
    pub(super) head: Option<(StatusCode, HeaderMap)>,
}

/// Sends the request once. `limit` is the time limit, including reading the body.
///
/// A response that refuses the request counts as complete even if its body breaks off: its status and headers are enough.
pub(super) async fn run(
    client: &reqwest::Client,
    mut request: reqwest::Request,
    limit: Duration,
) -> Result<Received, Incomplete> {
    *request.timeout_mut() = Some(limit);
    let mut response = client.execute(request).await.map_err(|cause| failed(cause, limit))?;
    let status = response.status();
    let headers = std::mem::take(response.headers_mut());
    match read(response, limit).await {
        Ok(body) => Ok(Received { status, headers, body }),
        Err(_) if !status.is_success() => Ok(Received {
            status,
            headers,
            body: Bytes::new(),
        }),
        Err(incomplete) => Err(Incomplete {
            head: Some((status, headers)),
            ..incomplete
        }),
    }
}

async fn read(mut response: reqwest::Response, limit: Duration) -> Result<Bytes, Incomplete> {
    let Some(first) = response.chunk().await.map_err(|cause| failed(cause, limit))? else {
        return Ok(Bytes::new());
    };
    // Most responses have one chunk, which becomes the body without being copied.
    let mut whole: Option<BytesMut> = None;
    while let Some(next) = response.chunk().await.map_err(|cause| failed(cause, limit))? {
        let whole = whole.get_or_insert_with(|| BytesMut::from(first.as_ref()));
        whole.extend_from_slice(&next);
        if whole.len() > MAX_BODY {
            let message = format!("the response is larger than {MAX_BODY} bytes, so it was not read to its end");
            return Err(Incomplete {
                failure: Failure::Undecodable,
                error: Error::new(ErrorKind::Decode, message),
                head: None,
            });
        }
    }
    Ok(whole.map_or(first, BytesMut::freeze))
}

fn failed(cause: reqwest::Error, limit: Duration) -> Incomplete {
    // The URL may contain e-mail addresses and ids, so the error names the operation instead.
    let cause = cause.without_url();
    let (failure, kind, message) = if cause.is_builder() {
        (
            Failure::Rejected,
            ErrorKind::InvalidInput,
            "the request can't be built".to_owned(),
        )
    } else if cause.is_connect() {
        let message = "no connection could be made: check the host, the network and the proxy".to_owned();
        (Failure::NotSent, ErrorKind::Connect, message)
    } else if cause.is_timeout() {
        let message = format!(
            "no complete response came within {}",
            crate::error::excerpt::duration(limit)
        );
        (Failure::AmbiguousTransport, ErrorKind::Timeout, message)
    } else if cause.is_body() || cause.is_decode() {
        (
            Failure::AmbiguousTransport,
            ErrorKind::Transport,
            "the response broke off before its end".to_owned(),
        )
    } else {
        let message = "the connection broke after the request was sent".to_owned();
        (Failure::AmbiguousTransport, ErrorKind::Transport, message)
    };
    Incomplete {
        failure,
        error: Error::new(kind, message).with_source(cause),
        head: None,
    }
}
