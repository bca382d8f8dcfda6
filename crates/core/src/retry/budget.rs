//! A limit on retries that all calls of a client share.

use std::{
    fmt,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use crate::{
    sync::lock,
    time::{Clock, SystemClock},
};

/// Limits retries to a fifth of the recent calls, so they don't multiply the load during an outage.
///
/// Each call [`deposit`](Self::deposit)s once, when it starts. Each retry calls [`try_withdraw`](Self::try_withdraw) first,
/// which grants it while
///
/// ```text
/// retries granted in the window  <  max(MINIMUM, calls in the window × PERCENT / 100)
/// ```
///
/// where the window is the last 60 seconds. It consists of ten slots of six seconds, including the current one, so the
/// counts go back between 54 and 60 seconds. With three attempts per call, a server that fails every request gets 1.2 times
/// the usual load instead of three times. A client with few calls can always make ten retries a minute.
///
/// Clones share one budget, and so do a client and everything made from it. Deposits and withdrawals lock a mutex while they
/// add ten numbers.
///
/// # Examples
/// ```
/// use account_provisioning_core::RetryBudget;
///
/// let budget = RetryBudget::default();
/// budget.deposit();
/// for _ in 0..RetryBudget::MINIMUM {
///     assert!(budget.try_withdraw());
/// }
/// assert!(!budget.try_withdraw());
/// ```
#[derive(Clone)]
pub struct RetryBudget {
    shared: Arc<Shared>,
}

struct Shared {
    clock: Arc<dyn Clock>,
    start: Instant,
    slots: Mutex<[Slot; SLOTS]>,
}

/// The counts of six seconds. `turn` says which six seconds, because slots are reused every ten turns.
#[derive(Clone, Copy, Default)]
struct Slot {
    turn: u64,
    calls: u64,
    retries: u64,
}

const SLOTS: usize = 10;
const SLOT_SECONDS: u64 = RetryBudget::WINDOW.as_secs() / SLOTS as u64;

impl RetryBudget {
    /// How long calls and retries are counted: 60 seconds.
    pub const WINDOW: Duration = Duration::from_secs(60);

    /// How many retries are allowed for each hundred calls: 20.
    pub const PERCENT: u64 = 20;

    /// How many retries are always allowed in a window: 10.
    pub const MINIMUM: u64 = 10;

    /// Makes an unused budget with this clock. [`Default`] uses the system's clock.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        let start = clock.instant();
        Self {
            shared: Arc::new(Shared {
                clock,
                start,
                slots: Mutex::default(),
            }),
        }
    }

    /// Counts one call. Use it once per call, not per attempt.
    pub fn deposit(&self) {
        self.with_current_slot(|slots, current| slots[current].calls += 1);
    }

    /// Takes one retry from the budget. Returns `false` when none is left; then the call must not be retried.
    #[must_use = "a retry that was not granted must not be made"]
    pub fn try_withdraw(&self) -> bool {
        self.with_current_slot(|slots, current| {
            let turn = slots[current].turn;
            let recent = slots
                .iter()
                .filter(|slot| turn.saturating_sub(slot.turn) < SLOTS as u64);
            let (calls, retries) = recent.fold((0, 0), |(calls, retries), slot| {
                (calls + slot.calls, retries + slot.retries)
            });
            let granted = retries < Self::MINIMUM.max(calls * Self::PERCENT / 100);
            slots[current].retries += u64::from(granted);
            granted
        })
    }

    fn with_current_slot<T>(&self, use_slots: impl FnOnce(&mut [Slot; SLOTS], usize) -> T) -> T {
        let Shared { clock, start, slots } = &*self.shared;
        let mut slots = lock(slots);
        // Read while the lock is held, so turns never go back.
        let turn = clock.instant().saturating_duration_since(*start).as_secs() / SLOT_SECONDS;
        #[allow(clippy::cast_possible_truncation, reason = "the remainder is below ten")]
        let current = (turn % SLOTS as u64) as usize;
        if slots[current].turn != turn {
            slots[current] = Slot {
                turn,
                ..Slot::default()
            };
        }
        use_slots(&mut slots, current)
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
    use std::{sync::Arc, time::Duration};

    use super::RetryBudget;
    use crate::time::ManualTime;

    fn budget() -> (RetryBudget, ManualTime) {
        let time = ManualTime::default();
        (RetryBudget::new(Arc::new(time.clone())), time)
    }

    fn deposit(budget: &RetryBudget, calls: usize) {
        (0..calls).for_each(|_| budget.deposit());
    }

    fn drain(budget: &RetryBudget) -> usize {
        (0..10_000).take_while(|_| budget.try_withdraw()).count()
    }

    #[test]
    fn budget_without_calls_grants_the_minimum() {
        let (budget, _) = budget();
        assert_eq!(drain(&budget), 10);
    }

    #[test]
    fn budget_with_many_calls_grants_a_fifth_of_them() {
        for (calls, retries) in [(49, 10), (50, 10), (55, 11), (1000, 200)] {
            let (budget, _) = budget();
            deposit(&budget, calls);
            assert_eq!(drain(&budget), retries, "{calls} calls");
        }
    }

    #[test]
    fn budget_spread_over_the_window_counts_all_of_it() {
        let (budget, time) = budget();
        for _ in 0..10 {
            deposit(&budget, 100);
            time.advance(Duration::from_secs(5));
        }
        assert_eq!(drain(&budget), 200);
    }

    #[test]
    fn budget_after_the_window_forgets_calls_and_retries() {
        let (budget, time) = budget();
        deposit(&budget, 1000);
        assert_eq!(drain(&budget), 200);
        time.advance(Duration::from_secs(53));
        assert_eq!(drain(&budget), 0);
        time.advance(Duration::from_secs(7));
        assert_eq!(drain(&budget), 10);
        time.advance(Duration::from_secs(3600));
        assert_eq!(drain(&budget), 10);
    }

    #[test]
    fn budget_cloned_is_one_budget_also_across_threads() {
        let (budget, _) = budget();
        deposit(&budget, 500);
        let granted: usize = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| drain(&budget.clone()))).collect();
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap_or_default())
                .sum()
        });
        assert_eq!(granted, 100);
    }

    #[test]
    fn budget_constants_are_as_documented() {
        assert_eq!(RetryBudget::WINDOW, Duration::from_secs(60));
        assert_eq!((RetryBudget::PERCENT, RetryBudget::MINIMUM), (20, 10));
    }
}
