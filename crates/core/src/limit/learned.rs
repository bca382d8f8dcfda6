//! A limiter that goes by what the service says.

use std::collections::VecDeque;
use std::error::Error as StdError;
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use tokio::sync::{Mutex as Turn, Notify};

use super::{Learning, Limiter, at_most_an_hour_from};
use crate::sync::lock;
use crate::{Clock, RateLimit, Result, Sleep, SystemClock, TokioSleep};

/// Learns the limit from the headers of the responses: `x-featureratelimit-*`, `x-ratelimit-*`, `ratelimit` with
/// `ratelimit-policy`, and `retry-after` of a refusal.
///
/// The first request goes alone, and the others wait for its response: before it, nothing is known. If the response tells no
/// limit, nothing is limited until one does. Turns are given in the order in which they were asked for. Clones share what
/// they learn, so several clients of one account can share a budget.
///
/// The services count by account, and other programs may use the same one. A response that says that less is left than this
/// limiter counted is believed.
///
/// After an hour at most, whatever a response said, one request is sent to learn anew: a reset or a `retry-after` in the far
/// future doesn't stop a program for good.
///
/// # Examples
/// ```
/// use account_provisioning_core::limit::{Learned, Limiter};
///
/// let limiter = Learned::default();
/// assert_eq!(limiter.state(), None);
/// ```
#[derive(Clone)]
pub struct Learned {
    shared: Arc<Shared>,
}

struct Shared {
    known: Mutex<Known>,
    /// Held by the one whose turn is next: others queue up behind it.
    turn: Turn<()>,
    changed: Notify,
    clock: Box<dyn Clock>,
    sleep: Box<dyn Sleep>,
}

#[derive(Debug, Default)]
struct Known {
    /// Whether any response came in this window.
    any: bool,
    /// Since when the first request of this window is under way.
    probing: Option<DateTime<Utc>>,
    limit: Option<u64>,
    window: Option<Window>,
    /// Until when the service wants no requests at all: it refused one.
    blocked_until: Option<DateTime<Utc>>,
    /// Whether there ever was a window. If there was none, the service's resets may always lie in the past.
    has_windows: bool,
    /// When the requests had their turn that are still on their way.
    on_their_way: VecDeque<DateTime<Utc>>,
}

/// One window of the service.
#[derive(Clone, Copy, Debug)]
struct Window {
    remaining: u64,
    until: DateTime<Utc>,
}

/// What to do with the next in the queue.
enum Next {
    Go,
    /// Until then, or until something is learned.
    Wait(Duration),
}

/// How long a request is waited for, the first of a window before the next one tries. It may have been dropped.
const PROBE: Duration = Duration::from_secs(5);

impl Default for Learned {
    fn default() -> Self {
        Self::with(SystemClock, TokioSleep)
    }
}

impl Learned {
    /// Uses another clock and another timer, for tests.
    pub fn with(clock: impl Clock, sleep: impl Sleep) -> Self {
        Self {
            shared: Arc::new(Shared {
                known: Mutex::default(),
                turn: Turn::default(),
                changed: Notify::new(),
                clock: Box::new(clock),
                sleep: Box::new(sleep),
            }),
        }
    }

    fn next(&self) -> Next {
        let now = self.shared.clock.now();
        let known = &mut *lock(&self.shared.known);
        if known.window.is_some_and(|window| window.until <= now) {
            // Nothing is known of the new window: its first request goes alone, too.
            (known.window, known.any) = (None, false);
        }
        if known.blocked_until.is_some_and(|until| until <= now) {
            // The service may still refuse, so one request has to find out, unless a window tells how many are left.
            (known.blocked_until, known.any) = (None, false);
        }
        if let Some(until) = known.blocked_until {
            return Next::Wait((until - now).to_std().unwrap_or_default());
        }
        let next = match &mut known.window {
            Some(window) if window.remaining > 0 => {
                window.remaining -= 1;
                Next::Go
            }
            Some(window) => Next::Wait((window.until - now).to_std().unwrap_or_default()),
            None if known.any => Next::Go,
            None => match known.probing {
                Some(since) if is_recent(since, now) => Next::Wait(PROBE),
                _ => {
                    known.probing = Some(now);
                    Next::Go
                }
            },
        };
        if matches!(next, Next::Go) {
            while known.on_their_way.front().is_some_and(|since| !is_recent(*since, now)) {
                known.on_their_way.pop_front();
            }
            known.on_their_way.push_back(now);
        }
        next
    }
}

