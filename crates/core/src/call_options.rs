//! The settings of one call.

use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use http::HeaderMap;

use crate::error::MakeError as _;
use crate::transport::check_headers;
use crate::{Error, Result, RetryPolicy, Secret};

/// The settings of one call. Settings that are `None` default to those of the client.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct CallOptions {
    /// The time limit of the whole call, including retries and waits.
    pub timeout: Option<Duration>,
    /// The time limit of one attempt; a limit of zero is refused.
    pub attempt_timeout: Option<Duration>,
    /// When to retry.
    pub retry: Option<RetryPolicy>,
    /// Headers to send in addition to the client's; a header of the same name replaces the client's. Those that
    /// [`check_header_name`](crate::check_header_name) refuses are an error.
    pub headers: HeaderMap,
    /// Secrets in the body of the request. Like the credentials, they are redacted in error texts.
    pub secrets: Vec<Secret>,
    /// The common deadline of a call that sends several requests.
    pub(crate) deadline: Option<Arc<OnceLock<Instant>>>,
}

impl CallOptions {
    /// Refuses settings with which no request could be sent, or that the client makes itself.
    pub(crate) fn check(&self) -> Result<()> {
        if self.attempt_timeout.is_some_and(|limit| limit.is_zero()) {
            let message = "the time limit of an attempt is zero, which leaves no time to send a request: pass a longer \
                           `attempt_timeout`, or none";
            return Err(Error::invalid_input(message));
        }
        check_headers(&self.headers)
    }

    /// Makes all requests that are sent with clones of these options share one time limit, which starts with the first
    /// request.
    #[must_use]
    pub fn as_one_call(mut self) -> Self {
        self.deadline = Some(Arc::default());
        self
    }
}

impl std::fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            timeout,
            attempt_timeout,
            retry,
            headers,
            secrets: _,
            deadline: _,
        } = self;
        f.debug_struct("CallOptions")
            .field("timeout", timeout)
            .field("attempt_timeout", attempt_timeout)
            .field("retry", retry)
            .field("headers", &headers.keys().collect::<Vec<_>>())
            .finish()
    }
}
