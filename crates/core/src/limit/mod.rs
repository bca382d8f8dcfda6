//! Limits on how fast a client sends requests, so that the service does not have to refuse any.

mod learned;
#[cfg(feature = "redis")]
mod redis;
#[cfg(feature = "governor")]
mod steady;

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
#[cfg(any(feature = "governor", feature = "redis"))]
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::BoxFuture;
use http::{HeaderMap, StatusCode};

pub use self::learned::Learned;
#[cfg(feature = "redis")]
pub use self::redis::RedisLimiter;
#[cfg(feature = "governor")]
pub use self::steady::Steady;
#[cfg(any(feature = "governor", feature = "redis"))]
use crate::error::MakeError as _;
use crate::hook::{Ended, Hook, Outgoing};
use crate::{Clock, RateLimit, Result, retry_after, server_time};

/// How long a request may take from its turn to the service. A limiter that counts turns counts each for so much longer than
/// the window: requests of two windows could otherwise arrive in one.
#[cfg(any(feature = "governor", feature = "redis"))]
const ON_ITS_WAY: Duration = Duration::from_secs(1);

/// The longest window: a year. Neither governor nor Redis can count for centuries.
#[cfg(any(feature = "governor", feature = "redis"))]
const LONGEST: Duration = Duration::from_secs(365 * 24 * 3600);

/// The latest end of a wait that a response asks for. What it asks for may be a mistake, and a gateway may have sent it, so
/// one request finds out after an hour. The services' own windows are no longer.
fn at_most_an_hour_from(now: DateTime<Utc>) -> DateTime<Utc> {
    now.checked_add_signed(TimeDelta::hours(1)).unwrap_or(now)
}

#[cfg(any(feature = "governor", feature = "redis"))]
fn check(limit: u32, window: Duration) -> Result<()> {
    if limit == 0 || window < Duration::from_millis(1) || window > LONGEST {
        return Err(impossible());
    }
    Ok(())
}

#[cfg(any(feature = "governor", feature = "redis"))]
fn impossible() -> crate::Error {
    crate::Error::configuration(
        "the rate limit is impossible: give at least one request, and a window of a millisecond to a year",
    )
}

/// Decides when an attempt may be sent. All clones of a client share one; several clients and processes can, too.
///
/// Every attempt asks it, retries and the pages of streams included. A call whose time is over before its turn comes ends
/// with a timeout, and nothing is sent.
pub trait Limiter: Send + Sync + 'static {
    /// Waits until one more request may be sent, and counts it.
    ///
    /// Dropping the future gives up the turn; nothing is counted then.
    ///
    /// # Errors
    /// The limiter can't say, for example because its server is down. The call ends with an error of kind
    /// [`Refused`](crate::ErrorKind::Refused), and nothing is sent.
    fn acquire(&self) -> BoxFuture<'_, Result<(), Box<dyn StdError + Send + Sync>>>;

    /// Learns how a request ended that had its turn: what the headers of its response say of the limit, or until when the
    /// service wants no more requests. A request may also have been given up before it was sent.
    fn learn(&self, reply: Learning<'_>) {
        let _ = reply;
    }

    /// Whether `learn` is of use, so that headers have to be read.
    fn learns(&self) -> bool {
        false
    }

    /// What is known of the limit now; `None` if nothing is.
    fn state(&self) -> Option<RateLimit> {
        None
    }
}

/// What a response says of the limit.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Learning<'a> {
    /// Whether there was a response. A request without one may still have been counted.
    pub answered: bool,
    /// The headers that tell the limit; `None` if there are none.
    pub rate_limit: Option<&'a RateLimit>,
    /// Until when the service wants no more requests: it refused this one with 420 or 429. `None` if it did not.
    pub blocked_until: Option<DateTime<Utc>>,
}

/// A limiter as a hook of a client.
pub(crate) struct Limiting {
    pub(crate) limiter: Arc<dyn Limiter>,
    pub(crate) clock: Arc<dyn Clock>,
}

impl Hook for Limiting {
    fn before<'a>(&'a self, attempt: &'a mut Outgoing<'_>) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let turn = self.limiter.acquire().await;
            turn.map_err(|cause| attempt.refuse(format!("the rate limiter gives no turn: {cause}")))
        })
    }

    fn after(&self, attempt: &Ended<'_>) {
        if !self.limiter.learns() {
            return;
        }
        let now = self.clock.now();
        let rate_limit = attempt
            .headers
            .and_then(|headers| RateLimit::from_headers(headers, now));
        let blocked_until = attempt
            .headers
            .filter(|_| attempt.status.is_some_and(is_over_the_limit))
            .and_then(|headers| blocked_until(headers, now));
        self.limiter.learn(Learning {
            answered: attempt.headers.is_some(),
            rate_limit: rate_limit.as_ref(),
            blocked_until,
        });
    }
}

/// 420 is Cloudinary's status for it.
fn is_over_the_limit(status: StatusCode) -> bool {
    matches!(status.as_u16(), 420 | 429)
}

fn blocked_until(headers: &HeaderMap, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let wait = retry_after(headers, crate::Failure::RateLimited, server_time(headers, now))?;
    now.checked_add_signed(TimeDelta::from_std(wait).ok()?)
}

impl fmt::Debug for Limiting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Limiting").finish_non_exhaustive()
    }
}
