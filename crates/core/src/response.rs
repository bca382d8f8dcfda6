//! What came back beside the value.

use std::ops::{Deref, DerefMut};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::{RateLimit, VendorMessage};

/// Names under which services give the identifier of a request, in order of preference.
const REQUEST_ID_HEADERS: [&str; 3] = ["x-request-id", "cf-ray", "request-id"];

/// Status, headers and history of one reply.
///
/// `Debug` shows the names of the headers but not their values, since a header may carry a credential.
#[derive(Clone)]
#[non_exhaustive]
pub struct ResponseMeta {
    /// The HTTP status.
    pub status: StatusCode,
    /// The headers as received.
    pub headers: HeaderMap,
    /// The identifier that the service gave the request; quote it to the vendor's support.
    pub request_id: Option<String>,
    /// How much of the allowance is left, when the service says so.
    pub rate_limit: Option<RateLimit>,
    /// How many times the request was sent, the successful attempt included.
    pub attempts: u32,
    /// What the service remarked beside the value or its errors, where it does that; empty otherwise. The errors are
    /// [`Error::vendor_errors`](crate::Error::vendor_errors).
    pub messages: Vec<VendorMessage>,
}

impl ResponseMeta {
    /// Describes a reply; also useful to build replies in tests of code that takes a [`Response`].
    #[must_use]
    pub fn new(status: StatusCode, headers: HeaderMap, rate_limit: Option<RateLimit>, attempts: u32) -> Self {
        let request_id = request_id(&headers);
        Self {
            status,
            headers,
            request_id,
            rate_limit,
            attempts,
            messages: Vec::new(),
        }
    }
}

impl std::fmt::Debug for ResponseMeta {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            status,
            headers,
            request_id,
            rate_limit,
            attempts,
            messages,
        } = self;
        f.debug_struct("ResponseMeta")
            .field("status", status)
            .field("headers", &headers.keys().collect::<Vec<_>>())
            .field("request_id", request_id)
            .field("rate_limit", rate_limit)
            .field("attempts", attempts)
            .field("messages", &messages.len())
            .finish()
    }
}

/// Reads the identifier of a request from its reply's headers.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<String> {
    REQUEST_ID_HEADERS
        .iter()
        .find_map(|name| headers.get(*name)?.to_str().ok())
        .map(str::to_owned)
}

/// A value together with the response that it came in.
///
/// `Debug` shows the length of the body but not the body, which may contain a secret.
#[derive(Clone)]
#[non_exhaustive]
pub struct Response<T> {
    /// The decoded value.
    pub value: T,
    /// Status, headers, request id, rate limit and number of attempts.
    pub meta: ResponseMeta,
    /// The body as received; cloning it copies nothing.
    pub body: Bytes,
}

impl<T> Response<T> {
    /// Joins a value and its reply; also useful in tests of code that takes a [`Response`].
    #[must_use]
    pub fn new(value: T, meta: ResponseMeta, body: Bytes) -> Self {
        Self { value, meta, body }
    }

    /// Keeps the value alone.
    #[must_use]
    pub fn into_value(self) -> T {
        self.value
    }

    /// Turns the value into another one of the same reply.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Response<U> {
        Response {
            value: f(self.value),
            meta: self.meta,
            body: self.body,
        }
    }
}

impl<T: std::fmt::Debug> std::fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { value, meta, body } = self;
        f.debug_struct("Response")
            .field("value", value)
            .field("meta", meta)
            .field("body_bytes", &body.len())
            .finish()
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Response<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}
