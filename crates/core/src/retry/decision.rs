//! The retry table: what to do after a failed attempt.

use super::{RetryClass, RetryPolicy};

/// How an attempt failed, as far as it matters for retries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Failure {
    /// Nothing was sent: the name was not found, or the connection or TLS failed.
    NotSent,
    /// Status 420 or 429: the server rejected the request before it processed it.
    RateLimited,
    /// Status 408, 500, 502, 503 or 504: the next attempt may succeed, and this one may have been applied.
    RetryableStatus,
    /// The request was sent, but no complete response came back: a timeout, a reset, an incomplete body.
    AmbiguousTransport,
    /// Any other 5xx, such as 507 or 520: a retry is unlikely to help, and this attempt may have been applied.
    ServerFault,
    /// The server refused the request: any other 4xx, 501 and 505 (the server can't process such a request at all), and a
    /// redirect that was not followed.
    Rejected,
    /// Status 2xx with a complete body that can't be read as the documented result.
    Undecodable,
}

/// What to do after a failed attempt, while attempts, time and budget are left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Verdict {
    /// Retry after a wait.
    Retry,
    /// Return the error. Either nothing was changed, or repeating the call is safe, or the response was a success that
    /// can't be read: then the change was made, and the error says so.
    Stop,
    /// Return the error as "outcome unknown": the change may have been made.
    StopOutcomeUnknown,
}

/// One row of the table: the verdict for each [`RetryClass`].
struct Row {
    idempotent: Verdict,
    not_idempotent: Verdict,
    never: Verdict,
}

impl Failure {
    /// The table.
    #[rustfmt::skip]
    const fn row(self) -> Row {
        use Verdict::{Retry, Stop, StopOutcomeUnknown as Unknown};
        match self {
            Self::NotSent            => Row { idempotent: Retry, not_idempotent: Retry,   never: Retry },
            Self::RateLimited        => Row { idempotent: Retry, not_idempotent: Retry,   never: Stop },
            Self::RetryableStatus    => Row { idempotent: Retry, not_idempotent: Unknown, never: Unknown },
            Self::AmbiguousTransport => Row { idempotent: Retry, not_idempotent: Unknown, never: Unknown },
            Self::ServerFault        => Row { idempotent: Stop,  not_idempotent: Unknown, never: Unknown },
            Self::Rejected           => Row { idempotent: Stop,  not_idempotent: Stop,    never: Stop },
            Self::Undecodable        => Row { idempotent: Stop,  not_idempotent: Stop,    never: Stop },
        }
    }
}

impl Failure {
    /// Whether the service may have made the change although the attempt failed.
    #[must_use]
    pub const fn may_be_applied(self) -> bool {
        matches!(
            self,
            Self::RetryableStatus | Self::AmbiguousTransport | Self::ServerFault
        )
    }
}

/// Returns the failure that a status means, or `None` for success (2xx).
///
/// # Examples
/// ```
/// use account_provisioning_core::retry::{Failure, classify_status};
///
/// assert_eq!(classify_status(200), None);
/// assert_eq!(classify_status(420), Some(Failure::RateLimited));
/// assert_eq!(classify_status(503), Some(Failure::RetryableStatus));
/// assert_eq!(classify_status(409), Some(Failure::Rejected));
/// ```
pub const fn classify_status(status: u16) -> Option<Failure> {
    Some(match status {
        200..=299 => return None,
        420 | 429 => Failure::RateLimited,
        408 | 500 | 502 | 503 | 504 => Failure::RetryableStatus,
        // RFC 9110, sections 15.6.2 and 15.6.6: the server can't process such a request at all.
        501 | 505 => Failure::Rejected,
        506..=599 => Failure::ServerFault,
        _ => Failure::Rejected,
    })
}

/// Decides what to do after a failed attempt.
///
/// | failure | idempotent | not idempotent | never |
/// |---|---|---|---|
/// | not sent | retry | retry | retry |
/// | rate limited (420, 429) | retry | retry, unless [switched off](RetryPolicy::with_rate_limited_replays) | stop |
/// | 408, 500, 502, 503, 504 | retry | stop, outcome unknown | stop, outcome unknown |
/// | timeout or reset after sending, incomplete body | retry | stop, outcome unknown | stop, outcome unknown |
/// | any other 5xx except 501 and 505 | stop | stop, outcome unknown | stop, outcome unknown |
/// | any other 4xx, 501, 505, undecodable 2xx | stop | stop | stop |
///
/// [`Verdict::Retry`] only means that this failure can be retried. The caller also has to check that attempts
/// ([`RetryPolicy::allows_another`]), time and retry budget are left. If they are not, the error is returned unchanged:
/// wherever this table says retry, either nothing was changed or the operation is idempotent, so repeating the call is safe.
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
        RetryClass::Idempotent => row.idempotent,
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
        classify_status, decide,
    };

    fn verdicts(failure: Failure, policy: &RetryPolicy) -> [Verdict; 3] {
        [Idempotent, NotIdempotent, Never].map(|class: RetryClass| decide(class, failure, policy))
    }

    #[test]
    fn decide_by_default_follows_the_table_row_by_row() {
        let policy = RetryPolicy::default();
        assert_eq!(verdicts(NotSent, &policy), [Retry, Retry, Retry]);
        assert_eq!(verdicts(RateLimited, &policy), [Retry, Retry, Stop]);
        assert_eq!(verdicts(RetryableStatus, &policy), [Retry, Unknown, Unknown]);
        assert_eq!(verdicts(AmbiguousTransport, &policy), [Retry, Unknown, Unknown]);
        assert_eq!(verdicts(ServerFault, &policy), [Stop, Unknown, Unknown]);
        assert_eq!(verdicts(Rejected, &policy), [Stop, Stop, Stop]);
        assert_eq!(verdicts(Undecodable, &policy), [Stop, Stop, Stop]);
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
            RateLimited,
            RetryableStatus,
            AmbiguousTransport,
            ServerFault,
            Rejected,
            Undecodable,
        ] {
            let unknown = decide(NotIdempotent, failure, &RetryPolicy::default()) == Unknown;
            assert_eq!(failure.may_be_applied(), unknown, "{failure:?}");
        }
    }

    #[test]
    fn classify_status_puts_every_status_into_its_row() {
        for status in 0..=u16::MAX {
            let expected = match status {
                200..=299 => None,
                420 | 429 => Some(RateLimited),
                408 | 500 | 502 | 503 | 504 => Some(RetryableStatus),
                501 | 505 => Some(Rejected),
                500..=599 => Some(ServerFault),
                _ => Some(Rejected),
            };
            assert_eq!(classify_status(status), expected, "{status}");
        }
    }
}
