//! What happens after a failed attempt: another attempt, or the error that ends the call.

use std::time::Duration;

use http::StatusCode;

use super::exchange::Exchange;
use crate::error::{MakeError as _, excerpt};
use crate::{Error, ErrorKind, Failure, RetryClass, Verdict, decide};

impl Exchange<'_> {
    /// Returns the wait before the next attempt and the error of the last one, or the error that ends the call.
    ///
    /// An error always leads with what went wrong. Why it was not retried comes after that.
    pub(super) fn may_retry(
        &self,
        failure: Failure,
        attempts: u32,
        asked: Option<Duration>,
        error: Error,
    ) -> Result<(Duration, Error), Error> {
        let left = self.left();
        let is_timeout = error.kind() == ErrorKind::Timeout;
        if decide(self.operation.retry, failure, &self.policy) != Verdict::Retry
            || !self.policy.allows_another(attempts)
        {
            return Err(if left.is_zero() && is_timeout {
                error.out_of_time(&self.time_is_up())
            } else {
                error
            });
        }
        // A service that asks for less must not use up the attempts in an instant.
        let backoff = self.policy.backoff(attempts, &*self.settings.jitter);
        let asked = asked.filter(|asked| *asked > backoff);
        let wait = asked.unwrap_or(backoff);
        if left.is_zero() {
            return Err(error.out_of_time(&self.time_is_up()));
        }
        if wait >= left {
            let limit = excerpt::duration(self.call_limit);
            let note = match asked {
                Some(wait) => format!(
                    "not retried: the service asks to wait {}, longer than the call's time limit of {limit} allows",
                    excerpt::duration(wait)
                ),
                None => format!("not retried: the call's time limit of {limit} is almost over"),
            };
            return Err(error.with_note(&note));
        }
        if let Some(budget) = self.policy.budget()
            && !self.settings.budget.try_take(budget)
        {
            let note = format!("not retried: this client's retry budget of {budget} is used up");
            return Err(error.with_note(&note));
        }
        Ok((wait, error))
    }

    /// The error of a call whose time ran out before an attempt could start.
    pub(super) fn out_of_time(&self, last: Option<Error>) -> Error {
        let message = || {
            let limit = excerpt::duration(self.call_limit);
            format!("the call's time limit of {limit} leaves no time to send the request: raise the limit")
        };
        match last {
            Some(last) => last.out_of_time(&self.time_is_up()),
            None => Error::new(ErrorKind::Timeout, message()).with_operation(self.operation.operation_id),
        }
    }

    fn time_is_up(&self) -> String {
        let limit = excerpt::duration(self.call_limit);
        format!("the call's time limit of {limit} is over")
    }

    /// Marks the outcome of a change as unknown if one of its attempts may have made it: the last one (`last`), or one
    /// before it (`earlier`).
    ///
    /// A call that is not idempotent has already stopped at the first such attempt. An idempotent call is retried, but its
    /// last error alone would be misleading: a deletion whose first response was lost ends with "not found", and a call that
    /// renews the client's own credentials ends with "not authorized".
    pub(super) fn with_outcome(&self, error: Error, last: bool, earlier: bool) -> Error {
        if self.operation.retry == RetryClass::Safe {
            return error;
        }
        if earlier && !last && self.operation.method == "DELETE" && error.is_not_found() {
            return error
                .with_unknown_outcome("an earlier attempt of this call got no clear response and may have deleted it");
        }
        if earlier && !last && error.is_conflict() {
            return error.with_unknown_outcome(
                "an earlier attempt of this call got no clear response and may have made the change: check first",
            );
        }
        if earlier && !last && error.status() == Some(StatusCode::UNAUTHORIZED) {
            return error.with_unknown_outcome(
                "an earlier attempt of this call got no clear response and may have revoked this client's credentials: use \
                 others and check whether the change was made",
            );
        }
        if earlier || last {
            return error.after_success(self.operation);
        }
        error
    }
}
