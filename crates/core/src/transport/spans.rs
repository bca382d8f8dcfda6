//! What a call tells `tracing`, with the names of OpenTelemetry's conventions for HTTP clients.
//!
//! | span | level | when |
//! |---|---|---|
//! | `operation` | info | from the start of a call to its end, waits included |
//! | `attempt` | debug | from the start of one attempt until its response is read, without the wait after it |
//!
//! | field | span | what |
//! |---|---|---|
//! | `otel.name` | both | `operation`: the `operationId`; `attempt`: method and path template |
//! | `otel.kind` | `attempt` | `client` |
//! | `http.request.method` | both | the method |
//! | `url.template` | both | the path template: the path itself contains ids |
//! | `server.address`, `server.port` | `attempt` | host and port of the base URL |
//! | `http.request.resend_count` | both | how many attempts came before; not set in the first attempt |
//! | `http.response.status_code` | both | the status, if there was a response |
//! | `error.type` | both | the status, or the [`ErrorKind`](crate::ErrorKind), if it failed |
//! | `request_id` | `attempt` | the id that the service gave the request |
//!
//! | event | level | fields |
//! |---|---|---|
//! | `retrying` | info | `error.type`, `wait_ms`: the wait until the next attempt |
//! | `call failed` | debug | `error.type`, `outcome_unknown` |
//!
//! URLs, queries, bodies and the values of headers are never traced, since they contain ids, names and secrets.

use std::fmt;
use std::time::Duration;

use http::StatusCode;
use tracing::field::Empty;
use tracing::{Span, debug, debug_span, info, info_span};
use url::Url;

use crate::{Error, OperationInfo};

/// The span of a call.
pub(super) fn operation(operation: &OperationInfo) -> Span {
    info_span!(
        "operation",
        otel.name = operation.operation_id,
        http.request.method = operation.method,
        url.template = &*operation.path,
        http.request.resend_count = Empty,
        http.response.status_code = Empty,
        "error.type" = Empty,
    )
}

/// The span of an attempt. `number` counts from 1.
pub(super) fn attempt(operation: &OperationInfo, number: u32, base_url: &Url) -> Span {
    let span = debug_span!(
        "attempt",
        otel.name = %Template(operation),
        otel.kind = "client",
        http.request.method = operation.method,
        url.template = &*operation.path,
        server.address = base_url.host_str(),
        server.port = base_url.port_or_known_default(),
        http.request.resend_count = Empty,
        http.response.status_code = Empty,
        "error.type" = Empty,
        request_id = Empty,
    );
    if number > 1 {
        span.record("http.request.resend_count", number - 1);
    }
    span
}

/// Records how a call or an attempt ended.
pub(super) fn record(span: &Span, status: Option<StatusCode>, error: Option<&Error>) {
    if let Some(status) = status {
        span.record("http.response.status_code", status.as_u16());
    }
    if let Some(error) = error {
        span.record("error.type", tracing::field::display(Type(error)));
    }
}

/// Records the end of a call in its span, which is the current one.
pub(super) fn ended(attempts: u32, status: Option<StatusCode>, error: Option<&Error>) {
    let span = Span::current();
    span.record("http.request.resend_count", attempts.saturating_sub(1));
    record(&span, status, error);
    if let Some(error) = error {
        debug!("error.type" = %Type(error), outcome_unknown = error.is_outcome_unknown(), "call failed");
    }
}

/// Tells that a call goes on after a wait.
pub(super) fn retrying(error: &Error, wait: Duration) {
    let wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
    info!("error.type" = %Type(error), wait_ms, "retrying");
}

/// The method and the path template.
struct Template<'a>(&'a OperationInfo);

impl fmt::Display for Template<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0.method, self.0.path)
    }
}

/// What `error.type` says of an error.
struct Type<'a>(&'a Error);

impl fmt::Display for Type<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.status() {
            Some(status) if !status.is_success() => fmt::Display::fmt(&status.as_u16(), f),
            _ => fmt::Debug::fmt(&self.0.kind(), f),
        }
    }
}
