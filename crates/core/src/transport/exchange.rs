//! The retry loop of one call.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::{HeaderMap, StatusCode};
use tracing::{Instrument as _, Span};

use super::http_client::RuntimeClient;
use super::own_headers::add_headers;
use super::shared::{Settings, Shared};
use super::tried::{self, Failed};
use super::{curl, spans};
use crate::auth::Source;
use crate::error::MakeError as _;
use crate::hook::{Ended, Outgoing};
use crate::{
    AttemptRecord, Attempts, AuthRequirement, CallOptions, Credentials, Error, OperationInfo, ResponseMeta, RetryClass,
    RetryPolicy, retry_after, server_time,
};

/// A successful response that is not read yet. The call goes on until [`end`](Self::end) or [`fail`](Self::fail).
pub(super) struct Received<'a> {
    exchange: Exchange<'a>,
    call: Span,
    last: Replied,
}

/// The attempt that got a successful response.
struct Replied {
    meta: ResponseMeta,
    body: Bytes,
    span: Span,
    took: Duration,
}

/// Builds the request of a call. Each attempt has one of its own.
pub(super) type Build<'a> = dyn Fn(&reqwest::Client) -> Result<reqwest::Request, Error> + Send + Sync + 'a;

/// Sends a request until it succeeds or its policy says to stop.
pub(super) async fn run<'a>(
    shared: &'a Shared,
    build: &Build<'_>,
    operation: &'a OperationInfo,
    options: &'a CallOptions,
) -> Result<Received<'a>, Error> {
    let call = spans::operation(operation);
    let mut exchange = Exchange::new(&shared.settings, operation, options);
    match exchange.run(shared, build).instrument(call.clone()).await {
        Ok(last) => Ok(Received { exchange, call, last }),
        Err(error) => {
            call.in_scope(|| spans::ended(error.attempts().count(), error.status(), Some(&error)));
            Err(error)
        }
    }
}

impl Received<'_> {
    pub(super) fn parts(&mut self) -> (&mut ResponseMeta, &Bytes) {
        (&mut self.last.meta, &self.last.body)
    }

    /// The credentials that were sent, with the other secrets of the call.
    pub(super) fn credentials(&self) -> &Credentials {
        &self.exchange.credentials
    }

    /// Ends a call whose response was read.
    pub(super) fn end(self) -> (ResponseMeta, Bytes) {
        // The calls of a client share the budget, so only those that took something touch it.
        if self.exchange.taken > 0 {
            self.exchange.settings.budget.give_back(self.exchange.taken);
        }
        self.tell(None)
    }

    /// Ends a call whose response can't be read, and completes the error that says why.
    #[cold]
    pub(super) fn fail(self, shared: &Shared, build: &Build<'_>, error: Error) -> Error {
        let Exchange {
            operation,
            options,
            credentials,
            ..
        } = &self.exchange;
        let error = error
            .with_operation(operation.operation_id)
            .with_meta(&self.last.meta)
            .after_success(operation)
            .with_curl(curl(shared, build, operation, options, credentials));
        self.tell(Some(&error));
        error
    }

    /// Tells traces and hooks how the call has ended.
    fn tell(self, error: Option<&Error>) -> (ResponseMeta, Bytes) {
        let Self { exchange, call, last } = self;
        let Replied { meta, body, span, took } = last;
        spans::record(&span, Some(meta.status), error);
        drop(span);
        let attempts = meta.attempts.count();
        call.in_scope(|| {
            exchange.tell_hooks(attempts, Some(&meta), took, error, None);
            spans::ended(attempts, Some(meta.status), error);
        });
        (meta, body)
    }
}

/// One call, with its settings and its deadline.
pub(super) struct Exchange<'a> {
    pub(super) settings: &'a Settings,
    options: &'a CallOptions,
    pub(super) operation: &'a OperationInfo,
    /// The client's credentials, with the other secrets of this call.
    pub(super) credentials: Credentials,
    /// Whether the service has refused the credentials that the provider had kept.
    refused: bool,
    pub(super) policy: RetryPolicy,
    attempt_limit: Duration,
    pub(super) call_limit: Duration,
    deadline: Instant,
    /// How many retries were taken from the budget.
    taken: u32,
    /// How many hooks have let the present attempt pass. Only those are told how it ended.
    passed: usize,
}

/// An attempt that is ready to be sent.
struct Prepared {
    client: Arc<RuntimeClient>,
    request: reqwest::Request,
    begun: Instant,
    limit: Duration,
}

impl<'a> Exchange<'a> {
    fn new(settings: &'a Settings, operation: &'a OperationInfo, options: &'a CallOptions) -> Self {
        let call_limit = options.timeout.unwrap_or(settings.timeouts.call());
        let begin = || far_future(settings.clock.instant(), call_limit);
        let deadline = match options.deadline.as_deref() {
            Some(deadline) => *deadline.get_or_init(begin),
            None => begin(),
        };
        Self {
            settings,
            options,
            operation,
            credentials: match &settings.credentials {
                Source::Fixed(credentials) => credentials.hiding(&options.secrets),
                Source::Provided(_) => Credentials::none().hiding(&options.secrets),
            },
            refused: false,
            policy: options.retry.unwrap_or(settings.retry),
            attempt_limit: options.attempt_timeout.unwrap_or(settings.timeouts.attempt()),
            call_limit,
            deadline,
            taken: 0,
            passed: 0,
        }
    }

