//! A limiter that goes by what the service says.

use std::error::Error as StdError;
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use tokio::sync::{Mutex as Turn, Notify};

use super::{Learning, Limiter};
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

/// How long the first request is waited for before the next one tries. It may have been dropped.
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
        match &mut known.window {
            Some(window) if window.remaining > 0 => {
                window.remaining -= 1;
                Next::Go
            }
            Some(window) => Next::Wait((window.until - now).to_std().unwrap_or_default()),
            None if known.any => Next::Go,
            None => match known.probing {
                Some(since) if (now - since).to_std().unwrap_or_default() < PROBE => Next::Wait(PROBE),
                _ => {
                    known.probing = Some(now);
                    Next::Go
                }
            },
        }
    }
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
        let mut known = lock(&self.shared.known);
        known.any |= reply.answered;
        known.probing = None;
        if let Some(RateLimit {
            limit,
            remaining,
            reset_at,
        }) = reply.rate_limit
        {
            known.limit = limit.or(known.limit);
            if let (Some(remaining), Some(until)) = (*remaining, reset_at.filter(|until| *until > now)) {
                // Responses may overtake each other, and requests that are under way are not counted in them yet.
                let counted = known
                    .window
                    .filter(|window| window.until > now)
                    .map(|window| window.remaining);
                let remaining = counted.map_or(remaining, |counted| counted.min(remaining));
                known.window = Some(Window { remaining, until });
            }
        }
        if let Some(until) = reply.blocked_until.filter(|until| *until > now) {
            known.window = Some(Window { remaining: 0, until });
        }
        drop(known);
        self.shared.changed.notify_one();
    }

    fn learns(&self) -> bool {
        true
    }

    fn state(&self) -> Option<RateLimit> {
        let known = lock(&self.shared.known);
        let window = known.window.filter(|window| window.until > self.shared.clock.now());
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
