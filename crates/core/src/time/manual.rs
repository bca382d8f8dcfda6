//! A clock for tests, which only moves when the test says so.

use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::BoxFuture;

use super::{Clock, Jitter, Sleep};
use crate::sync::lock;

/// A clock and a sleeper for tests. The clock only moves by sleeps and by [`advance`](Self::advance).
///
/// A sleep ends at once, moves the clock by its duration and is recorded. Clones share the clock and the record: pass one
/// clone as [`Clock`], another as [`Sleep`], and keep a third. Sleeps of concurrent tasks add up, as if they had run one
/// after the other.
///
/// # Examples
/// ```
/// use std::time::Duration;
/// use account_provisioning_core::time::{Clock, ManualTime, Sleep};
///
/// # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
/// let time = ManualTime::default();
/// let deadline = time.instant() + Duration::from_secs(5);
///
/// time.sleep(Duration::from_secs(3)).await;
/// assert_eq!(deadline - time.instant(), Duration::from_secs(2));
/// assert_eq!(time.sleeps(), [Duration::from_secs(3)]);
/// # });
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct ManualTime {
    shared: Arc<Mutex<State>>,
}

#[derive(Debug)]
struct State {
    now: DateTime<Utc>,
    instant: Instant,
    sleeps: Vec<Duration>,
}

impl ManualTime {
    /// Makes a clock that starts at this time.
    pub fn at(now: DateTime<Utc>) -> Self {
        let state = State {
            now,
            instant: Instant::now(),
            sleeps: Vec::new(),
        };
        Self {
            shared: Arc::new(Mutex::new(state)),
        }
    }

    /// Moves the clock forward without recording a sleep.
    ///
    /// It stops at the last time that `DateTime` can represent.
    pub fn advance(&self, step: Duration) {
        lock(&self.shared).advance(step);
    }

    /// All sleeps that were polled so far, oldest first.
    pub fn sleeps(&self) -> Vec<Duration> {
        lock(&self.shared).sleeps.clone()
    }
}

impl State {
    fn advance(&mut self, step: Duration) {
        self.now = TimeDelta::from_std(step)
            .ok()
            .and_then(|delta| self.now.checked_add_signed(delta))
            .unwrap_or(DateTime::<Utc>::MAX_UTC);
        self.instant = self.instant.checked_add(step).unwrap_or(self.instant);
    }
}

impl Default for ManualTime {
    /// Starts at the beginning of 2026, so tests that print dates have the same output every day.
    fn default() -> Self {
        const NEW_YEAR_2026: i64 = 1_767_225_600;
        Self::at(DateTime::from_timestamp(NEW_YEAR_2026, 0).unwrap_or_default())
    }
}

impl Clock for ManualTime {
    fn now(&self) -> DateTime<Utc> {
        lock(&self.shared).now
    }

    fn instant(&self) -> Instant {
        lock(&self.shared).instant
    }
}

impl Sleep for ManualTime {
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let time = self.clone();
        Box::pin(async move {
            let mut state = lock(&time.shared);
            state.sleeps.push(duration);
            state.advance(duration);
        })
    }
}

/// A jitter that always returns the same number: 1 gives the longest backoff, 0 gives none.
///
/// # Examples
/// ```
/// use account_provisioning_core::time::{FixedJitter, Jitter};
///
/// assert_eq!(FixedJitter(0.5).unit(), 0.5);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct FixedJitter(
    /// The number to return.
    pub f64,
);

impl Jitter for FixedJitter {
    fn unit(&self) -> f64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use chrono::{DateTime, TimeDelta, Utc};

    use super::{Clock, ManualTime, Sleep};

    #[tokio::test]
    async fn manual_time_slept_on_a_clone_moves_both_clocks_together() {
        let time = ManualTime::default();
        let (now, instant) = (time.now(), time.instant());
        time.clone().sleep(Duration::from_millis(1500)).await;
        time.advance(Duration::from_millis(500));
        assert_eq!(time.now() - now, TimeDelta::seconds(2));
        assert_eq!(time.instant() - instant, Duration::from_secs(2));
        assert_eq!(time.sleeps(), [Duration::from_millis(1500)]);
    }

    #[test]
    fn manual_time_by_default_starts_at_new_year_2026() {
        assert_eq!(ManualTime::default().now().to_rfc3339(), "2026-01-01T00:00:00+00:00");
    }

    #[test]
    fn manual_time_with_a_dropped_sleep_does_not_move() {
        let time = ManualTime::default();
        let now = time.now();
        drop(time.sleep(Duration::from_secs(1)));
        assert_eq!(time.now(), now);
        assert!(time.sleeps().is_empty());
    }

    #[test]
    fn manual_time_advanced_past_the_calendar_stops_at_its_end() {
        let time = ManualTime::default();
        time.advance(Duration::MAX);
        assert_eq!(time.now(), DateTime::<Utc>::MAX_UTC);
    }
}
