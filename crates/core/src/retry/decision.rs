//! The retry table: what to do after a failed attempt.

use super::{RetryClass, RetryPolicy};

/// How an attempt failed, as far as it matters for retries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Failure {
    /// Nothing was sent: the name was not found, there was no connection in time, or the server refused the HTTP/2 stream
    /// before it read it.
    NotSent,
    /// Nothing was sent, and the next attempt would fail as well: the server's certificate is not trusted, or it doesn't
    /// speak TLS.
    Untrusted,
    /// Status 420 or 429: the server rejected the request before it processed it. Also any other 4xx but 408 that the policy
    /// retries.
    RateLimited,
    /// Status 408 or 5xx that the policy retries: the next attempt may succeed, and this one may have been applied.
    RetryableStatus,
    /// The request was sent, but no complete response came back: a timeout, a reset, an incomplete body.
    AmbiguousTransport,
    /// Any other 5xx, such as 507: a retry is unlikely to help, and this attempt may have been applied.
    ServerFault,
    /// The service refused the request: any other 4xx, 501 and 505 (the server can't process such a request at all).
    Rejected,
    /// The response is not one that the service gives: a 2xx that can't be read as the documented result, or a 3xx or 4xx
    /// without the service's error body. Something between the client and the service may have answered, before or after the
    /// service got the request.
    Unrecognized,
}

/// What to do after a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Verdict {
    /// Retry after a wait.
    Retry,
    /// Return the error. Either nothing was changed, or repeating the call is safe.
    Stop,
    /// Return the error as "outcome unknown": the change may have been made.
    StopOutcomeUnknown,
}

/// One row of the table: the verdict for each [`RetryClass`].
struct Row {
    /// Safe or idempotent.
    repeatable: Verdict,
    not_idempotent: Verdict,
    never: Verdict,
}

impl Failure {
    /// The table.
    #[rustfmt::skip]
    const fn row(self) -> Row {
        use Verdict::{Retry, Stop, StopOutcomeUnknown as Unknown};
        match self {
            Self::NotSent            => Row { repeatable: Retry, not_idempotent: Retry,   never: Retry },
            Self::Untrusted          => Row { repeatable: Stop,  not_idempotent: Stop,    never: Stop },
            Self::RateLimited        => Row { repeatable: Retry, not_idempotent: Retry,   never: Stop },
            Self::RetryableStatus    => Row { repeatable: Retry, not_idempotent: Unknown, never: Unknown },
            Self::AmbiguousTransport => Row { repeatable: Retry, not_idempotent: Unknown, never: Unknown },
            Self::ServerFault        => Row { repeatable: Stop,  not_idempotent: Unknown, never: Unknown },
            Self::Rejected           => Row { repeatable: Stop,  not_idempotent: Stop,    never: Stop },
            Self::Unrecognized       => Row { repeatable: Stop,  not_idempotent: Unknown, never: Unknown },
        }
    }

    /// Whether the service may have made the change although the attempt failed.
    #[must_use]
    pub const fn may_be_applied(self) -> bool {
        matches!(
            self,
            Self::RetryableStatus | Self::AmbiguousTransport | Self::ServerFault | Self::Unrecognized
        )
    }

    /// Whether the request left the client.
    #[must_use]
    pub const fn was_sent(self) -> bool {
        !matches!(self, Self::NotSent | Self::Untrusted)
    }
}