    async fn run(&mut self, shared: &Shared, build: &Build<'_>) -> Result<Replied, Error> {
        let mut attempts = Attempts::default();
        let mut last = None;
        let mut waited = Duration::ZERO;
        // Whether an earlier attempt may have made the change although it failed.
        let mut maybe_applied = false;
        let mut sent = false;
        loop {
            let number = attempts.count() + 1;
            let Prepared {
                client,
                request,
                begun,
                limit,
            } = match self.prepare(shared, build, number, &mut last).await {
                Ok(prepared) => prepared,
                Err(error) => {
                    let error = error
                        .with_operation(self.operation.operation_id)
                        .with_attempts(attempts);
                    let error = self.with_outcome(error, false, maybe_applied);
                    self.tell_hooks(number, None, Duration::ZERO, Some(&error), None);
                    return Err(error);
                }
            };
            let span = spans::attempt(self.operation, number, shared.base_url.as_url());
            let sending = tried::start(shared, &client, request, limit);
            let outcome = self.send(shared, &client, sending, limit, &span).await;
            let took = self.settings.clock.instant().saturating_duration_since(begun);
            let mut record = AttemptRecord {
                status: None,
                waited,
                took,
                reason: None,
            };
            let Failed {
                failure,
                headers,
                error,
            } = match outcome {
                Err(failed) => failed,
                Ok((mut meta, body)) => {
                    record.status = Some(meta.status);
                    attempts.push(record);
                    meta.attempts = attempts;
                    return Ok(Replied { meta, body, span, took });
                }
            };
            let curl = curl(shared, build, self.operation, self.options, &self.credentials);
            let error = error.with_operation(self.operation.operation_id).with_curl(curl);
            let error = if sent { error.sent_before() } else { error };
            spans::record(&span, error.status(), Some(&error));
            drop(span);
            record.status = error.status();
            record.reason = Some(error.to_string());
            attempts.push(record);
            let error = error.with_attempts(attempts.clone());
            sent |= failure.was_sent();
            let now = self.settings.clock.now();
            let asked = headers.and_then(|headers| retry_after(&headers, failure, server_time(&headers, now)));
            let error = error.with_retry_at(asked.and_then(|wait| moment(now, wait)));
            let has_other_credentials = self.has_other_credentials(&error).await;
            let verdict = match has_other_credentials {
                true => Ok((Duration::ZERO, error)),
                false => self
                    .may_retry(failure, number, asked, error)
                    .map_err(|error| self.with_outcome(error, failure.may_be_applied(), maybe_applied)),
            };
            let (error, wait) = match &verdict {
                Ok((wait, error)) => (error, Some(*wait)),
                Err(error) => (error, None),
            };
            self.tell_hooks(number, error.reply(), took, Some(error), wait);
            let (wait, error) = verdict?;
            maybe_applied |= failure.may_be_applied();
            spans::retrying(&error, wait);
            last = Some(error);
            if !has_other_credentials {
                self.taken += u32::from(self.policy.budget().is_some());
                self.settings.sleep.sleep(wait).await;
            }
            waited = wait;
        }
    }

    /// Builds the request of one attempt, with headers and credentials, and asks the hooks.
    ///
    /// `last` is why the attempt before failed. If there is no time or are no credentials for another one, that error ends the
    /// call.
    async fn prepare(
        &mut self,
        shared: &Shared,
        build: &Build<'_>,
        number: u32,
        last: &mut Option<Error>,
    ) -> Result<Prepared, Error> {
        self.passed = 0;
        if self.left().is_zero() {
            return Err(self.out_of_time(last.take()));
        }
        if let Err(error) = self.fetch_credentials().await {
            return Err(match last.take() {
                Some(last) if self.left().is_zero() => self.out_of_time(Some(last)),
                Some(last) => last.with_note("not retried: the provider of the credentials failed"),
                None => error,
            });
        }
        let client = shared.http.current()?;
        let mut request = build(&client.client.client)?;
        set_headers(
            request.headers_mut(),
            self.settings,
            self.operation,
            self.options,
            &self.credentials,
        )?;
        for hook in &self.settings.hooks.0 {
            let left = self.left();
            let mut outgoing = Outgoing {
                operation: self.operation,
                number,
                request: &mut request,
                left,
            };
            match tokio::time::timeout(left, hook.before(&mut outgoing)).await {
                Ok(Ok(())) => self.passed += 1,
                Ok(Err(refused)) => return Err(refused.with_curl(Some(self.command(shared, &request)))),
                Err(_) => {
                    let command = self.command(shared, &request);
                    return Err(self.out_of_time(last.take()).with_curl(Some(command)));
                }
            }
        }
        let begun = self.settings.clock.instant();
        let limit = self.attempt_limit.min(self.deadline.saturating_duration_since(begun));
        if limit.is_zero() {
            let command = self.command(shared, &request);
            return Err(self.out_of_time(last.take()).with_curl(Some(command)));
        }
        Ok(Prepared {
            client,
            request,
            begun,
            limit,
        })
    }

