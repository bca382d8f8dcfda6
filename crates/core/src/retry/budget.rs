//! A limit on retries in vain, which all calls of a client share.

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::sync::lock;
use crate::time::{Clock, SystemClock};

/// Counts the retries that were made in vain, so they don't multiply the load during an outage.
///
/// A retry [takes](Self::try_take) one, if less than the limit is taken. A call that succeeds [gives back](Self::give_back)
/// what it took, and each second gives one back. Clones share one count.
///
/// # Examples
/// ```
/// use account_provisioning_core::RetryBudget;
///
/// let budget = RetryBudget::default();
/// assert!(budget.try_take(2) && budget.try_take(2));
/// assert!(!budget.try_take(2));
/// budget.give_back(1);
/// assert!(budget.try_take(2));
/// ```
#[derive(Clone)]
pub struct RetryBudget {
    clock: Arc<dyn Clock>,
    taken: Arc<Mutex<Taken>>,
}

struct Taken {
    retries: u32,
    /// The time up to which the seconds are counted.
    since: Instant,
}

impl RetryBudget {
    /// Makes an unused budget with this clock. [`Default`] uses the system's clock.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        let since = clock.instant();
        Self {
            clock,
            taken: Arc::new(Mutex::new(Taken { retries: 0, since })),
        }
    }

    /// Takes one retry. Returns `false` when `limit` are taken already; then the call must not be retried.
    #[must_use = "a retry that was not granted must not be made"]
    pub fn try_take(&self, limit: u32) -> bool {
        let mut taken = lock(&self.taken);
        let seconds = self.clock.instant().saturating_duration_since(taken.since).as_secs();
        taken.since += Duration::from_secs(seconds);
        taken.retries = taken.retries.saturating_sub(u32::try_from(seconds).unwrap_or(u32::MAX));
        let granted = taken.retries < limit;
        taken.retries += u32::from(granted);
        granted
    }

    /// Gives back the retries of a call that succeeded.
    pub fn give_back(&self, retries: u32) {
        let mut taken = lock(&self.taken);
        taken.retries = taken.retries.saturating_sub(retries);
    }
}

impl Default for RetryBudget {
    fn default() -> Self {
        Self::new(Arc::new(SystemClock))
    }
}

impl fmt::Debug for RetryBudget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RetryBudget").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use super::RetryBudget;
    use crate::time::ManualTime;

    fn budget() -> (RetryBudget, ManualTime) {
        let time = ManualTime::default();
        (RetryBudget::new(Arc::new(time.clone())), time)
    }

    fn drain(budget: &RetryBudget, limit: u32) -> usize {
        (0..10_000).take_while(|_| budget.try_take(limit)).count()
    }

    #[test]
    fn budget_grants_up_to_its_limit() {
        let (budget, _) = budget();
        assert_eq!(drain(&budget, 0), 0);
        assert_eq!(drain(&budget, 100), 100);
        assert_eq!(drain(&budget, 150), 50);
    }

    #[test]
    fn budget_gets_back_what_successful_calls_took() {
        let (budget, _) = budget();
        for _ in 0..1000 {
            assert!(budget.try_take(2) && budget.try_take(2));
            budget.give_back(2);
        }
        budget.give_back(9);
        assert_eq!(drain(&budget, 2), 2);
    }

    #[test]
    fn budget_gets_one_back_each_second() {
        let (budget, time) = budget();
        assert_eq!(drain(&budget, 100), 100);
        time.advance(Duration::from_millis(2500));
        assert_eq!(drain(&budget, 100), 2);
        time.advance(Duration::from_millis(500));
        assert_eq!(drain(&budget, 100), 1);
        time.advance(Duration::from_secs(1_000_000_000_000));
        assert_eq!(drain(&budget, 100), 100);
    }

    #[test]
    fn budget_cloned_is_one_budget_also_across_threads() {
        let (budget, _) = budget();
        let granted: usize = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| drain(&budget.clone(), 100))).collect();
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap_or_default())
                .sum()
        });
        assert_eq!(granted, 100);
    }
}
