//! Small traits for time and randomness, so tests can control both.
//!
//! The transport reads the time from a [`Clock`], waits with a [`Sleep`] and takes random numbers from a [`Jitter`]. The
//! defaults are [`SystemClock`], [`TokioSleep`] and [`RandomJitter`]. A test can use [`ManualTime`], whose sleeps end at
//! once and move its clock, and [`FixedJitter`]; such a test never waits.
//!
//! Pausing tokio's clock instead would not work: it jumps ahead whenever all tasks wait, even when data is about to arrive
//! on a socket, so a healthy connection would run into a timeout.

use std::{
    fmt::Debug,
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;

mod manual;

pub use manual::{FixedJitter, ManualTime};

/// Returns the time, both as a date and on a monotonic clock.
///
/// Servers use dates, and deadlines need a monotonic clock. When somebody sets the machine's clock, [`now`](Self::now)
/// jumps and [`instant`](Self::instant) does not. A test clock should move both together.
///
/// # Examples
/// A clock that is one hour slow:
/// ```
/// use std::time::Instant;
/// use account_provisioning_core::time::{Clock, SystemClock};
/// use chrono::{DateTime, TimeDelta, Utc};
///
/// #[derive(Debug)]
/// struct Late;
///
/// impl Clock for Late {
///     fn now(&self) -> DateTime<Utc> { SystemClock.now() - TimeDelta::hours(1) }
///     fn instant(&self) -> Instant { SystemClock.instant() }
/// }
///
/// assert!(Late.now() < SystemClock.now());
/// ```
pub trait Clock: Debug + Send + Sync + 'static {
    /// The date and time, with which `Retry-After` dates and reset times are compared.
    fn now(&self) -> DateTime<Utc>;

    /// The time of a clock that never goes back, which is used for deadlines and elapsed times.
    fn instant(&self) -> Instant;
}

/// Waits between the attempts of a call.
///
/// The future owns its data, so a call can be spawned. In tests, the future should move the test [`Clock`] by `duration`
/// when it is polled, as [`ManualTime`] does.
pub trait Sleep: Debug + Send + Sync + 'static {
    /// Completes when `duration` has passed on the clock that belongs to this sleeper.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;
}

/// Returns the random part of a backoff.
pub trait Jitter: Debug + Send + Sync + 'static {
    /// Returns a number in `[0, 1)`, uniformly distributed. The wait is this fraction of the longest backoff.
    ///
    /// A value outside the range is clamped to it, and NaN counts as 0.
    fn unit(&self) -> f64;
}

/// The clocks of the operating system.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }

    fn instant(&self) -> Instant {
        Instant::now()
    }
}

/// Sleeps with tokio's timer. The future must be polled inside a tokio runtime with time enabled.
#[derive(Clone, Copy, Debug, Default)]
pub struct TokioSleep;

impl Sleep for TokioSleep {
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        // The timer is made at the first poll, so making the future needs no runtime.
        Box::pin(async move { tokio::time::sleep(duration).await })
    }
}

/// Returns pseudo-random numbers from a fast generator, which is not meant for secrets.
#[derive(Clone, Copy, Debug, Default)]
pub struct RandomJitter;

impl Jitter for RandomJitter {
    fn unit(&self) -> f64 {
        fastrand::f64()
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::Arc,
        time::{Duration, Instant},
    };

    use super::{Clock, Jitter, RandomJitter, Sleep, SystemClock, TokioSleep};

    #[test]
    fn random_jitter_drawn_often_stays_in_the_half_open_unit_and_varies() {
        let draws: Vec<f64> = (0..1000).map(|_| RandomJitter.unit()).collect();
        assert!(draws.iter().all(|draw| (0.0..1.0).contains(draw)));
        assert!(draws.iter().any(|draw| *draw < 0.5) && draws.iter().any(|draw| *draw >= 0.5));
    }

    #[test]
    fn system_clock_read_twice_does_not_go_back() {
        let before = SystemClock.instant();
        assert!(SystemClock.instant() >= before);
    }

    #[tokio::test]
    async fn tokio_sleep_waits_at_least_the_duration() {
        let sleeper: Arc<dyn Sleep> = Arc::new(TokioSleep);
        let start = Instant::now();
        sleeper.sleep(Duration::from_millis(10)).await;
        assert!(start.elapsed() >= Duration::from_millis(10));
    }
}
