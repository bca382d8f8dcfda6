//! A limiter that is set by hand.

use std::error::Error as StdError;
use std::fmt;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use tokio::sync::Mutex;

use super::{Limiter, ON_ITS_WAY, check, impossible};
use crate::{RateLimit, Result};

/// Sends requests evenly: no period as long as the window sees more than the limit.
///
/// A tenth of the limit may be sent at once, and the rest follows evenly over the window and one more second: a request that
/// arrives within a second of its turn is on time. Turns are given in the order in which they were asked for. Clones share
/// one budget, so several clients of one account can.
///
/// # Examples
/// ```
/// use std::time::Duration;
/// use account_provisioning_core::limit::Steady;
///
/// // Cloudflare allows 1,200 requests in five minutes; this program takes half of them.
/// let limiter = Steady::new(600, Duration::from_secs(300))?;
/// # Ok::<(), account_provisioning_core::Error>(())
/// ```
#[derive(Clone)]
pub struct Steady {
    governor: Arc<DefaultDirectRateLimiter>,
    /// Held by the one whose turn is next: others queue up behind it.
    turn: Arc<Mutex<()>>,
    limit: u32,
    window: Duration,
}

impl Steady {
    /// Allows `limit` requests in each period as long as `window`.
    ///
    /// # Errors
    /// A [configuration error](crate::ErrorKind::Configuration) when the limit is zero, when the window is shorter than a
    /// millisecond or longer than a year, or when less than a nanosecond is left for a request.
    pub fn new(limit: u32, window: Duration) -> Result<Self> {
        check(limit, window)?;
        let burst = NonZeroU32::new((limit / 10).max(1));
        // In a window, the burst is followed by one request less than periods fit into it.
        let quota = burst.and_then(|burst| {
            let period = (window + ON_ITS_WAY).checked_div(limit - burst.get() + 1)?;
            Some(Quota::with_period(period)?.allow_burst(burst))
        });
        let quota = quota.ok_or_else(impossible)?;
        Ok(Self {
            governor: Arc::new(RateLimiter::direct(quota)),
            turn: Arc::default(),
            limit,
            window,
        })
    }
}

impl Limiter for Steady {
    fn acquire(&self) -> BoxFuture<'_, Result<(), Box<dyn StdError + Send + Sync>>> {
        Box::pin(async move {
            let _turn = self.turn.lock().await;
            self.governor.until_ready().await;
            Ok(())
        })
    }

    fn state(&self) -> Option<RateLimit> {
        Some(RateLimit {
            limit: Some(self.limit.into()),
            ..RateLimit::default()
        })
    }
}

impl fmt::Debug for Steady {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Steady")
            .field("limit", &self.limit)
            .field("window", &self.window)
            .finish_non_exhaustive()
    }
}
