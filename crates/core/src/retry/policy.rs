//! How often a call is retried, and how long it waits between attempts.

use std::time::Duration;

use super::Failure;
use super::statuses::Statuses;

/// How many attempts a call has, and how long it waits between them.
///
/// The wait before retry *n* is a random time between zero and `min(max_backoff, initial_backoff × multiplierⁿ⁻¹)` ("full
/// jitter"), or longer if the server says so. Which failures are retried depends on the operation; see
/// [`decide`](crate::retry::decide).
///
/// # Examples
/// ```
/// use std::time::Duration;
/// use account_provisioning_core::RetryPolicy;
///
/// let patient = RetryPolicy::default().with_max_attempts(6).with_max_backoff(Duration::from_secs(30));
/// assert_eq!(patient.max_attempts(), 6);
/// assert_eq!(RetryPolicy::never().max_attempts(), 1);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[must_use = "a policy does nothing until it is passed to a client or a call"]
pub struct RetryPolicy {
    max_attempts: u32,
    initial_backoff: Duration,
    max_backoff: Duration,
    multiplier: f64,
    rate_limited_replays: bool,
    statuses: Statuses,
    budget: Option<u32>,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_attempts: 3,
            initial_backoff: Duration::from_millis(500),
            max_backoff: Duration::from_secs(8),
            multiplier: 2.0,
            rate_limited_replays: true,
            statuses: Statuses::default(),
            budget: Some(Self::DEFAULT_BUDGET),
        }
    }
}

impl RetryPolicy {
    /// The retry budget of the default policy: 100.
    pub const DEFAULT_BUDGET: u32 = 100;

    /// One attempt and no retry.
    pub fn never() -> Self {
        Self::default().with_max_attempts(1)
    }

