//! What happens after a failed attempt: another attempt, or the error that ends the call.

use std::time::Duration;

use http::StatusCode;

use super::exchange::{Exchange, moment};
use crate::error::MakeError as _;
use crate::error::excerpt;
use crate::{Error, ErrorKind, Failure, RetryClass, Verdict, decide};

impl Exchange<'_> {
    /// Returns the wait before the next attempt and the error of the last one, or the error that ends the call.
    pub(super) fn may_retry(
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
                    "the attempt may have been counted anyway: wait before trying again"
                } else {
                    "the change may have been made anyway: check before trying again"
                };
                return Err(self.or_call_timeout(error, left).with_unknown_outcome(remedy));
            }
            Verdict::Stop => return Err(error),
            Verdict::Retry => {}
        }
        if !self.policy.allows_another(attempts) {
            return Err(error);
        }
        let wait = asked.unwrap_or_else(|| self.policy.backoff(attempts, &*self.settings.jitter));
        if wait >= left {
            let message = format!(
                "gave up after {attempts} attempt{}: the next one would start in {}, after the call's time limit of {}",
                if attempts == 1 { "" } else { "s" },
                excerpt::duration(wait),
                excerpt::duration(self.call_limit),
            );
            let retry_at = error.retry_at().or_else(|| moment(self.settings.clock.now(), wait));
            // Stopping early is not a timeout: the kind of the error stays the same, unless the time has run out.
            let kind = if left.is_zero() {
                ErrorKind::Timeout
            } else {
                error.kind()
            };
            return Err(Error::not_retried(kind, message, error).with_retry_at(retry_at));
        }
        if !self.settings.budget.try_withdraw() {
            let message = "not retried: too many recent requests of this client were retries";
            return Err(Error::not_retried(error.kind(), message.to_owned(), error));
        }
        Ok((wait, error))
    }

    /// The error of a call whose time ran out before an attempt could start.
    pub(super) fn out_of_time(&self, last: Option<Error>) -> Error {
        let limit = excerpt::duration(self.call_limit);
        let message = format!("the call's time limit of {limit} leaves no time to send the request: raise the limit");
        match last {
            Some(last) => Error::not_retried(ErrorKind::Timeout, message, last),
            None => Error::new(ErrorKind::Timeout, message).with_operation(self.operation.operation_id),
        }
    }

    /// Marks the outcome of a change as unknown if one of its attempts may have made it: the last one (`last`), or one
    /// before it (`earlier`).
    ///
    /// A call that is not idempotent has already stopped at the first such attempt. An idempotent call is retried, but its
    /// last error alone would be misleading: a deletion whose first response was lost ends with "not found", and a call that
    /// renews the client's own credentials ends with "not authorized".
    pub(super) fn with_outcome(&self, error: Error, last: bool, earlier: bool) -> Error {
        if error.is_outcome_unknown() || matches!(self.operation.method, "GET" | "HEAD") {
            return error;
        }
        if earlier && self.operation.method == "DELETE" && error.is_not_found() {
            return error
                .with_unknown_outcome("an earlier attempt of this call got no clear response and may have deleted it");
        }
        if earlier && error.is_conflict() {
            return error.with_unknown_outcome(
                "an earlier attempt of this call got no clear response and may have made the change: check first",
            );
        }
        if earlier && error.status() == Some(StatusCode::UNAUTHORIZED) {
            return error.with_unknown_outcome(
                "an earlier attempt of this call got no clear response and may have revoked this client's credentials: use \
                 others and check whether the change was made",
            );
        }
        if earlier || last {
            return error.with_unknown_outcome("the change may have been made anyway: it is safe to send it again");
        }
        error
    }

    /// If the time limit of the call ended the attempt, returns an error that says so.
    fn or_call_timeout(&self, error: Error, left: Duration) -> Error {
        if left.is_zero() && error.kind() == ErrorKind::Timeout {
            let message = format!(
                "the call took longer than its time limit of {}",
                excerpt::duration(self.call_limit)
            );
            return Error::not_retried(ErrorKind::Timeout, message, error);
        }
        error
    }
}
