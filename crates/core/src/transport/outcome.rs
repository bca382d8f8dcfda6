//! What becomes of a call after a failed attempt: another attempt, or the error that ends it.

use std::time::Duration;

use chrono::{DateTime, Utc};
use http::StatusCode;

use super::exchange::Exchange;
use crate::error::MakeError as _;
use crate::error::excerpt;
use crate::{Error, ErrorKind, Failure, RetryClass, Verdict, decide};

impl Exchange<'_> {
    /// The wait before the next attempt and the error that it follows, or the error that ends the call.
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
        let wait = asked.unwrap_or_else(|| self.policy.backoff(attempts, &*self.settings.jitter));
        if wait >= left {
            let message = format!(
                "gave up after {attempts} attempt{}: the next one would start in {}, past the call's limit of {}",
                if attempts == 1 { "" } else { "s" },
                excerpt::duration(wait),
                excerpt::duration(self.call_limit),
            );
            let retry_at = error.retry_at().or_else(|| moment(self.settings.clock.now(), wait));
            // Stopping early is no timeout: the failure stays what it was, unless the time did run out.
            let kind = if left.is_zero() {
                ErrorKind::Timeout
            } else {
                error.kind()
            };
            return Err(Error::giving_up(kind, message, error).with_retry_at(retry_at));
        }
        if !self.settings.budget.try_withdraw() {
            let message = "not tried again: too many recent calls of this client were retries already";
            return Err(Error::giving_up(error.kind(), message.to_owned(), error));
        }
        Ok((wait, error))
    }

    /// The call's time ran out before an attempt could begin.
    pub(super) fn out_of_time(&self, last: Option<Error>) -> Error {
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
    pub(super) fn about_the_change(&self, error: Error, acted: bool, unanswered: bool) -> Error {
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
}

/// The moment after a wait; `None` when no calendar has it.
pub(super) fn moment(now: DateTime<Utc>, wait: Duration) -> Option<DateTime<Utc>> {
    now.checked_add_signed(chrono::Duration::from_std(wait).ok()?)
}
