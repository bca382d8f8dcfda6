//! How long to wait before a retry, unless the server asks for longer.

use std::time::Duration;

use super::RetryPolicy;
use crate::time::Jitter;

impl RetryPolicy {
    /// The longest wait before retry number `retry`, counted from 1: `min(max, initial × multiplierⁿ⁻¹)`.
    ///
    /// # Examples
    /// ```
    /// use std::time::Duration;
    /// use account_provisioning_core::RetryPolicy;
    ///
    /// let policy = RetryPolicy::default();
    /// assert_eq!(policy.backoff_ceiling(1), Duration::from_millis(500));
    /// assert_eq!(policy.backoff_ceiling(2), Duration::from_secs(1));
    /// assert_eq!(policy.backoff_ceiling(9), Duration::from_secs(8));
    /// ```
    pub fn backoff_ceiling(&self, retry: u32) -> Duration {
        let exponent = i32::try_from(retry.saturating_sub(1)).unwrap_or(i32::MAX);
        let seconds = self.initial_backoff().as_secs_f64() * self.multiplier().powi(exponent);
        if seconds.is_nan() {
            // Zero times infinity: an initial backoff of zero stays zero.
            return Duration::ZERO;
        }
        // A wait that is too long for a `Duration` is longer than any maximum.
        Duration::try_from_secs_f64(seconds)
            .unwrap_or(Duration::MAX)
            .min(self.max_backoff())
    }

    /// The wait before retry number `retry`, counted from 1. It is a random time between zero and
    /// [`backoff_ceiling`](Self::backoff_ceiling), so clients that failed at the same time don't retry at the same time.
    pub fn backoff(&self, retry: u32, jitter: &dyn Jitter) -> Duration {
        let unit = jitter.unit();
        let share = if unit.is_nan() { 0.0 } else { unit.clamp(0.0, 1.0) };
        let ceiling = self.backoff_ceiling(retry);
        // Rounding can make the product larger than a huge ceiling; then the ceiling is the result.
        Duration::try_from_secs_f64(ceiling.as_secs_f64() * share)
            .unwrap_or(ceiling)
            .min(ceiling)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::RetryPolicy;
    use crate::time::{FixedJitter, RandomJitter};

    #[test]
    fn backoff_with_full_jitter_doubles_up_to_the_maximum() {
        let policy = RetryPolicy::default();
        let waits: Vec<u128> = (1..=7)
            .map(|retry| policy.backoff(retry, &FixedJitter(1.0)).as_millis())
            .collect();
        assert_eq!(waits, [500, 1000, 2000, 4000, 8000, 8000, 8000]);
    }

    #[test]
    fn backoff_takes_the_drawn_share_of_the_ceiling() {
        let policy = RetryPolicy::default();
        assert_eq!(policy.backoff(2, &FixedJitter(0.25)), Duration::from_millis(250));
        assert_eq!(policy.backoff(2, &FixedJitter(0.0)), Duration::ZERO);
    }

    #[test]
    fn backoff_with_a_jitter_outside_its_range_stays_between_zero_and_the_ceiling() {
        let policy = RetryPolicy::default();
        for (unit, wait) in [(-1.0, 0), (f64::NAN, 0), (7.0, 500), (f64::INFINITY, 500)] {
            assert_eq!(
                policy.backoff(1, &FixedJitter(unit)),
                Duration::from_millis(wait),
                "{unit}"
            );
        }
    }

    #[test]
    fn backoff_drawn_at_random_never_exceeds_its_ceiling_and_spreads_out() {
        let policy = RetryPolicy::default();
        let waits: Vec<Duration> = (0..1000).map(|_| policy.backoff(3, &RandomJitter)).collect();
        assert!(waits.iter().all(|wait| *wait <= Duration::from_secs(2)));
        assert!(waits.iter().any(|wait| *wait < Duration::from_millis(500)));
        assert!(waits.iter().any(|wait| *wait > Duration::from_millis(1500)));
    }

    #[test]
    fn backoff_at_the_ends_of_its_settings_does_not_overflow() {
        let steep = RetryPolicy::default()
            .with_multiplier(f64::INFINITY)
            .with_max_backoff(Duration::MAX);
        assert_eq!(steep.backoff_ceiling(1), Duration::from_millis(500));
        assert_eq!(steep.backoff(u32::MAX, &FixedJitter(1.0)), Duration::MAX);
        assert_eq!(
            steep.with_initial_backoff(Duration::ZERO).backoff_ceiling(u32::MAX),
            Duration::ZERO
        );
        let short = RetryPolicy::default().with_max_backoff(Duration::from_millis(10));
        assert_eq!(short.backoff_ceiling(1), Duration::from_millis(10));
        assert_eq!(short.backoff_ceiling(0), Duration::from_millis(10));
    }
}
