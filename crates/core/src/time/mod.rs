//! Time and chance as small traits, so that tests decide when a wait ends and how long it is.
//!
//! The transport asks a [`Clock`] what time it is, waits through a [`Sleep`] and draws from a [`Jitter`].
//! Production uses [`SystemClock`], [`TokioSleep`] and [`RandomJitter`]; a test injects [`ManualTime`], whose
//! clock moves by exactly what is slept, and a [`FixedJitter`], and then no test waits for real.
//!
//! Why not pause tokio's clock: it jumps ahead whenever all tasks wait, also while a socket is about to be
//! read, so a timeout fires on a healthy connection.

use std::{
    fmt::Debug,
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;

mod manual;

pub use manual::{FixedJitter, ManualTime};

/// Tells the time in two ways: the calendar, which servers speak, and a monotonic clock, which deadlines need.
///
/// The two differ when somebody sets the machine's clock: [`now`](Self::now) jumps and
/// [`instant`](Self::instant) does not. A fake keeps them in step.
///
/// # Examples
/// A clock that runs an hour late:
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
    /// The calendar time, to which `Retry-After` dates and reset times are compared.
    fn now(&self) -> DateTime<Utc>;

    /// A moment on a clock that never goes back, from which deadlines and elapsed times are counted.
    fn instant(&self) -> Instant;
}

/// Waits between the attempts of a call.
///
/// The future owns what it needs, so that a call can be spawned. A fake that goes with a fake [`Clock`]
/// moves that clock by `duration` when its future is polled, as [`ManualTime`] does.
pub trait Sleep: Debug + Send + Sync + 'static {
    /// Completes once `duration` has passed on the clock that goes with this sleeper.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;
}

/// Draws the random part of a backoff.
pub trait Jitter: Debug + Send + Sync + 'static {
    /// A number in `[0, 1)`, evenly spread; the backoff takes that share of its ceiling.
    ///
    /// A value outside is brought to the nearer end, and a NaN is read as 0.
    fn unit(&self) -> f64;
}

/// The machine's own clocks.
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

/// Sleeps on tokio's timer; the future must be polled inside a tokio runtime with time enabled.
#[derive(Clone, Copy, Debug, Default)]
pub struct TokioSleep;

impl Sleep for TokioSleep {
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        // The timer is made on the first poll, so that building the future needs no runtime.
        Box::pin(async move { tokio::time::sleep(duration).await })
    }
}

/// Draws from a fast generator of pseudo-random numbers; nothing secret hangs on it.
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
