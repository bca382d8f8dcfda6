//! Responses: the value, and what was received with it.

use std::ops::{Deref, DerefMut};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::{RateLimit, VendorMessage};

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
    /// How many requests the rate limit still allows, if the service says so.
    pub rate_limit: Option<RateLimit>,
    /// How many times the request was sent, including the last attempt.
    pub attempts: u32,
    /// Notes that the service sent with the value or the errors; usually empty.
    /// [`Error::vendor_errors`](crate::Error::vendor_errors) returns the errors.
    pub messages: Vec<VendorMessage>,
}

impl ResponseMeta {
    /// Describes a response. Also useful to make responses in tests of code that takes a [`Response`].
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
    /// Status, headers, request id, rate limit and number of attempts.
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
