//! Time limits.

use std::time::Duration;

use crate::error::MakeError as _;
use crate::{Error, Result};

/// The three time limits of a client.
///
/// # Examples
/// ```
/// use std::time::Duration;
/// use account_provisioning_core::Timeouts;
///
/// let timeouts = Timeouts::default().with_call(Duration::from_secs(20));
/// assert_eq!(timeouts.attempt(), Duration::from_secs(30));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct Timeouts {
    connect: Duration,
    attempt: Duration,
    call: Duration,
}

impl Timeouts {
    /// Limits the time to connect, including name lookup and TLS. Zero is refused when a client is built. Defaults to 5
    /// seconds.
    pub const fn with_connect(mut self, limit: Duration) -> Self {
        self.connect = limit;
        self
    }

    /// Limits the time of one attempt, from connecting to the last received byte. Zero is refused when a client is built.
    /// Defaults to 30 seconds.
    pub const fn with_attempt(mut self, limit: Duration) -> Self {
        self.attempt = limit;
        self
    }

    /// Limits the time of a whole call, including all attempts and the waits between them. Zero is refused when a client is
    /// built. Defaults to 120 seconds.
    pub const fn with_call(mut self, limit: Duration) -> Self {
        self.call = limit;
        self
    }

    /// Refuses limits that leave no time at all.
    pub(crate) fn check(&self) -> Result<()> {
        for (limit, what, setter) in [
            (self.connect, "to connect", "with_connect"),
            (self.attempt, "of an attempt", "with_attempt"),
            (self.call, "of a call", "with_call"),
        ] {
            if limit.is_zero() {
                let message = format!(
                    "the time limit {what} is zero: pass a longer one to `Timeouts::{setter}`, or leave it out"
                );
                return Err(Error::configuration(message));
            }
        }
        Ok(())
    }

    /// The time limit to connect.
    #[must_use]
    pub const fn connect(&self) -> Duration {
        self.connect
    }

    /// The time limit of one attempt.
    #[must_use]
    pub const fn attempt(&self) -> Duration {
        self.attempt
    }

    /// The time limit of the whole call.
    #[must_use]
    pub const fn call(&self) -> Duration {
        self.call
    }
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            attempt: Duration::from_secs(30),
            call: Duration::from_secs(120),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timeouts_of_which_one_is_zero_are_refused_by_name() {
        let default = Timeouts::default();
        assert!(default.check().is_ok());
        for (limits, setter) in [
            (default.with_connect(Duration::ZERO), "`Timeouts::with_connect`"),
            (default.with_attempt(Duration::ZERO), "`Timeouts::with_attempt`"),
            (default.with_call(Duration::ZERO), "`Timeouts::with_call`"),
        ] {
            let problem = limits.check().map_err(|problem| problem.to_string());
            assert!(problem.is_err_and(|text| text.contains(setter)), "{limits:?}");
        }
    }

    #[test]
    fn timeouts_by_default_are_the_documented_ones() {
        let timeouts = Timeouts::default();
        assert_eq!(timeouts.connect(), Duration::from_secs(5));
        assert_eq!(timeouts.attempt(), Duration::from_secs(30));
        assert_eq!(timeouts.call(), Duration::from_secs(120));
    }
}
