//! The loop of attempts of one call.

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use http::{HeaderMap, StatusCode};
use tracing::Instrument as _;

use super::attempt::{self, Broken, Received};
use super::{Failed, Shared, Transport};
use crate::error::excerpt;
use crate::{
    AuthRequirement, CallState, Credentials, Error, ErrorKind, Failure, Operation, RateLimit, ResponseMeta, RetryClass,
    RetryPolicy, VendorMessage, Verdict, classify_status, decide, retry_after,
};

/// Sends a request until it succeeds or its policy says to stop.
pub(super) async fn run(
    transport: &Transport,
    client: &reqwest::Client,
    request: reqwest::Request,
    operation: &'static Operation,
) -> reqwest::Response {
    let span = tracing::info_span!(
        "operation",
        operation = operation.operation_id,
        method = operation.method,
        path = operation.path,
        attempts = tracing::field::Empty,
        status = tracing::field::Empty,
    );
    let call = transport.call.clone();
    let outcome = async {
        let exchange = Exchange::new(transport, operation);
        let result = exchange.run(client, request).await;
        record(&result);
        result.map(|(meta, body)| (meta, body, exchange.credentials))
    }
    .instrument(span)
    .await;
    match outcome {
        Ok((meta, body, credentials)) => {
            let reply = reply(&meta, body.clone(), call.is_none());
            if let Some(call) = call {
                call.succeed(operation, meta, body, credentials);
            }
            reply
        }
        Err(error) => {
            let mut reply = http::Response::new(reqwest::Body::default());
            reply.extensions_mut().insert(Failed(error.to_string()));
            if let Some(call) = call {
                call.fail(error);
            }
            reply.into()
        }
    }
}

fn record(result: &Result<(ResponseMeta, bytes::Bytes), Error>) {
    let span = tracing::Span::current();
    match result {
        Ok((meta, _)) => {
            span.record("attempts", meta.attempts);
            span.record("status", meta.status.as_u16());
        }
        Err(error) => {
            span.record("attempts", error.attempts());
            if let Some(status) = error.status() {
                span.record("status", status.as_u16());
            }
            tracing::debug!(kind = ?error.kind(), outcome_unknown = error.is_outcome_unknown(), "call failed");
        }
    }
}

/// The reply for the generated client; its headers are only copied for those who have no other way to them.
fn reply(meta: &ResponseMeta, body: bytes::Bytes, headers: bool) -> reqwest::Response {
    let mut reply = http::Response::new(reqwest::Body::from(body));
    *reply.status_mut() = meta.status;
    if headers {
        reply.headers_mut().clone_from(&meta.headers);
    }
    reply.into()
}

/// One call: what applies to it, and when it has to end.
struct Exchange<'a> {
    shared: &'a Arc<Shared>,
    call: Option<&'a CallState>,
    operation: &'static Operation,
    /// The client's, with what else must not be shown of this call.
    credentials: Credentials,
    policy: RetryPolicy,
    attempt_limit: Duration,
    call_limit: Duration,
    deadline: Instant,
}

impl<'a> Exchange<'a> {
    fn new(transport: &'a Transport, operation: &'static Operation) -> Self {
        let shared = &transport.shared;
        let call = transport.call.as_deref();
        let options = call.map(|call| &call.options);
        let call_limit = options
            .and_then(|options| options.timeout)
            .unwrap_or(shared.timeouts.call());
        let attempt_limit = options
            .and_then(|options| options.attempt_timeout)
            .unwrap_or(shared.timeouts.attempt());
        let policy = options
            .and_then(|options| options.retry)
            .unwrap_or_else(|| shared.retry);
        let begin = || far_future(shared.clock.instant(), call_limit);
        let shared_deadline = options.and_then(|options| options.deadline.as_deref());
        let deadline = shared_deadline.map_or_else(begin, |deadline| *deadline.get_or_init(begin));
        let credentials = match options {
            Some(options) if !options.secrets.is_empty() => shared.credentials.hiding(&options.secrets),
            _ => shared.credentials.clone(),
        };
        Self {
            shared,
            call,
            operation,
            credentials,
            policy,
            attempt_limit,
            call_limit,
            deadline,
        }
    }

