//! What the builders of all clients have in common: time, transport, headers, and the names of hosts.

use std::fmt;

use account_provisioning_core::{
    BaseUrl, Credentials, Dialect, Error, MakeError as _, PlainHttpHosts, Result, Timeouts, Transport,
    TransportBuilder, UserAgent,
};
use http::HeaderMap;
use http::header::USER_AGENT;

use crate::explain::{Collected, Explanation, Origin, Setting};
use crate::vars::Named;

/// Makes the settings of an HTTP client.
type HttpSettings = Box<dyn Fn() -> reqwest::ClientBuilder + Send + Sync>;

/// The settings of a connection, and what is wrong with the first wrong one.
pub(crate) struct Connection {
    pub(crate) plain_http: PlainHttpHosts,
    pub(crate) timeouts: Timeouts,
    pub(crate) user_agent: UserAgent,
    pub(crate) headers: HeaderMap,
    pub(crate) http: Option<HttpSettings>,
    pub(crate) transport: TransportBuilder,
    /// Whether `transport` has a provider of credentials.
    pub(crate) provided: bool,
    /// What the methods of the builder set.
    pub(crate) explained: Collected,
    pub(crate) problem: Option<Error>,
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
            provided: false,
            explained: Collected::default(),
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

    /// Makes the transport, and explains it; `base_url` is what paths are appended to. Without `credentials`, those of the
    /// provider are sent. `own` explains the settings of the service alone.
    pub(crate) fn connect(
        self,
        service: &'static str,
        base_url: &Named<String>,
        credentials: Option<Credentials>,
        mut own: Vec<Setting>,
    ) -> Result<(Transport, Explanation)> {
        let origin = base_url.origin;
        let base_url = BaseUrl::parse(&base_url.value, &self.plain_http)
            .map_err(|problem| Error::configuration(format!("{} {}", base_url.name, problem.problem())))?;
        let no_tls = cfg!(not(any(
            feature = "rustls",
            feature = "rustls-no-provider",
            feature = "native-tls"
        )));
        if no_tls && self.http.is_none() && base_url.as_str().starts_with("https:") {
            return Err(Error::configuration(
                "this build speaks no TLS: enable the feature `rustls` or `native-tls`, or give an HTTP client that does",
            ));
        }
        #[cfg(all(feature = "rustls-no-provider", not(any(feature = "rustls", feature = "native-tls"))))]
        require_provider()?;
        let http = self.http.unwrap_or_else(|| Box::new(reqwest::Client::builder));
        // Headers that are set are sent as they are, a user agent among them.
        let named = self.headers.get(USER_AGENT).cloned();
        let transport = match credentials {
            Some(credentials) => self.transport.credentials(credentials),
            None => {
                let origin = Origin::Code("credentials_from");
                own.push(Setting::new("credentials_from", "asked for credentials", origin));
                self.transport
            }
        };
        own.insert(0, Setting::new("base_url", base_url.as_str().to_owned(), origin));
        let user_agent = named.is_none().then(|| self.user_agent.as_str());
        let explanation = self.explained.finish(service, own, &base_url, user_agent);
        let transport = transport
            .timeouts(self.timeouts)
            .headers(self.headers)
            .user_agent(named.unwrap_or_else(|| self.user_agent.to_header_value()))
            .build(base_url, http)?;
        Ok((transport, explanation))
    }
}

/// Refuses to build a client without a provider of cryptography: reqwest would panic, whatever the base URL is.
#[cfg(all(feature = "rustls-no-provider", not(any(feature = "rustls", feature = "native-tls"))))]
fn require_provider() -> Result<()> {
    match rustls::crypto::CryptoProvider::get_default() {
        Some(_) => Ok(()),
        None => Err(Error::configuration(
            "no provider of cryptography is installed: install one before you build a client, for example with \
             `rustls::crypto::ring::default_provider().install_default()`, or enable the feature `rustls`",
        )),
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
            provided,
            explained: _,
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
            .field("provided", provided)
            .field("problem", problem)
            .finish()
    }
}
