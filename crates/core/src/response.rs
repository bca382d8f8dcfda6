//! Responses: the value, and what was received with it.

use std::ops::{Deref, DerefMut};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::{HeaderMap, HeaderValue, StatusCode};

use crate::{Attempts, Credentials, RateLimit, VendorMessage};

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
        Self {
            status,
            headers,
            received_at,
            attempts,
            messages: Vec::new(),
        }
    }

    /// The id that the service gave the request, if it gave one. The vendor's support asks for it.
    ///
    /// It is the first of the headers `x-request-id`, `cf-ray` and `request-id` that is there.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        let value = |name: &&str| self.headers.get(*name)?.to_str().ok();
        REQUEST_ID_HEADERS.iter().find_map(value)
    }

    /// Removes the credentials from what may be shown as the id of the request.
    pub(crate) fn scrub_request_id(&mut self, credentials: &Credentials) {
        for name in REQUEST_ID_HEADERS {
            if let Some(value) = self.headers.get_mut(name)
                && let Some(clean) = value.to_str().ok().and_then(|id| credentials.scrub(id))
            {
                *value = HeaderValue::try_from(clean).unwrap_or(HeaderValue::from_static(""));
            }
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
            received_at,
            attempts,
            messages,
        } = self;
        f.debug_struct("ResponseMeta")
            .field("status", status)
            .field("headers", &headers.keys().collect::<Vec<_>>())
            .field("request_id", &self.request_id())
            .field("received_at", received_at)
            .field("rate_limit", &self.rate_limit())
            .field("attempts", &attempts.count())
            .field("messages", &messages.len())
            .finish()
    }
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