    /// Sets how many attempts a call has, including the first one. 0 counts as 1, because a call needs at least one attempt.
    /// Defaults to 3.
    pub const fn with_max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = if attempts == 0 { 1 } else { attempts };
        self
    }

    /// Sets the longest wait before the first retry. Each further retry may wait [`multiplier`](Self::with_multiplier)
    /// times as long. With zero, retries follow at once. Defaults to 500 ms.
    pub const fn with_initial_backoff(mut self, backoff: Duration) -> Self {
        self.initial_backoff = backoff;
        self
    }

    /// Sets the maximum of all backoffs, including the initial one. It does not limit a wait that the server asks for.
    /// Defaults to 8 s.
    pub const fn with_max_backoff(mut self, backoff: Duration) -> Self {
        self.max_backoff = backoff;
        self
    }

    /// Sets the factor from one backoff to the next. A factor below 1 or NaN counts as 1, which keeps the backoff constant.
    /// Defaults to 2.
    pub const fn with_multiplier(mut self, multiplier: f64) -> Self {
        self.multiplier = if multiplier > 1.0 { multiplier } else { 1.0 };
        self
    }

    /// Sets whether an operation that is not idempotent is retried after 420 or 429. This is safe with the supported
    /// services, because they reject such a request before they process it. Turn it off behind a proxy that might return
    /// these statuses after it forwarded the request. Idempotent operations are retried in any case. Defaults to true.
    pub const fn with_rate_limited_replays(mut self, replays: bool) -> Self {
        self.rate_limited_replays = replays;
        self
    }

    /// Sets the statuses that are retried, instead of 408, 420, 429, 500, 502, 503, 504, 520 to 524 and 530. Statuses other
    /// than 400 to 599 are ignored.
    ///
    /// After 408 or a 5xx, only operations that can be repeated are sent again, since the change may have been made. Any
    /// other 4xx counts as a refusal before the request was processed, like 429.
    ///
    /// # Examples
    /// ```
    /// use account_provisioning_core::RetryPolicy;
    ///
    /// let policy = RetryPolicy::default().with_retried_statuses(&[429, 503]);
    /// assert!(policy.retries_status(503) && !policy.retries_status(500));
    /// ```
    pub const fn with_retried_statuses(mut self, statuses: &[u16]) -> Self {
        self.statuses = Statuses::of(statuses);
        self
    }

    /// Sets the retry budget: how many retries the calls of a client may have made in vain, so that they don't multiply the
    /// load during an outage. `None` sets no limit. Defaults to 100.
    ///
    /// Each retry takes one from the budget. A call that succeeds gives back what it took, and each second gives one back. So
    /// a service that fails now and then never uses it up. A client, its clones and everything made from it share what was
    /// taken. A retry that the budget refuses is not made, and the error says so.
    pub const fn with_budget(mut self, retries: Option<u32>) -> Self {
        self.budget = retries;
        self
    }

    /// Whether a status is retried, for operations that can be repeated.
    pub const fn retries_status(&self, status: u16) -> bool {
        self.statuses.contains(status)
    }

    /// The failure that a status means; `None` for success (2xx).
    ///
    /// # Examples
    /// ```
    /// use account_provisioning_core::RetryPolicy;
    /// use account_provisioning_core::retry::Failure;
    ///
    /// let policy = RetryPolicy::default();
    /// assert_eq!(policy.classify(200), None);
    /// assert_eq!(policy.classify(420), Some(Failure::RateLimited));
    /// assert_eq!(policy.classify(503), Some(Failure::RetryableStatus));
    /// assert_eq!(policy.classify(409), Some(Failure::Rejected));
    /// ```
    pub const fn classify(&self, status: u16) -> Option<Failure> {
        self.statuses.classify(status)
    }

    /// The retry budget; `None` for no limit.
    pub const fn budget(&self) -> Option<u32> {
        self.budget
    }

    /// How many attempts a call has, including the first one; at least 1.
    pub const fn max_attempts(&self) -> u32 {
        self.max_attempts
    }

    /// The longest wait before the first retry.
    pub const fn initial_backoff(&self) -> Duration {
        self.initial_backoff
    }

    /// The maximum of all backoffs.
    pub const fn max_backoff(&self) -> Duration {
        self.max_backoff
    }

    /// The factor from one backoff to the next; at least 1.
    pub const fn multiplier(&self) -> f64 {
        self.multiplier
    }

    /// Whether an operation that is not idempotent is retried after 420 or 429.
    pub const fn rate_limited_replays(&self) -> bool {
        self.rate_limited_replays
    }

    /// Whether another attempt is allowed after this many.
    pub const fn allows_another(&self, attempts_made: u32) -> bool {
        attempts_made < self.max_attempts
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::RetryPolicy;

    #[test]
    fn retry_policy_by_default_is_as_documented() {
        let policy = RetryPolicy::default();
        assert_eq!(policy.max_attempts(), 3);
        assert_eq!(policy.initial_backoff(), Duration::from_millis(500));
        assert_eq!(policy.max_backoff(), Duration::from_secs(8));
        assert_eq!(policy.multiplier(), 2.0);
        assert!(policy.rate_limited_replays());
        assert_eq!(policy.budget(), Some(100));
        for status in [408, 420, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 530] {
            assert!(policy.retries_status(status), "{status}");
        }
    }

    #[test]
    fn retry_policy_with_each_setter_differs_in_that_alone() {
        let default = RetryPolicy::default();
        let second = Duration::from_secs(1);
        assert_eq!(
            default.with_max_attempts(7),
            RetryPolicy {
                max_attempts: 7,
                ..default
            }
        );
        assert_eq!(
            default.with_initial_backoff(second),
            RetryPolicy {
                initial_backoff: second,
                ..default
            }
        );
        assert_eq!(
            default.with_max_backoff(second),
            RetryPolicy {
                max_backoff: second,
                ..default
            }
        );
        assert_eq!(
            default.with_multiplier(3.0),
            RetryPolicy {
                multiplier: 3.0,
                ..default
            }
        );
        assert_eq!(
            default.with_rate_limited_replays(false),
            RetryPolicy {
                rate_limited_replays: false,
                ..default
            }
        );
        assert_eq!(
            default.with_budget(None),
            RetryPolicy {
                budget: None,
                ..default
            }
        );
        let statuses = default.with_retried_statuses(&[503]);
        assert_ne!(statuses, default);
        assert_eq!(
            RetryPolicy {
                statuses: default.statuses,
                ..statuses
            },
            default
        );
    }

    #[test]
    fn retry_policy_with_senseless_values_takes_the_nearest_that_works() {
        assert_eq!(RetryPolicy::default().with_max_attempts(0).max_attempts(), 1);
        for senseless in [0.0, -2.0, f64::NAN, f64::NEG_INFINITY] {
            assert_eq!(
                RetryPolicy::default().with_multiplier(senseless).multiplier(),
                1.0,
                "{senseless}"
            );
        }
    }

    #[test]
    fn retry_policy_counting_attempts_stops_at_the_last() {
        let policy = RetryPolicy::default();
        assert!(policy.allows_another(1) && policy.allows_another(2));
        assert!(!policy.allows_another(3) && !policy.allows_another(4));
        assert!(!RetryPolicy::never().allows_another(1));
    }
}
