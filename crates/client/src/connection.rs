//! What the builders of all clients have in common: time, transport, headers, and the names of hosts.

use std::fmt;

use account_provisioning_core::{
    BaseUrl, Credentials, Dialect, Error, PlainHttpHosts, Result, Timeouts, Transport, TransportBuilder, UserAgent,
    http_client,
};
use http::HeaderMap;
use http::header::USER_AGENT;

/// The settings of a connection, and what is wrong with the first wrong one.
pub(crate) struct Connection {
    pub(crate) plain_http: PlainHttpHosts,
    pub(crate) timeouts: Timeouts,
    pub(crate) user_agent: UserAgent,
    pub(crate) headers: HeaderMap,
    pub(crate) http: Option<reqwest::ClientBuilder>,
    pub(crate) transport: TransportBuilder,
    pub(crate) problem: Option<Error>,
}

/// What a generated client is made of.
pub(crate) struct Connected {
    pub(crate) base_url: BaseUrl,
    pub(crate) http: reqwest::Client,
    pub(crate) transport: Transport,
}

impl Connection {
    /// The settings as they are before anybody changes them, for a service with this dialect.
    pub(crate) fn new(dialect: impl Dialect) -> Self {
        Self {
            plain_http: PlainHttpHosts::none(),
            timeouts: Timeouts::default(),
            user_agent: UserAgent::default(),
            headers: HeaderMap::new(),
            http: None,
            transport: Transport::builder().dialect(dialect),
            problem: None,
        }
    }

    /// Keeps what is wrong with a setting, unless something was wrong before.
    pub(crate) fn keep<A, E: Into<Error>>(&mut self, value: std::result::Result<A, E>) -> Option<A> {
        match value {
            Ok(value) => Some(value),
            Err(problem) => {
                self.problem.get_or_insert_with(|| problem.into());
                None
            }
        }
    }

    /// Refuses settings of which one is wrong.
    pub(crate) fn check(&mut self) -> Result<()> {
        match self.problem.take() {
            Some(problem) => Err(Error::configuration(problem.to_string())),
            None => Ok(()),
        }
    }

    /// Makes what a generated client is made of; `url` is what paths are appended to.
    pub(crate) fn connect(self, url: &str, credentials: Credentials) -> Result<Connected> {
        let base_url =
            BaseUrl::parse(url, &self.plain_http).map_err(|problem| Error::configuration(problem.to_string()))?;
        let no_tls = cfg!(not(any(feature = "rustls", feature = "native-tls")));
        if no_tls && self.http.is_none() && base_url.as_str().starts_with("https:") {
            return Err(Error::configuration(
                "this build speaks no TLS: enable the feature `rustls` or `native-tls`, or give an HTTP client that does",
            ));
        }
        let http = http_client(self.http.unwrap_or_default(), self.timeouts)?;
        // Headers that are set are sent as they are, a user agent among them.
        let named = self.headers.get(USER_AGENT).cloned();
        let transport = self
            .transport
            .credentials(credentials)
            .timeouts(self.timeouts)
            .headers(self.headers)
            .user_agent(named.unwrap_or_else(|| self.user_agent.to_header_value()))
            .build();
        Ok(Connected {
            base_url,
            http,
            transport,
        })
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            plain_http,
            timeouts,
            user_agent,
            headers,
            http,
            transport,
            problem,
        } = self;
        f.debug_struct("Connection")
            .field("plain_http", plain_http)
            .field("timeouts", timeouts)
            .field("user_agent", user_agent)
            .field("headers", &headers.keys().collect::<Vec<_>>())
            // Its default headers and its proxies may hold secrets of the user's.
            .field("http", &http.as_ref().map(|_| format_args!("[given]")))
            .field("transport", transport)
            .field("problem", problem)
            .finish()
    }
}

/// Gives a builder with a field `connection` the setters that all builders have.
macro_rules! connection_settings {
    ($builder:ty) => {
        impl $builder {
            /// Allows unencrypted `http` to a host by its name, without scheme and port. Defaults to this machine alone.
            pub fn allow_plain_http(mut self, host: impl Into<String>) -> Self {
                self.connection.plain_http = self.connection.plain_http.allow(host);
                self
            }

            /// Sets the limits of time. Defaults to [`Timeouts::default`](crate::Timeouts): 5 s to connect, 30 s an
            /// attempt, 120 s a call.
            pub fn timeouts(mut self, timeouts: crate::Timeouts) -> Self {
                self.connection.timeouts = timeouts;
                self
            }

            /// Sets when calls are tried again. Defaults to [`RetryPolicy::default`](crate::RetryPolicy): 3 attempts.
            pub fn retry(mut self, policy: crate::RetryPolicy) -> Self {
                self.connection.transport = self.connection.transport.retry(policy);
                self
            }

            /// Sends a header with every call. Defaults to none.
            pub fn header(mut self, name: &str, value: &str) -> Self {
                if let Some((name, value)) = self.connection.keep(crate::call::header(name, value)) {
                    self.connection.headers.insert(name, value);
                }
                self
            }

            /// Names the application in the user agent, before this SDK. Defaults to this SDK alone.
            pub fn application(mut self, name: &str) -> Self {
                let named = self.connection.user_agent.clone().with_application(name);
                let named = named.map_err(|problem| crate::Error::configuration(problem.to_string()));
                if let Some(user_agent) = self.connection.keep(named) {
                    self.connection.user_agent = user_agent;
                }
                self
            }

            /// Sets the HTTP client to build on: proxy, roots, name resolution, pool. Defaults to
            /// `reqwest::Client::builder()`.
            ///
            /// Redirects, retries and the connect limit are set by this SDK, whatever the builder says. Mark default
            /// headers that hold secrets as sensitive: `Debug` of the client's `low_level` shows the others.
            pub fn http(mut self, builder: reqwest::ClientBuilder) -> Self {
                self.connection.http = Some(builder);
                self
            }

            /// Sets where the time comes from. Defaults to the system's clock.
            pub fn clock(mut self, clock: impl crate::time::Clock) -> Self {
                self.connection.transport = self.connection.transport.clock(std::sync::Arc::new(clock));
                self
            }

            /// Sets how waits between attempts pass, so that tests need not wait. Defaults to tokio's timer.
            pub fn sleep(mut self, sleep: impl crate::time::Sleep) -> Self {
                self.connection.transport = self.connection.transport.sleep(std::sync::Arc::new(sleep));
                self
            }

            /// Sets where the randomness of waits comes from. Defaults to a random generator.
            pub fn jitter(mut self, jitter: impl crate::time::Jitter) -> Self {
                self.connection.transport = self.connection.transport.jitter(std::sync::Arc::new(jitter));
                self
            }
        }
    };
}
pub(crate) use connection_settings;
