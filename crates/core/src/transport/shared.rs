//! The state that all calls of a client share.

use std::sync::Arc;

#[cfg(feature = "tower")]
use bytes::Bytes;
use http::{HeaderMap, HeaderValue};

use super::http_client::HttpClients;
#[cfg(feature = "tower")]
use super::layer::{HttpService, Layered};
use super::own_headers::{add_headers, check_headers};
use super::send_http::SendHttp;
use crate::auth::{ProvideCredentials, Source};
use crate::drift::{Drift, OnDrift};
use crate::error::{Dialect, MakeError as _};
use crate::limit::{Limiter, Limiting};
use crate::{
    BaseUrl, Clock, Credentials, Error, Hook, Jitter, RandomJitter, Result, RetryBudget, RetryPolicy, Sleep,
    SystemClock, Timeouts, TokioSleep, Transport,
};

/// The maximum size of a response body, in bytes: far more than these services send, and far less than the memory of a
/// machine.
pub(crate) const MAX_BODY: usize = 64 * 1024 * 1024;

/// The state that the clones of a [`Transport`] share.
#[derive(Clone)]
pub(crate) struct Shared {
    pub(crate) base_url: BaseUrl,
    pub(crate) http: Arc<HttpClients>,
    /// What sends requests in place of `http`.
    pub(crate) sender: Option<Arc<dyn SendHttp>>,
    pub(crate) settings: Settings,
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            base_url,
            http: _,
            sender: _,
            settings,
        } = self;
        f.debug_struct("Shared")
            .field("base_url", base_url)
            .field("settings", settings)
            .finish_non_exhaustive()
    }
}

/// The settings of a [`TransportBuilder`].
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) credentials: Source,
    pub(crate) dialect: Option<Arc<dyn Dialect>>,
    pub(crate) timeouts: Timeouts,
    pub(crate) retry: RetryPolicy,
    pub(crate) budget: RetryBudget,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) sleep: Arc<dyn Sleep>,
    pub(crate) jitter: Arc<dyn Jitter>,
    pub(crate) headers: HeaderMap,
    pub(crate) hooks: Hooks,
    pub(crate) drift: OnDrift,
    pub(crate) limiter: Option<SharedLimiter>,
}

/// The limiter of a client and its clones.
#[derive(Clone)]
pub(crate) struct SharedLimiter(pub(crate) Arc<dyn Limiter>);

impl std::fmt::Debug for SharedLimiter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("SharedLimiter").field(&self.0.state()).finish()
    }
}

/// The hooks of a client, in the order in which they were added.
#[derive(Clone, Default)]
pub(crate) struct Hooks(pub(crate) Vec<Arc<dyn Hook>>);

impl std::fmt::Debug for Hooks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Hooks").field(&self.0.len()).finish()
    }
}

/// Makes what sends requests in place of the client's own HTTP stack.
type MakeSender = Box<dyn FnOnce(&Arc<HttpClients>, &BaseUrl) -> Arc<dyn SendHttp> + Send + Sync>;

/// Builds a [`Transport`].
#[must_use]
pub struct TransportBuilder {
    settings: Settings,
    sender: Option<MakeSender>,
}

impl std::fmt::Debug for TransportBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TransportBuilder")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

impl Default for TransportBuilder {
    fn default() -> Self {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        Self {
            settings: Settings {
                credentials: Source::Fixed(Credentials::none()),
                dialect: None,
                timeouts: Timeouts::default(),
                retry: RetryPolicy::default(),
                budget: RetryBudget::new(Arc::clone(&clock)),
                clock,
                sleep: Arc::new(TokioSleep),
                jitter: Arc::new(RandomJitter),
                headers: HeaderMap::new(),
                hooks: Hooks::default(),
                limiter: None,
                drift: OnDrift::default(),
            },
            sender: None,
        }
    }
}

