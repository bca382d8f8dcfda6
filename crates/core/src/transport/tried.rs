//! One attempt, and what came of it.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::Either;
use http::{HeaderMap, StatusCode};
use tracing::Span;

use super::attempt::{self, Incomplete, Received, Sending};
use super::exchange::Exchange;
use super::http_client::RuntimeClient;
use super::send_http;
use super::shared::Shared;
use crate::error::MakeError as _;
use crate::{Attempts, Error, Failure, ResponseMeta, VendorMessage};

/// An attempt that failed.
pub(super) struct Failed {
    pub(super) failure: Failure,
    /// The headers of a complete response.
    pub(super) headers: Option<HeaderMap>,
    pub(super) error: Error,
}

impl Failed {
    fn new(failure: Failure, headers: Option<HeaderMap>, error: Error) -> Self {
        Self {
            failure,
            headers,
            error,
        }
    }
}

/// Starts to send a request, with the sender of the client if it has one.
pub(super) fn start(
    shared: &Shared,
    client: &RuntimeClient,
    request: reqwest::Request,
    limit: Duration,
) -> Either<impl Sending, impl Future<Output = Result<Received, Incomplete>> + Send + Unpin> {
    match &shared.sender {
        None => Either::Left(attempt::start(&client.client, request, limit)),
        Some(sender) => Either::Right(Box::pin(send_http::attempt(&**sender, request, limit))),
    }
}

impl Exchange<'_> {
    /// Sends one attempt and reads what comes back.
    #[allow(clippy::result_large_err, reason = "only passed on within this module")]
    pub(super) async fn send(
        &self,
        shared: &Shared,
        client: &Arc<RuntimeClient>,
        sending: Either<impl Sending, impl Future<Output = Result<Received, Incomplete>> + Send + Unpin>,
        limit: Duration,
        span: &Span,
    ) -> Result<(ResponseMeta, Bytes), Failed> {
        let base_url = shared.base_url.as_url();
        let mut received = pin!(async {
            match sending {
                Either::Left(own) => shared.http.attempt(client, own, base_url, limit, limit).await,
                Either::Right(other) => other.await,
            }
        });
        let in_span = poll_fn(|context| span.in_scope(|| received.as_mut().poll(context)));
        match in_span.await {
            Ok(received) => self.check(received, span),
            Err(Incomplete { failure, error, head }) => {
                let error = match head {
                    Some((status, headers)) => error.with_meta(&self.meta(status, headers, span)),
                    None => error,
                };
                Err(Failed::new(failure, None, error))
            }
        }
    }

    /// Checks whether a complete response is a success, and classifies the failure if it is not.
    #[allow(clippy::result_large_err, reason = "only passed on within this module")]
    fn check(&self, received: Received, span: &Span) -> Result<(ResponseMeta, Bytes), Failed> {
        let Received {
            status, headers, body, ..
        } = received;
        let mut meta = self.meta(status, headers, span);
        let dialect = self.settings.dialect.as_deref();
        let refusal = if status.is_success() {
            let Some(refusal) = dialect.and_then(|dialect| dialect.refusal_in_success(&body)) else {
                return Ok((meta, body));
            };
            Some(refusal)
        } else {
            dialect.and_then(|dialect| dialect.refusal_of(self.operation, status, &meta.headers, &body))
        };
        let credentials = &self.credentials;
        let failure = self.policy.classify(status.as_u16()).unwrap_or(Failure::Rejected);
        if refusal.is_none() && dialect.is_some() {
            let error = Error::foreign(status, &meta.headers, &credentials.scrub_body(&body)).with_meta(&meta);
            let failure = match failure {
                Failure::Rejected => Failure::Unrecognized,
                failure => failure,
            };
            return Err(Failed::new(failure, Some(meta.headers), error));
        }
        let refusal = refusal.map(|mut refusal| {
            let remarks = refusal.errors.iter_mut().chain(&mut refusal.messages);
            let texts = refusal.message.iter_mut().chain(&mut refusal.codes);
            let texts = texts.chain(&mut refusal.category);
            for text in texts.chain(remarks.flat_map(VendorMessage::texts_mut)) {
                if let Some(clean) = credentials.scrub(text) {
                    *text = clean;
                }
            }
            meta.messages = std::mem::take(&mut refusal.messages);
            refusal
        });
        let error = Error::refused(status, refusal, &credentials.scrub_body(&body))
            .with_body(&body)
            .with_meta(&meta);
        Err(Failed::new(failure, Some(meta.headers), error))
    }

    /// Describes a response, and records it in the span of the attempt.
    fn meta(&self, status: StatusCode, headers: HeaderMap, span: &Span) -> ResponseMeta {
        let mut meta = ResponseMeta::new(status, headers, self.settings.clock.now(), Attempts::default());
        meta.scrub_request_id(&self.credentials);
        if !span.is_disabled()
            && let Some(id) = meta.request_id()
        {
            span.record("request_id", id);
        }
        meta
    }
}