/// Whether a request is still waited for.
fn is_recent(since: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    (now - since).to_std().unwrap_or_default() < PROBE
}

impl Limiter for Learned {
    fn acquire(&self) -> BoxFuture<'_, Result<(), Box<dyn StdError + Send + Sync>>> {
        Box::pin(async move {
            let _turn = self.shared.turn.lock().await;
            loop {
                let changed = self.shared.changed.notified();
                match self.next() {
                    Next::Go => return Ok(()),
                    Next::Wait(wait) => {
                        let sleep = self.shared.sleep.sleep(wait);
                        futures_util::future::select(std::pin::pin!(changed), sleep).await;
                    }
                }
            }
        })
    }

    fn learn(&self, reply: Learning<'_>) {
        let now = self.shared.clock.now();
        let latest = at_most_an_hour_from(now);
        let mut known = lock(&self.shared.known);
        known.on_their_way.pop_front();
        known.probing = None;
        // A response that comes after the end of its window says nothing of the present one.
        let reset_at = reply.rate_limit.and_then(|limit| limit.reset_at);
        let is_late = known.has_windows && reset_at.is_some_and(|until| until <= now);
        known.any |= reply.answered && !is_late;
        if let Some(RateLimit {
            limit,
            remaining,
            reset_at,
        }) = reply.rate_limit
        {
            known.limit = limit.or(known.limit);
            if let (Some(remaining), Some(until)) = (*remaining, reset_at.filter(|until| *until > now)) {
                let until = until.min(latest);
                let remaining = match known.window.filter(|window| window.until > now) {
                    // Responses may overtake each other, and requests that are under way are not counted in them yet.
                    Some(counted) => counted.remaining.min(remaining),
                    // Those that had their turn in the window before may still arrive in this one.
                    None => remaining.saturating_sub(known.on_their_way.len() as u64),
                };
                known.window = Some(Window { remaining, until });
            }
        }
        if let Some(until) = reply.blocked_until.filter(|until| *until > now) {
            // Another response may have told of a longer block.
            known.blocked_until = known.blocked_until.max(Some(until.min(latest)));
        }
        known.has_windows |= known.window.is_some();
        drop(known);
        self.shared.changed.notify_one();
    }

    fn learns(&self) -> bool {
        true
    }

    fn state(&self) -> Option<RateLimit> {
        let known = lock(&self.shared.known);
        let now = self.shared.clock.now();
        let blocked = known.blocked_until.map(|until| Window { remaining: 0, until });
        let window = blocked
            .filter(|blocked| blocked.until > now)
            .or(known.window.filter(|window| window.until > now));
        (known.limit.is_some() || window.is_some()).then(|| RateLimit {
            limit: known.limit,
            remaining: window.map(|window| window.remaining),
            reset_at: window.map(|window| window.until),
        })
    }
}

