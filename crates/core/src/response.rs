//! Responses: the value, and what was received with it.

use std::ops::{Deref, DerefMut};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::{HeaderMap, StatusCode};

use crate::{Attempts, RateLimit, VendorMessage};

/// The headers that may contain the id of a request, in order of preference.
const REQUEST_ID_HEADERS: [&str; 3] = ["x-request-id", "cf-ray", "request-id"];

/// Status, headers and number of attempts of one response.
///
/// `Debug` shows the names of the headers but not their values, because a header may contain a credential.
#[derive(Clone)]
#[non_exhaustive]
pub struct ResponseMeta {
    /// The HTTP status.
    pub status: StatusCode,
    /// The headers as received.
    pub headers: HeaderMap,
    /// The id that the service gave the request. The vendor's support asks for it.
    pub request_id: Option<String>,
    /// When the response was received, by the client's clock.
    pub received_at: DateTime<Utc>,
    /// What became of each attempt. [`count`](Attempts::count) says how many times the request was sent.
    pub attempts: Attempts,
    /// Notes that the service sent with the value or the errors; usually empty.
    /// [`Error::vendor_errors`](crate::Error::vendor_errors) returns the errors.
    pub messages: Vec<VendorMessage>,
}

impl ResponseMeta {
    /// Describes a response. Also useful to make responses in tests of code that takes a [`Response`].
    #[must_use]
    pub fn new(status: StatusCode, headers: HeaderMap, received_at: DateTime<Utc>, attempts: Attempts) -> Self {
        let request_id = request_id(&headers);
        Self {
            status,
            headers,
            request_id,
            received_at,
            attempts,
            messages: Vec::new(),
        }
    }

    /// How many requests the rate limit still allows, if the service says so: read from the headers by
    /// [`RateLimit::from_headers`].
    #[must_use]
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::from_headers(&self.headers, self.received_at)
    }
}

impl std::fmt::Debug for ResponseMeta {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            status,
            headers,
            request_id,
            received_at,
            attempts,
            messages,
        } = self;
        f.debug_struct("ResponseMeta")
            .field("status", status)
            .field("headers", &headers.keys().collect::<Vec<_>>())
            .field("request_id", request_id)
            .field("received_at", received_at)
            .field("rate_limit", &self.rate_limit())
            .field("attempts", &attempts.count())
            .field("messages", &messages.len())
            .finish()
    }
}

/// Reads the id of a request from the headers of the response.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<String> {
    REQUEST_ID_HEADERS
        .iter()
        .find_map(|name| headers.get(*name)?.to_str().ok())
        .map(str::to_owned)
}

/// A value, and the response that it was read from.
///
/// `Debug` shows the length of the body but not the body, which may contain a secret.
#[derive(Clone)]
#[non_exhaustive]
pub struct Response<T> {
    /// The decoded value.
    pub value: T,
    /// Status, headers, request id, time and attempts.
    pub meta: ResponseMeta,
    /// The body as received. Cloning it copies no data.
    pub body: Bytes,
}

impl<T> Response<T> {
    /// Makes a response. Also useful in tests of code that takes a [`Response`].
    #[must_use]
    pub fn new(value: T, meta: ResponseMeta, body: Bytes) -> Self {
        Self { value, meta, body }
    }

    /// What became of each attempt of the call: status, wait, reason.
    #[must_use]
    pub fn attempts(&self) -> &Attempts {
        &self.meta.attempts
    }

    /// Returns the value without the rest.
    #[must_use]
    pub fn into_value(self) -> T {
        self.value
    }

    /// Converts the value and keeps the rest.
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
