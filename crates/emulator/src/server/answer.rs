//! Builds responses.

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderName, HeaderValue, Response, StatusCode};
use serde_json::{Map, Value, json};

use super::body::{self, Body};
use crate::fault::InjectedResponse;
use crate::refusal::Refusal;
use crate::rows::{self, Rows};
use crate::simulation::Route;

/// Headers in order. A later one replaces an earlier one with the same name.
pub(super) type Headers = Vec<(HeaderName, String)>;

/// A response before it is serialized.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: Headers,
    /// `None` for a response without a body.
    pub(super) body: Option<Value>,
    /// The rows of a body that is made of rows.
    pub(super) rows: Option<Rows>,
}

impl Answer {
    pub(super) fn new(status: StatusCode, body: Value) -> Self {
        Self {
            status,
            headers: Headers::new(),
            body: Some(body),
            rows: None,
        }
    }

    /// An error of the emulator itself, not in a vendor's form.
    pub(super) fn error(status: StatusCode, message: &str) -> Self {
        Self::new(status, json!({ "error": { "message": message } }))
    }

    /// An error in the form of its API.
    pub(super) fn refused(route: Route, refusal: Refusal, mut headers: Headers) -> Self {
        headers.extend(refusal.headers);
        Self {
            status: refusal.status,
            headers,
            body: error_body(route, refusal.status, &refusal.message, &refusal.details),
            rows: None,
        }
    }

    pub(super) fn into_response(self) -> Response<Body> {
        self.into_response_with(body::full)
    }

    /// Sends the body in another way than at once. `content-length` is the full length.
    pub(super) fn into_response_with(self, shape: impl FnOnce(Bytes) -> Body) -> Response<Body> {
        let mut response = respond(self.status, self.headers, None);
        if let Some(body) = self.body {
            let bytes = Bytes::from(rows::write(&body, self.rows.as_ref()));
            let length = bytes.len();
            let headers = response.headers_mut();
            headers.entry(CONTENT_TYPE).or_insert(JSON);
            headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
            *response.body_mut() = shape(bytes);
        }
        response
    }

    /// Sends only the first half of the body, with a `content-length` that fits it.
    pub(super) fn malformed(self) -> Response<Body> {
        let half = self.body.map(|body| {
            let mut bytes = Bytes::from(rows::write(&body, self.rows.as_ref()));
            bytes.truncate(bytes.len() / 2);
            bytes
        });
        respond(self.status, self.headers, half)
    }
}

/// Returns the response of a fault.
pub(super) fn injected(route: Route, response: &InjectedResponse, mut headers: Headers) -> Response<Body> {
    let own: Result<Headers, _> = response
        .headers
        .iter()
        .map(|(name, value)| name.parse::<HeaderName>().map(|name| (name, value.clone())))
        .collect();
    let (Ok(status), Ok(own)) = (StatusCode::from_u16(response.status), own) else {
        // This cannot happen: impossible faults are not injected.
        let message = "the injected fault has an impossible status or header name";
        return Answer::error(StatusCode::INTERNAL_SERVER_ERROR, message).into_response();
    };
    headers.extend(own);
    let body = response.body.clone().or_else(|| {
        let body = error_body(route, status, &format!("injected fault: {status}"), &Map::new());
        body.map(|body| body.to_string())
    });
    respond(status, headers, body.map(Bytes::from))
}

/// Returns the body of an error in the form of its API; `None` when the document has no body for the status.
fn error_body(route: Route, status: StatusCode, message: &str, details: &Map<String, Value>) -> Option<Value> {
    let Route { api, operation } = route;
    (!operation.is_bodiless(status)).then(|| (api.error_body)(operation, status, message, details))
}

const JSON: HeaderValue = HeaderValue::from_static("application/json; charset=utf-8");

fn respond(status: StatusCode, headers: Headers, bytes: Option<Bytes>) -> Response<Body> {
    let has_body = bytes.is_some();
    let mut response = Response::new(body::full(bytes.unwrap_or_default()));
    *response.status_mut() = status;
    let map = response.headers_mut();
    if has_body {
        map.insert(CONTENT_TYPE, JSON);
    }
    for (name, value) in headers {
        // A fault may have a header value that HTTP does not allow.
        let value = HeaderValue::from_str(&value).unwrap_or(HeaderValue::from_static("impossible header value"));
        map.insert(name, value);
    }
    response
}
