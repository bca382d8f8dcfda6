//! What one call wants, and where its truth is left.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::HeaderMap;
use serde::de::DeserializeOwned;

use crate::{Credentials, Error, Operation, Response, ResponseMeta, RetryClass, RetryPolicy, Secret};

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

/// One call on its way: its options, and what the transport learnt about it.
///
/// Generated methods can only return what their document describes, so the typed error and the reply's description wait
/// here for the layer above.
#[derive(Debug, Default)]
pub struct CallState {
    pub(crate) options: CallOptions,
    outcome: Mutex<Outcome>,
}

#[derive(Default)]
struct Outcome {
    operation: Option<&'static Operation>,
    meta: Option<ResponseMeta>,
    body: Bytes,
    /// What must not be shown of the body.
    credentials: Credentials,
    error: Option<Error>,
}

impl std::fmt::Debug for Outcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            operation,
            meta,
            body,
            credentials: _,
            error,
        } = self;
        f.debug_struct("Outcome")
            .field("operation", &operation.map(|operation| operation.operation_id))
            .field("meta", meta)
            .field("body_bytes", &body.len())
            .field("error", error)
            .finish()
    }
}

impl CallState {
    /// Starts a call with its options.
    #[must_use]
    pub fn new(options: CallOptions) -> Self {
        Self {
            options,
            outcome: Mutex::default(),
        }
    }

    /// Leaves a successful reply.
    pub(crate) fn succeed(
        &self,
        operation: &'static Operation,
        meta: ResponseMeta,
        body: Bytes,
        credentials: Credentials,
    ) {
        *self.lock() = Outcome {
            operation: Some(operation),
            meta: Some(meta),
            body,
            credentials,
            error: None,
        };
    }

    /// Leaves the error that ended the call.
    pub(crate) fn fail(&self, error: Error) {
        self.lock().error = Some(error);
    }

    /// Joins what a generated method returned with what the transport left.
    ///
    /// # Errors
    /// The transport's error if it left one; a decode error when the reply was successful but `value` is `None`; and
    /// an input error when the request never reached the transport.
    pub fn finish<T: DeserializeOwned>(&self, value: Result<T, String>) -> Result<Response<T>, Error> {
        let Outcome {
            operation,
            meta,
            body,
            credentials,
            error,
        } = std::mem::take(&mut *self.lock());
        if let Some(error) = error {
            return Err(error);
        }
        match (value, meta, operation) {
            (Ok(value), Some(meta), _) => Ok(Response::new(value, meta)),
            (Err(_), Some(meta), Some(operation)) => {
                let error = Error::undecodable::<T>(&credentials.scrub_body(&body));
                let error = if operation.retry == RetryClass::NotIdempotent {
                    error.after_the_change()
                } else {
                    error
                };
                Err(error
                    .with_body(&body)
                    .with_meta(&meta)
                    .with_operation(operation.operation_id))
            }
            (Err(reason), ..) => Err(Error::invalid_input(format!("the request can't be built: {reason}"))),
            (Ok(_), None, _) => Err(Error::invalid_input("the reply did not pass through this transport")),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Outcome> {
        crate::sync::lock(&self.outcome)
    }
}