    async fn run(
        &self,
        client: &reqwest::Client,
        mut request: reqwest::Request,
    ) -> Result<(ResponseMeta, bytes::Bytes), Error> {
        self.prepare(request.headers_mut())
            .map_err(|error| error.with_operation(self.operation.operation_id))?;
        self.shared.budget.deposit();
        let mut attempts: u32 = 0;
        let mut last = None;
        let mut waited = Duration::ZERO;
        // Whether an earlier attempt may have made the change although it failed.
        let mut unanswered = false;
        loop {
            let limit = self.attempt_limit.min(self.left());
            if limit.is_zero() {
                return Err(self.about_the_change(self.out_of_time(last), false, unanswered));
            }
            attempts += 1;
            let Some(copy) = request.try_clone() else {
                // Generated clients build bodies from memory, so this is unreachable by way of this SDK.
                let message = "the request's body is a stream, which can't be sent again";
                return Err(Error::invalid_input(message).with_operation(self.operation.operation_id));
            };
            let span = tracing::debug_span!(
                "attempt",
                attempt = attempts,
                wait_ms = whole_ms(waited),
                status = tracing::field::Empty,
                request_id = tracing::field::Empty
            );
            let (failure, headers, error) = match attempt::run(client, copy, limit).instrument(span.clone()).await {
                Ok(received) => match self.judge(received, attempts, &span) {
                    Ok(success) => return Ok(success),
                    Err((failure, headers, error)) => (failure, Some(headers), error),
                },
                Err(Broken {
                    failure,
                    error,
                    head: None,
                }) => (failure, None, error.with_attempts(attempts)),
                Err(Broken {
                    failure,
                    error,
                    head: Some((status, headers)),
                }) => {
                    let meta = self.meta(status, headers, attempts, &span);
                    (failure, None, error.with_meta(&meta))
                }
            };
            let error = error.with_operation(self.operation.operation_id);
            let now = self.shared.clock.now();
            let asked = headers.and_then(|headers| retry_after(&headers, failure, now));
            let error = error.with_retry_at(asked.and_then(|wait| moment(now, wait)));
            let (wait, error) = self
                .may_retry(failure, attempts, asked, error)
                .map_err(|error| self.about_the_change(error, failure.may_have_acted(), unanswered))?;
            unanswered |= failure.may_have_acted();
            last = Some(error);
            tracing::debug!(parent: &span, wait_ms = whole_ms(wait), "trying again");
            self.shared.sleep.sleep(wait).await;
            waited = wait;
        }
    }

    /// Puts credentials and the call's headers on a request, and takes off what generated code adds of its own.
    fn prepare(&self, headers: &mut HeaderMap) -> Result<(), Error> {
        // progenitor sends the document's version under this name; no vendor asked for it.
        headers.remove("api-version");
        for (name, value) in &self.shared.headers {
            headers.insert(name, value.clone());
        }
        if let Some(call) = self.call {
            for (name, value) in &call.options.headers {
                headers.insert(name, value.clone());
            }
        }
        match self.operation.auth {
            AuthRequirement::None => Ok(()),
            AuthRequirement::Required if self.credentials.is_none() => Err(Error::configuration(
                "this operation needs credentials, and the client has none: give it a key and a secret",
            )),
            AuthRequirement::Required => {
                self.credentials.apply(headers);
                Ok(())
            }
        }
    }