impl fmt::Debug for Learned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Learned").field("state", &self.state()).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use futures_util::FutureExt as _;

    use super::{Learned, Learning, Limiter};
    use crate::RateLimit;
    use crate::time::{Clock as _, ManualTime};

    /// Whether there is a turn now.
    fn turn(limiter: &Learned) -> bool {
        limiter.acquire().now_or_never().is_some()
    }

    /// What a response tells: so many are left in a window that ends so many seconds from the start.
    fn tell(limiter: &Learned, remaining: u64, end: i64) {
        let start = ManualTime::default().now();
        let rate_limit = RateLimit {
            limit: Some(10),
            remaining: Some(remaining),
            reset_at: Some(start + chrono::TimeDelta::seconds(end)),
        };
        limiter.learn(Learning {
            answered: true,
            rate_limit: Some(&rate_limit),
            blocked_until: None,
        });
    }

    fn limiter() -> (Learned, ManualTime) {
        let time = ManualTime::default();
        // Nothing moves the clock but the test: waits take for ever.
        (Learned::with(time.clone(), Never), time)
    }

    #[derive(Debug)]
    struct Never;

    impl crate::Sleep for Never {
        fn sleep(&self, _: Duration) -> futures_util::future::BoxFuture<'static, ()> {
            Box::pin(std::future::pending())
        }
    }

    #[test]
    fn late_response_does_not_open_a_window_of_which_nothing_is_known() {
        let (limiter, time) = limiter();
        assert!(turn(&limiter));
        tell(&limiter, 2, 10);
        assert!(turn(&limiter) && turn(&limiter) && !turn(&limiter));
        time.advance(Duration::from_secs(10));
        assert!(turn(&limiter), "the first one of the new window");
        assert!(!turn(&limiter), "the others wait for its response");
        tell(&limiter, 1, 10);
        assert!(
            turn(&limiter),
            "it may have been that of the first one, so one more goes"
        );
        assert!(!turn(&limiter));
    }

    #[test]
    fn service_whose_resets_lie_in_the_past_is_not_limited() {
        let (limiter, time) = limiter();
        time.advance(Duration::from_secs(5));
        for _ in 0..3 {
            assert!(turn(&limiter));
            tell(&limiter, 2, 1);
        }
        assert!((0..20).all(|_| turn(&limiter)));
    }

    /// A refusal that asks for no requests until so many seconds from the start.
    fn refuse(limiter: &Learned, end: i64) {
        limiter.learn(Learning {
            answered: true,
            rate_limit: None,
            blocked_until: Some(ManualTime::default().now() + chrono::TimeDelta::seconds(end)),
        });
    }

    #[test]
    fn refusal_holds_back_for_as_long_as_it_asks_whatever_responses_arrive_after_it() {
        let (limiter, time) = limiter();
        assert!(turn(&limiter));
        tell(&limiter, 9, 3000);
        assert!(turn(&limiter) && turn(&limiter) && turn(&limiter));
        refuse(&limiter, 5);
        refuse(&limiter, 1);
        tell(&limiter, 7, 3000);
        assert_eq!(limiter.state().and_then(|state| state.remaining), Some(0));
        time.advance(Duration::from_secs(4));
        assert!(!turn(&limiter), "the longer one of the two waits counts");
        time.advance(Duration::from_secs(1));
        let turns = (0..20).filter(|_| turn(&limiter)).count();
        assert_eq!(turns, 6, "the window goes on after the refusal");
    }

    #[test]
    fn wait_that_is_absurd_ends_after_an_hour() {
        for absurd in [i64::from(u32::MAX), 200_000_000_000] {
            let (limiter, time) = limiter();
            assert!(turn(&limiter));
            refuse(&limiter, absurd);
            tell(&limiter, 0, absurd);
            time.advance(Duration::from_secs(3599));
            assert!(!turn(&limiter));
            time.advance(Duration::from_secs(1));
            assert!(turn(&limiter) && !turn(&limiter), "one request finds out");
        }
    }

    #[test]
    fn requests_that_are_on_their_way_at_the_end_of_a_window_count_in_the_next() {
        let (limiter, time) = limiter();
        assert!(turn(&limiter));
        tell(&limiter, 3, 10);
        time.advance(Duration::from_secs(9));
        assert!(turn(&limiter) && turn(&limiter) && turn(&limiter));
        time.advance(Duration::from_secs(1));
        assert!(turn(&limiter));
        tell(&limiter, 9, 20);
        let turns = (0..20).filter(|_| turn(&limiter)).count();
        assert_eq!(turns, 6, "nine are left, and three may still arrive");
    }

    #[test]
    fn requests_that_never_end_are_forgotten() {
        let (limiter, time) = limiter();
        assert!(turn(&limiter));
        tell(&limiter, 3, 10);
        assert!(turn(&limiter) && turn(&limiter) && turn(&limiter));
        time.advance(Duration::from_secs(10));
        assert!(turn(&limiter));
        tell(&limiter, 9, 20);
        let turns = (0..20).filter(|_| turn(&limiter)).count();
        assert_eq!(turns, 9);
    }
}
