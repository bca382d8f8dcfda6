//! The canned server: HTTP/1.1 with kept connections, and the same bytes for the same request.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response, StatusCode, Uri};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

use crate::Result;
use crate::replies::Replies;

/// Serves until the process ends, and answers after `latency`.
///
/// # Errors
/// No connection can be accepted.
pub async fn serve(listener: TcpListener, latency: Duration) -> Result<()> {
    let replies = Arc::new(Replies::new()?);
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let replies = Arc::clone(&replies);
        let service = service_fn(move |request| answer(Arc::clone(&replies), latency, request));
        let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
        // A client that goes away while it is answered is no failure of the server's.
        tokio::spawn(async move { connection.await.ok() });
    }
}

async fn answer(
    replies: Arc<Replies>,
    latency: Duration,
    request: Request<Incoming>,
) -> std::result::Result<Response<Full<Bytes>>, Infallible> {
    let reply = route(&replies, request.uri());
    if !latency.is_zero() {
        tokio::time::sleep(latency).await;
    }
    let status = match reply {
        Some(_) => StatusCode::OK,
        None => StatusCode::NOT_FOUND,
    };
    let mut response = Response::new(Full::new(reply.unwrap_or_default()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    for (name, value) in headers_of(request.uri().path()) {
        headers.insert(*name, http::HeaderValue::from_static(value));
    }
    Ok(response)
}

/// The headers that the services send beside those of every server.
fn headers_of(path: &str) -> &'static [(&'static str, &'static str)] {
    if path.starts_with("/client/v4/") {
        &[
            ("content-type", "application/json"),
            ("cf-ray", "8f1e2d3c4b5a6978-FRA"),
            ("ratelimit", r#""default";r=1199;t=300"#),
            ("ratelimit-policy", r#""default";q=1200;w=300"#),
            ("cache-control", "no-store"),
        ]
    } else {
        &[
            ("content-type", "application/json; charset=utf-8"),
            ("x-request-id", "b1946ac92492d2347c6235b4d2611184"),
            ("x-featureratelimit-limit", "2000"),
            ("x-featureratelimit-remaining", "1999"),
            ("x-featureratelimit-reset", "Wed, 03 Dec 2025 13:00:00 GMT"),
            ("cache-control", "max-age=0, private, must-revalidate"),
        ]
    }
}

fn route(replies: &Replies, uri: &Uri) -> Option<Bytes> {
    let parts: Vec<&str> = uri.path().split('/').skip(1).collect();
    let number = |name| query(uri, name).and_then(|text| text.parse().ok());
    match parts[..] {
        ["v1_1", "provisioning", "accounts", _, "users"] => Some(replies.users(number("page").unwrap_or(1))),
        ["v1_1", "provisioning", "accounts", _, "users", id] => {
            Some(replies.user(id.get(id.len().checked_sub(7)?..)?.parse().ok()?))
        }
        ["client", "v4", "accounts", total, "members"] => Some(replies.members(
            total.parse().ok()?,
            number("page").unwrap_or(1),
            number("per_page").unwrap_or(crate::replies::MEMBERS_PER_PAGE),
        )),
        _ => None,
    }
}

fn query<'a>(uri: &'a Uri, name: &str) -> Option<&'a str> {
    let pairs = uri.query()?.split('&').filter_map(|pair| pair.split_once('='));
    pairs.into_iter().find(|(key, _)| *key == name).map(|(_, value)| value)
}