    /// Says whether a whole reply is a success, and what sort of failure it is if not.
    #[allow(
        clippy::type_complexity,
        clippy::result_large_err,
        reason = "one private hop between attempt and verdict"
    )]
    fn judge(
        &self,
        received: Received,
        attempts: u32,
        span: &tracing::Span,
    ) -> Result<(ResponseMeta, bytes::Bytes), (Failure, HeaderMap, Error)> {
        let Received { status, headers, body } = received;
        let mut meta = self.meta(status, headers, attempts, span);
        let dialect = self.shared.dialect.as_deref();
        let refusal = if status.is_success() {
            let Some(refusal) = dialect.and_then(|dialect| dialect.refusal_in_success(&body)) else {
                return Ok((meta, body));
            };
            Some(refusal)
        } else {
            dialect.and_then(|dialect| dialect.refusal_of(self.operation, status, &meta.headers, &body))
        };
        let credentials = &self.credentials;
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
        Err((
            classify_status(status.as_u16()).unwrap_or(Failure::Rejected),
            meta.headers,
            error,
        ))
    }

    /// Describes a reply, and tells the attempt's span of it.
    fn meta(&self, status: StatusCode, headers: HeaderMap, attempts: u32, span: &tracing::Span) -> ResponseMeta {
        let limits = RateLimit::from_headers(&headers, self.shared.clock.now());
        let meta = ResponseMeta::new(status, headers, limits, attempts);
        span.record("status", meta.status.as_u16());
        if let Some(id) = &meta.request_id {
            span.record("request_id", id.as_str());
        }
        meta
    }

    /// The wait before the next attempt and the error that it follows, or the error that ends the call.
    fn may_retry(
        &self,
        failure: Failure,
        attempts: u32,
        asked: Option<Duration>,
        error: Error,
    ) -> Result<(Duration, Error), Error> {
        let left = self.left();
        match decide(self.operation.retry, failure, &self.policy) {
            Verdict::StopOutcomeUnknown => {
                let remedy = if self.operation.retry == RetryClass::Never {
                    "the attempt may have been counted all the same: wait before trying again"
                } else {
                    "the change may have been made all the same: look for it before trying again"
                };
                return Err(self.within(error, left).with_unknown_outcome(remedy));
            }
            Verdict::Stop => return Err(error),
            Verdict::Retry => {}
        }
        if !self.policy.allows_another(attempts) {
            return Err(error);
        }
        let wait = asked.unwrap_or_else(|| self.policy.backoff(attempts, &*self.shared.jitter));
        if wait >= left {
            let message = format!(
                "gave up after {attempts} attempt{}: the next one would start in {}, past the call's limit of {}",
                if attempts == 1 { "" } else { "s" },
                excerpt::duration(wait),
                excerpt::duration(self.call_limit),
            );
            let retry_at = error.retry_at().or_else(|| moment(self.shared.clock.now(), wait));
            // Stopping early is no timeout: the failure stays what it was, unless the time did run out.
            let kind = if left.is_zero() {
                ErrorKind::Timeout
            } else {
                error.kind()
            };
            return Err(Error::giving_up(kind, message, error).with_retry_at(retry_at));
        }
        if !self.shared.budget.try_withdraw() {
            let message = "not tried again: too many recent calls of this client were retries already";
            return Err(Error::giving_up(error.kind(), message.to_owned(), error));
        }
        Ok((wait, error))
    }

    /// The call's time ran out before an attempt could begin.
    fn out_of_time(&self, last: Option<Error>) -> Error {
        let limit = excerpt::duration(self.call_limit);
        let message = format!("the call's limit of {limit} leaves no time to send it: raise the limit");
        match last {
            Some(last) => Error::giving_up(ErrorKind::Timeout, message, last),
            None => Error::new(ErrorKind::Timeout, message).with_operation(self.operation.operation_id),
        }
    }

    /// Says of a change that failed after an attempt without a clear answer that it may have been made.
    ///
    /// What is not idempotent stops at the first such attempt and has been dealt with there. What is can be sent again,
    /// but its last error alone would mislead: a deletion whose first reply was lost ends as "not found", and so does the
    /// renewal of the client's own credentials as "not authorized".
    fn about_the_change(&self, error: Error, acted: bool, unanswered: bool) -> Error {
        if error.is_outcome_unknown() || matches!(self.operation.method, "GET" | "HEAD") {
            return error;
        }
        if unanswered && self.operation.method == "DELETE" && error.is_not_found() {
            return error.with_unknown_outcome(
                "an earlier attempt of this call went without a clear answer and may have deleted it",
            );
        }
        if unanswered && error.is_conflict() {
            return error.with_unknown_outcome(
                "an earlier attempt of this call went without a clear answer and may have made the change: read it first",
            );
        }
        if unanswered && error.status() == Some(StatusCode::UNAUTHORIZED) {
            return error.with_unknown_outcome(
                "an earlier attempt of this call went without a clear answer and may have ended the credentials that this \
                 client signs in with: sign in with others and look for the change",
            );
        }
        if unanswered || acted {
            return error
                .with_unknown_outcome("the change may have been made all the same: sending it again does no harm");
        }
        error
    }

    /// Says of an attempt that was cut short by the call's own limit that this was so.
    fn within(&self, error: Error, left: Duration) -> Error {
        if left.is_zero() && error.kind() == ErrorKind::Timeout {
            let message = format!(
                "the call took longer than its limit of {}",
                excerpt::duration(self.call_limit)
            );
            return Error::giving_up(ErrorKind::Timeout, message, error);
        }
        error
    }

    fn left(&self) -> Duration {
        self.deadline.saturating_duration_since(self.shared.clock.instant())
    }
}

/// `from + limit`, where a limit that no clock can hold stands for "as long as it takes".
fn far_future(from: Instant, limit: Duration) -> Instant {
    const CENTURY: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);
    from.checked_add(limit)
        .or_else(|| from.checked_add(CENTURY))
        .unwrap_or(from)
}

fn whole_ms(wait: Duration) -> u64 {
    u64::try_from(wait.as_millis()).unwrap_or(u64::MAX)
}

fn moment(now: DateTime<Utc>, wait: Duration) -> Option<DateTime<Utc>> {
    now.checked_add_signed(chrono::Duration::from_std(wait).ok()?)
}
