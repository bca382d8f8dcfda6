//! One attempt: send, read the whole reply, say what sort of outcome it was.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, StatusCode};

use super::shared::MAX_BODY;
use crate::error::MakeError as _;
use crate::{Error, ErrorKind, Failure};

/// A reply, read to its end.
#[derive(Debug)]
pub(super) struct Received {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

/// An attempt without a whole reply.
#[derive(Debug)]
pub(super) struct Broken {
    pub(super) failure: Failure,
    pub(super) error: Error,
    /// Status and headers, when the reply broke off after them.
    pub(super) head: Option<(StatusCode, HeaderMap)>,
}

/// Sends the request once; body included, within `limit`.
///
/// A refusal whose body breaks off is still a refusal: its status and headers say what to do.
pub(super) async fn run(
    client: &reqwest::Client,
    mut request: reqwest::Request,
    limit: Duration,
) -> Result<Received, Broken> {
    *request.timeout_mut() = Some(limit);
    let mut response = client.execute(request).await.map_err(|cause| broken(cause, limit))?;
    let status = response.status();
    let headers = std::mem::take(response.headers_mut());
    match read(response, limit).await {
        Ok(body) => Ok(Received { status, headers, body }),
        Err(_) if !status.is_success() => Ok(Received {
            status,
            headers,
            body: Bytes::new(),
        }),
        Err(broken) => Err(Broken {
            head: Some((status, headers)),
            ..broken
        }),
    }
}

async fn read(mut response: reqwest::Response, limit: Duration) -> Result<Bytes, Broken> {
    let Some(first) = response.chunk().await.map_err(|cause| broken(cause, limit))? else {
        return Ok(Bytes::new());
    };
    // Most replies are one chunk, which is then the body without a copy.
    let mut whole: Option<BytesMut> = None;
    while let Some(next) = response.chunk().await.map_err(|cause| broken(cause, limit))? {
        let whole = whole.get_or_insert_with(|| BytesMut::from(first.as_ref()));
        whole.extend_from_slice(&next);
        if whole.len() > MAX_BODY {
            let message = format!("the reply is larger than {MAX_BODY} bytes and was not read to its end");
            return Err(Broken {
                failure: Failure::Undecodable,
                error: Error::new(ErrorKind::Decode, message),
                head: None,
            });
        }
    }
    Ok(whole.map_or(first, BytesMut::freeze))
}

fn broken(cause: reqwest::Error, limit: Duration) -> Broken {
    // The URL may hold e-mail addresses and identifiers: the error names the operation instead.
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
        let message = format!("no whole reply came within {}", crate::error::excerpt::duration(limit));
        (Failure::AmbiguousTransport, ErrorKind::Timeout, message)
    } else if cause.is_body() || cause.is_decode() {
        (
            Failure::AmbiguousTransport,
            ErrorKind::Transport,
            "the reply broke off before its end".to_owned(),
        )
    } else {
        let message = "the connection broke after the request was sent".to_owned();
        (Failure::AmbiguousTransport, ErrorKind::Transport, message)
    };
    Broken {
        failure,
        error: Error::new(kind, message).with_source(cause),
        head: None,
    }
}