    /// Takes the credentials from their provider, if the client has one and the operation needs some. Each attempt asks: they
    /// may have expired in the waits between.
    async fn fetch_credentials(&mut self) -> Result<(), Error> {
        if let Source::Provided(provider) = &self.settings.credentials
            && self.operation.auth == AuthRequirement::Required
        {
            let fetched = self.in_time(provider.current(self.settings.clock.now(), None)).await?;
            self.credentials = fetched.hiding(&self.options.secrets);
        }
        Ok(())
    }

    /// Whether the provider has other credentials than those that the service has just refused. They are used from now on.
    ///
    /// A service that refuses the credentials has not looked at the rest of the request, so any request can be sent again;
    /// but a call that counts its attempts, such as a login, is not.
    async fn has_other_credentials(&mut self, error: &Error) -> bool {
        let Source::Provided(provider) = &self.settings.credentials else {
            return false;
        };
        let is_refused = error.status() == Some(StatusCode::UNAUTHORIZED) && error.is_auth();
        if !is_refused || std::mem::replace(&mut self.refused, true) || self.operation.retry == RetryClass::Never {
            return false;
        }
        let now = self.settings.clock.now();
        let fetched = self.in_time(provider.current(now, Some(&self.credentials))).await;
        match fetched {
            Ok(fetched) if !fetched.is_same(&self.credentials) => {
                self.credentials = fetched.hiding(&self.options.secrets);
                true
            }
            _ => false,
        }
    }

    /// Waits for something as long as the call has time.
    async fn in_time<T>(&self, work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
        match tokio::time::timeout(self.left(), work).await {
            Ok(done) => done,
            Err(_) => Err(self.out_of_time(None)),
        }
    }

    /// Tells the hooks that let an attempt pass how it ended.
    fn tell_hooks(
        &self,
        number: u32,
        reply: Option<&ResponseMeta>,
        took: Duration,
        error: Option<&Error>,
        retry_in: Option<Duration>,
    ) {
        for hook in self.settings.hooks.0.iter().take(self.passed).rev() {
            hook.after(&Ended {
                operation: self.operation,
                number,
                status: reply.map(|reply| reply.status),
                headers: reply.map(|reply| &reply.headers),
                took,
                error,
                retry_in,
            });
        }
    }

    /// The request as a command, with the headers that hooks have set.
    fn command(&self, shared: &Shared, request: &reqwest::Request) -> String {
        curl::command(request, self.operation, &shared.base_url, &self.credentials)
    }

    /// The time that is left for the call.
    pub(super) fn left(&self) -> Duration {
        self.deadline.saturating_duration_since(self.settings.clock.instant())
    }
}

/// Sets the headers of the client and of the call, and the credentials.
fn set_headers(
    headers: &mut HeaderMap,
    settings: &Settings,
    operation: &OperationInfo,
    options: &CallOptions,
    credentials: &Credentials,
) -> Result<(), Error> {
    add_headers(headers, &settings.headers);
    add_headers(headers, &options.headers);
    match operation.auth {
        AuthRequirement::None => Ok(()),
        AuthRequirement::Required if credentials.is_none() => Err(Error::configuration(
            "this operation needs credentials, and the client has none: give it a key and a secret",
        )),
        AuthRequirement::Required => {
            credentials.apply(headers);
            Ok(())
        }
    }
}

/// The request of a call as a command. It is built once more, so that nothing is kept of a request that succeeds.
pub(super) fn curl(
    shared: &Shared,
    build: &Build<'_>,
    operation: &OperationInfo,
    options: &CallOptions,
    credentials: &Credentials,
) -> Option<String> {
    let client = shared.http.current().ok()?;
    let mut request = build(&client.client.client).ok()?;
    // A provider's credentials may be gone by now; the rest is of use without them.
    let _ = set_headers(request.headers_mut(), &shared.settings, operation, options, credentials);
    Some(curl::command(&request, operation, &shared.base_url, credentials))
}

/// `from + limit`. A limit that is too long for the clock counts as unlimited.
pub(super) fn far_future(from: Instant, limit: Duration) -> Instant {
    const CENTURY: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);
    from.checked_add(limit)
        .or_else(|| from.checked_add(CENTURY))
        .unwrap_or(from)
}

/// The time after a wait; `None` if it is too far in the future.
pub(super) fn moment(now: DateTime<Utc>, wait: Duration) -> Option<DateTime<Utc>> {
    now.checked_add_signed(chrono::Duration::from_std(wait).ok()?)
}
