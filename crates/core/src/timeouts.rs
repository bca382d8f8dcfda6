//! Time limits.

use std::time::Duration;

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
    /// Limits the time to connect, including name lookup and TLS. The HTTP client enforces it, so it applies to clients that
    /// were made by [`http_client`](crate::http_client). Defaults to 5 seconds.
    pub const fn with_connect(mut self, limit: Duration) -> Self {
        self.connect = limit;
        self
    }

    /// Limits the time of one attempt, from connecting to the last received byte. Defaults to 30 seconds.
    pub const fn with_attempt(mut self, limit: Duration) -> Self {
        self.attempt = limit;
        self
    }

    /// Limits the time of a whole call, including all attempts and the waits between them. Defaults to 120 seconds.
    pub const fn with_call(mut self, limit: Duration) -> Self {
        self.call = limit;
        self
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
    fn timeouts_by_default_are_the_documented_ones() {
        let timeouts = Timeouts::default();
        assert_eq!(timeouts.connect(), Duration::from_secs(5));
        assert_eq!(timeouts.attempt(), Duration::from_secs(30));
        assert_eq!(timeouts.call(), Duration::from_secs(120));
    }
}