/// Decides what to do after a failed attempt.
///
/// | failure | safe, idempotent | not idempotent | never |
/// |---|---|---|---|
/// | not sent | retry | retry | retry |
/// | the certificate is not trusted, no TLS | stop | stop | stop |
/// | rate limited (420, 429) | retry | retry, unless [switched off](RetryPolicy::with_rate_limited_replays) | stop |
/// | 408, 500, 502, 503, 504, 520 to 524, 530 | retry | stop, outcome unknown | stop, outcome unknown |
/// | timeout or reset after sending, incomplete body | retry | stop, outcome unknown | stop, outcome unknown |
/// | any other 5xx except 501 and 505 | stop | stop, outcome unknown | stop, outcome unknown |
/// | a response that is not the service's own | stop | stop, outcome unknown | stop, outcome unknown |
/// | any other 4xx, 501, 505 | stop | stop | stop |
///
/// [`RetryPolicy::with_retried_statuses`] sets the statuses. [`Verdict::Retry`] only means that this failure can be retried.
/// The caller also has to check that attempts ([`RetryPolicy::allows_another`]), time and retry budget are left.
///
/// # Examples
/// ```
/// use account_provisioning_core::{RetryClass, RetryPolicy};
/// use account_provisioning_core::retry::{Failure, Verdict, decide};
///
/// let policy = RetryPolicy::default();
/// let verdict = decide(RetryClass::NotIdempotent, Failure::AmbiguousTransport, &policy);
/// assert_eq!(verdict, Verdict::StopOutcomeUnknown);
/// ```
pub const fn decide(class: RetryClass, failure: Failure, policy: &RetryPolicy) -> Verdict {
    let row = failure.row();
    match class {
        RetryClass::Safe | RetryClass::Idempotent => row.repeatable,
        RetryClass::NotIdempotent => {
            if matches!(failure, Failure::RateLimited) && !policy.rate_limited_replays() {
                return Verdict::Stop;
            }
            row.not_idempotent
        }
        RetryClass::Never => row.never,
    }
}

#[cfg(test)]
mod tests {
    use super::{
        Failure::{self, *},
        RetryClass::{self, *},
        RetryPolicy,
        Verdict::{self, Retry, Stop, StopOutcomeUnknown as Unknown},
        decide,
    };

    fn verdicts(failure: Failure, policy: &RetryPolicy) -> [Verdict; 3] {
        assert_eq!(decide(Safe, failure, policy), decide(Idempotent, failure, policy));
        [Idempotent, NotIdempotent, Never].map(|class: RetryClass| decide(class, failure, policy))
    }

    #[test]
    fn decide_by_default_follows_the_table_row_by_row() {
        let policy = RetryPolicy::default();
        assert_eq!(verdicts(NotSent, &policy), [Retry, Retry, Retry]);
        assert_eq!(verdicts(Untrusted, &policy), [Stop, Stop, Stop]);
        assert_eq!(verdicts(RateLimited, &policy), [Retry, Retry, Stop]);
        assert_eq!(verdicts(RetryableStatus, &policy), [Retry, Unknown, Unknown]);
        assert_eq!(verdicts(AmbiguousTransport, &policy), [Retry, Unknown, Unknown]);
        assert_eq!(verdicts(ServerFault, &policy), [Stop, Unknown, Unknown]);
        assert_eq!(verdicts(Rejected, &policy), [Stop, Stop, Stop]);
        assert_eq!(verdicts(Unrecognized, &policy), [Stop, Unknown, Unknown]);
    }

    #[test]
    fn decide_without_rate_limited_replays_stops_only_what_is_not_idempotent() {
        let policy = RetryPolicy::default().with_rate_limited_replays(false);
        assert_eq!(verdicts(RateLimited, &policy), [Retry, Stop, Stop]);
        assert_eq!(verdicts(NotSent, &policy), [Retry, Retry, Retry]);
    }

    #[test]
    fn failure_that_may_be_applied_is_the_one_whose_outcome_is_unknown() {
        for failure in [
            NotSent,
            Untrusted,
            RateLimited,
            RetryableStatus,
            AmbiguousTransport,
            ServerFault,
            Rejected,
            Unrecognized,
        ] {
            let unknown = decide(NotIdempotent, failure, &RetryPolicy::default()) == Unknown;
            assert_eq!(failure.may_be_applied(), unknown, "{failure:?}");
            assert!(failure.was_sent() || !unknown, "{failure:?}");
        }
    }
}
