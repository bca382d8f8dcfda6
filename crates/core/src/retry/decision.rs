//! The retry table: what follows from a failed attempt.

use super::{RetryClass, RetryPolicy};

/// How one attempt failed, as far as retrying is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Failure {
    /// Nothing left this machine: the name was not found, the connection or TLS failed.
    NotSent,
    /// Status 420 or 429: the server turned the request away before processing it.
    RateLimited,
    /// Status 408, 500, 502, 503 or 504: the next attempt may succeed, and this one may have acted.
    RetryableStatus,
    /// The request went out and no whole response came back: a timeout, a reset, a broken body.
    AmbiguousTransport,
    /// Any other 5xx, such as 507 or 520: trying again promises nothing, and this attempt may have acted.
    ServerFault,
    /// The server refused: any other 4xx, 501 and 505 (which say that it can't process such a request), and
    /// a redirect that was not followed.
    Rejected,
    /// Status 2xx with a whole body that can't be read as the documented result.
    Undecodable,
}

/// What to do after a failed attempt, as long as attempts, time and budget are left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Verdict {
    /// Send it again, after the wait.
    Retry,
    /// Report the failure: nothing happened; or sending it again by hand does no harm; or, after a success that can't be
    /// read, the change was made and the error says so.
    Stop,
    /// Report the failure as "outcome unknown": the change may have happened.
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
    /// Whether the service may have made the change that the failed attempt asked for.
    #[must_use]
    pub const fn may_have_acted(self) -> bool {
        matches!(
            self,
            Self::RetryableStatus | Self::AmbiguousTransport | Self::ServerFault
        )
    }
}

/// Names the failure that a status stands for; `None` for success (2xx).
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
        // RFC 9110, sections 15.6.2 and 15.6.6: the server does not do such a thing at all.
        501 | 505 => Failure::Rejected,
        506..=599 => Failure::ServerFault,
        _ => Failure::Rejected,
    })
}

/// Decides what follows from one failed attempt.
///
/// | failure | idempotent | not idempotent | never |
/// |---|---|---|---|
/// | not sent | retry | retry | retry |
/// | rate limited (420, 429) | retry | retry, unless [switched off](RetryPolicy::with_rate_limited_replays) | stop |
/// | 408, 500, 502, 503, 504 | retry | stop, outcome unknown | stop, outcome unknown |
/// | timeout or reset after sending, broken body | retry | stop, outcome unknown | stop, outcome unknown |
/// | any other 5xx but 501 and 505 | stop | stop, outcome unknown | stop, outcome unknown |
/// | any other 4xx, 501, 505, undecodable 2xx | stop | stop | stop |
///
/// [`Verdict::Retry`] says that another attempt is allowed by the nature of the failure. Whether attempts
/// ([`RetryPolicy::allows_another`]), time and the retry budget are left is for the caller to ask. When they
/// are not, the failure stands as it is: wherever this table says retry, nothing has happened, or the
/// operation is idempotent, so that sending it again does no harm.
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
    fn failure_that_may_have_acted_is_the_one_whose_outcome_is_unknown() {
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
            assert_eq!(failure.may_have_acted(), unknown, "{failure:?}");
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
