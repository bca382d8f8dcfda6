//! How long things may take.

use std::time::Duration;

/// The three limits of time of a client.
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
    /// Sets how long a connection may take to stand, name lookup and TLS included; the HTTP client keeps to it, so it
    /// applies to clients that [`http_client`](crate::http_client) made. Defaults to 5 seconds.
    pub const fn with_connect(mut self, limit: Duration) -> Self {
        self.connect = limit;
        self
    }

    /// Sets how long one attempt may take, from connecting to the last byte received. Defaults to 30 seconds.
    pub const fn with_attempt(mut self, limit: Duration) -> Self {
        self.attempt = limit;
        self
    }

    /// Sets how long a whole call may take, attempts and the waits between them included. Defaults to 120 seconds.
    pub const fn with_call(mut self, limit: Duration) -> Self {
        self.call = limit;
        self
    }

    /// The limit for a connection to stand.
    #[must_use]
    pub const fn connect(&self) -> Duration {
        self.connect
    }

    /// The limit for one attempt.
    #[must_use]
    pub const fn attempt(&self) -> Duration {
        self.attempt
    }

    /// The limit for the whole call.
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