impl TransportBuilder {
    /// Sets the credentials, which are only sent with operations that need some. Defaults to none.
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.settings.credentials = Source::Fixed(credentials);
        self
    }

    /// Sets what provides the credentials, which are only sent with operations that need some. Defaults to none.
    pub fn credentials_from(mut self, provider: impl ProvideCredentials) -> Self {
        self.settings.credentials = Source::provided(provider);
        self
    }

    /// Sets how the error bodies of the service are read. Defaults to not reading them.
    pub fn dialect(mut self, dialect: impl Dialect) -> Self {
        self.settings.dialect = Some(Arc::new(dialect));
        self
    }

    /// Sets the time limits. Defaults to [`Timeouts::default`].
    pub fn timeouts(mut self, timeouts: Timeouts) -> Self {
        self.settings.timeouts = timeouts;
        self
    }

    /// Sets when calls are retried. Defaults to [`RetryPolicy::default`].
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.settings.retry = policy;
        self
    }

    /// Sets the clock. Defaults to the system's clock.
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.settings.budget = RetryBudget::new(Arc::clone(&clock));
        self.settings.clock = clock;
        self
    }

    /// Sets what waits between attempts. Defaults to tokio's timer.
    pub fn sleep(mut self, sleep: Arc<dyn Sleep>) -> Self {
        self.settings.sleep = sleep;
        self
    }

    /// Sets the source of randomness for waits. Defaults to a thread-local generator.
    pub fn jitter(mut self, jitter: Arc<dyn Jitter>) -> Self {
        self.settings.jitter = jitter;
        self
    }

    /// Adds headers to every request. A header of the same name is replaced. Defaults to none. The values are marked as
    /// sensitive, since some header may be a key of a gateway: `Debug` doesn't show them.
    pub fn headers(mut self, mut headers: HeaderMap) -> Self {
        headers.values_mut().for_each(|value| value.set_sensitive(true));
        add_headers(&mut self.settings.headers, &headers);
        self
    }

    /// Adds a hook, which is called before and after each attempt. Defaults to none.
    pub fn hook(mut self, hook: impl Hook) -> Self {
        self.settings.hooks.0.push(Arc::new(hook));
        self
    }

    /// Sets what decides when an attempt may be sent. It is asked after all hooks. Defaults to none.
    pub fn limiter(mut self, limiter: impl Limiter) -> Self {
        self.settings.limiter = Some(SharedLimiter(Arc::new(limiter)));
        self
    }

    /// Sets what is called for each field and each value of an enumeration in a reply that this version does not know, once
    /// for each place and value of a reply. Defaults to nothing; with it, each reply is parsed once more.
    pub fn on_drift(mut self, told: impl Fn(&Drift<'_>) + Send + Sync + 'static) -> Self {
        self.settings.drift = OnDrift(Some(Arc::new(told)));
        self
    }

    /// Sets what sends requests in place of the client's own HTTP stack. Defaults to none.
    pub fn sender(mut self, sender: impl SendHttp) -> Self {
        self.sender = Some(Box::new(move |_, _| Arc::new(sender)));
        self
    }

    /// Wraps the client's own HTTP stack in a tower layer. Each attempt is one call of the layer's service. Replaces what
    /// [`sender`](Self::sender) set, and an earlier layer.
    #[cfg(feature = "tower")]
    pub fn layer<L>(mut self, layer: L) -> Self
    where
        L: tower_layer::Layer<HttpService> + Send + Sync + 'static,
        L::Service: tower_service::Service<http::Request<Bytes>, Response = http::Response<Bytes>>
            + Clone
            + Send
            + Sync
            + 'static,
        <L::Service as tower_service::Service<http::Request<Bytes>>>::Error:
            Into<Box<dyn std::error::Error + Send + Sync>>,
        <L::Service as tower_service::Service<http::Request<Bytes>>>::Future: Send,
    {
        self.sender = Some(Box::new(move |http, base_url| {
            Arc::new(Layered(
                layer.layer(HttpService::new(Arc::clone(http), base_url.clone())),
            ))
        }));
        self
    }

    /// Sets the user agent of every request. Defaults to none.
    pub fn user_agent(mut self, value: HeaderValue) -> Self {
        self.settings.headers.insert(http::header::USER_AGENT, value);
        self
    }

    /// Builds the transport, which sends requests to `base_url`. `http` returns the settings of an HTTP client, such as
    /// `reqwest::Client::builder`.
    ///
    /// The settings of `http` are kept, except for these: redirects are not followed, reqwest's own retries are off, the
    /// time to connect has the limit of the [`Timeouts`], and HTTP/2 connections that stop answering are closed. If
    /// `base_url` is plain `http`, proxies of the environment are not used, only those that `http` names.
    ///
    /// `http` is called again for each runtime in which requests are sent, since a runtime has connections of its own, and
    /// after a timeout, since a connection on which an attempt timed out is not used again.
    ///
    /// # Errors
    /// A [configuration error](crate::ErrorKind::Configuration) when a time limit is zero, when a header is set that the
    /// client sets itself, or when no client can be made of the settings of `http`, for example because of a root certificate.
    pub fn build(
        self,
        base_url: BaseUrl,
        http: impl Fn() -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> Result<Transport> {
        let Self { mut settings, sender } = self;
        if let Some(SharedLimiter(limiter)) = &settings.limiter {
            let (limiter, clock) = (Arc::clone(limiter), Arc::clone(&settings.clock));
            settings.hooks.0.push(Arc::new(Limiting { limiter, clock }));
        }
        settings.timeouts.check()?;
        check_headers(&settings.headers).map_err(|problem| Error::configuration(problem.to_string()))?;
        let http = Arc::new(HttpClients::new(&base_url, settings.timeouts, http)?);
        Ok(Transport {
            shared: Arc::new(Shared {
                sender: sender.map(|make| make(&http, &base_url)),
                http,
                base_url,
                settings,
            }),
        })
    }
}
