//! The settings of one call.

use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use http::HeaderMap;

use crate::{RetryPolicy, Secret};

/// The settings of one call; what is `None` is the client's.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct CallOptions {
    /// The limit for the whole call, retries and waits included.
    pub timeout: Option<Duration>,
    /// The limit for one attempt.
    pub attempt_timeout: Option<Duration>,
    /// When to try again.
    pub retry: Option<RetryPolicy>,
    /// Headers to send beside the client's; a header of the same name replaces the client's.
    pub headers: HeaderMap,
    /// The secrets that the call sends in its body; they are taken out of what the service says, as the credentials are.
    pub secrets: Vec<Secret>,
    /// When all requests of one call have to be done, where it takes several.
    pub(crate) deadline: Option<Arc<OnceLock<Instant>>>,
}

impl CallOptions {
    /// Lets all requests that are sent with clones of these options share one limit of time, which begins with the
    /// first of them.
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
