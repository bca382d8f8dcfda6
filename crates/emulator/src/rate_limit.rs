//! Limits the requests of an account in a time window.

use std::collections::HashMap;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use http::StatusCode;

use crate::error::RuleError;

/// A limit on the requests of each account, in fixed windows. A window begins with its first request.
///
/// Only requests with accepted credentials are counted. Past the limit, the status is 420 for Cloudinary (the vendor's
/// "maximum usage rate exceeded") and 429 for the others, unless [`status`](Self::status) sets one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    pub(crate) limit: u32,
    pub(crate) window: Duration,
    pub(crate) status: Option<u16>,
}

impl RateLimit {
    /// Allows `limit` requests per `window`.
    pub const fn new(limit: u32, window: Duration) -> Self {
        Self {
            limit,
            window,
            status: None,
        }
    }

    /// Allows `limit` requests per hour, which is Cloudinary's window.
    pub const fn per_hour(limit: u32) -> Self {
        Self::new(limit, Duration::from_secs(3600))
    }

    /// Allows 1200 requests per five minutes, as Cloudflare does.
    pub const fn cloudflare() -> Self {
        Self::new(1200, Duration::from_secs(300))
    }

    /// Sets the status past the limit, such as 420 or 429. Defaults to the API's own.
    #[must_use]
    pub const fn status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// Checks that the limit is possible: a window that is not zero, and a status from 400 to 599.
    ///
    /// # Errors
    /// Returns a [`RuleError`] that names the mistake.
    pub fn validate(self) -> Result<(), RuleError> {
        if self.window.is_zero() {
            return Err(RuleError::new(
                "seconds",
                "is impossible: a window of no length limits nothing",
            ));
        }
        match self.status {
            Some(status) if !(400..=599).contains(&status) => {
                Err(RuleError::new("status", "is impossible: give one from 400 to 599"))
            }
            _ => Ok(()),
        }
    }

    /// Returns the status past the limit, for an API whose default is `usual`.
    pub(crate) fn status_code(self, usual: StatusCode) -> StatusCode {
        self.status
            .and_then(|status| StatusCode::from_u16(status).ok())
            .unwrap_or(usual)
    }
}

/// What an account has left of its limit after a request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RateStatus {
    pub(crate) limit: u32,
    pub(crate) window: Duration,
    /// The time until the reset, rounded up so that a client that waits this long is not early.
    pub(crate) seconds_left: i64,
    pub(crate) remaining: u32,
    pub(crate) reset: DateTime<Utc>,
    pub(crate) exceeded: bool,
}

#[derive(Debug)]
struct Window {
    until: DateTime<Utc>,
    used: u32,
}

#[derive(Debug, Default)]
pub(crate) struct RateLimiter {
    windows: HashMap<String, Window>,
}

impl RateLimiter {
    /// Counts a request of an account.
    pub(crate) fn count(&mut self, rate: RateLimit, account: &str, now: DateTime<Utc>) -> RateStatus {
        let length = TimeDelta::from_std(rate.window).unwrap_or(TimeDelta::MAX);
        let fresh = || Window {
            until: now.checked_add_signed(length).unwrap_or(DateTime::<Utc>::MAX_UTC),
            used: 0,
        };
        if !self.windows.contains_key(account) {
            self.windows.insert(account.to_owned(), fresh());
        }
        let mut status = RateStatus {
            limit: rate.limit,
            window: rate.window,
            seconds_left: 0,
            remaining: 0,
            reset: now,
            exceeded: true,
        };
        if let Some(window) = self.windows.get_mut(account) {
            if now >= window.until {
                *window = fresh();
            }
            status.exceeded = window.used >= rate.limit;
            // Rejected requests are not counted, so a client that waits for the reset is served.
            window.used += u32::from(!status.exceeded);
            status.remaining = rate.limit - window.used.min(rate.limit);
            status.reset = window.until;
            let left = (window.until - now).num_milliseconds().max(0);
            status.seconds_left = left / 1000 + i64::from(left % 1000 > 0);
        }
        status
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn count_past_the_limit_is_exceeded_until_the_window_ends() {
        let rate = RateLimit::per_hour(2);
        let mut limiter = RateLimiter::default();
        let start = DateTime::<Utc>::UNIX_EPOCH;
        assert_eq!(limiter.count(rate, "a", start).remaining, 1);
        assert!(!limiter.count(rate, "a", start).exceeded);
        let third = limiter.count(rate, "a", start);
        assert!(third.exceeded && third.remaining == 0);
        assert!(!limiter.count(rate, "b", start).exceeded, "accounts are counted apart");
        assert!(limiter.count(rate, "a", start + TimeDelta::minutes(59)).exceeded);
        assert!(!limiter.count(rate, "a", start + TimeDelta::minutes(60)).exceeded);
    }
}
