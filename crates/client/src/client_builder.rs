//! The builder of all clients, with the settings that all services share.

use std::any::type_name_of_val;
use std::sync::Arc;

#[cfg(feature = "tower")]
use account_provisioning_core::HttpService;
use account_provisioning_core::auth::ProvideCredentials;
use account_provisioning_core::{Drift, Error, Hook, Limiter, MakeError as _, RetryPolicy, SendHttp, Timeouts, time};
#[cfg(feature = "tower")]
use bytes::Bytes;
use http::HeaderName;

use crate::connection::Connection;
use crate::explain::Origin;
use crate::header::header;

/// Describes a client of one service; `S` is what that service needs beside a connection.
///
/// The methods here are for every service. Each service adds its own; start with the `builder` of its `Client`.
#[must_use = "a builder does nothing until `build`"]
pub struct ClientBuilder<S> {
    pub(crate) service: S,
    pub(crate) connection: Connection,
}

impl<S> ClientBuilder<S> {
    pub(crate) fn take<A, E: Into<Error>>(
        mut self,
        value: std::result::Result<A, E>,
        put: impl FnOnce(&mut S, A),
    ) -> Self {
        if let Some(value) = self.connection.keep(value) {
            put(&mut self.service, value);
        }
        self
    }
}

impl<S: std::fmt::Debug> std::fmt::Debug for ClientBuilder<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { service, connection } = self;
        f.debug_struct("ClientBuilder")
            .field("service", service)
            .field("connection", connection)
            .finish()
    }
}

impl<S> ClientBuilder<S> {
    /// Allows unencrypted `http` to a host by its name or address, on every port. Defaults to this machine alone.
    ///
    /// A scheme, a port or a path is refused: `gateway.internal`, not `http://gateway.internal:8080`.
    pub fn allow_plain_http(mut self, host: impl AsRef<str>) -> Self {
        let hosts = self.connection.plain_http.clone().allow(&host).map_err(|problem| {
            let problem = problem.problem();
            Error::configuration(format!(
                "the host of `allow_plain_http` {problem}; give its name or address alone, such as `gateway.internal`"
            ))
        });
        if let Some(hosts) = self.connection.keep(hosts) {
            self.connection.plain_http = hosts;
            self.connection.explained.add("allow_plain_http", host.as_ref());
        }
        self
    }

    /// Sets the limits of time. Defaults to [`Timeouts::default`]: 5 s to connect, 30 s an
    /// attempt, 120 s a call. A limit of zero is refused.
    pub fn timeouts(mut self, timeouts: Timeouts) -> Self {
        self.connection.timeouts = timeouts;
        self.connection.explained.timeouts(&timeouts, Origin::Code("timeouts"));
        self
    }

    /// Sets when calls are tried again. Defaults to [`RetryPolicy::default`]: 3 attempts.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.connection.transport = self.connection.transport.retry(policy);
        self.connection.explained.retry(&policy, Origin::Code("retry"));
        self
    }

    /// Sends a header with every call. Defaults to none.
    ///
    /// Headers that the client sets itself are refused: credentials, those for the form and length of a body, `accept`, and
    /// those for the connection.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let Some((name, value)) = self.connection.keep(header(name, value)) {
            self.connection.headers.insert(name, value);
            let names: Vec<&str> = self.connection.headers.keys().map(HeaderName::as_str).collect();
            self.connection.explained.code("header", names.join(", "));
        }
        self
    }

    /// Names the application in the user agent, before this SDK. Defaults to this SDK alone.
    pub fn application(mut self, name: &str) -> Self {
        let named = self.connection.user_agent.clone().with_application(name);
        let named = named.map_err(|problem| Error::configuration(problem.to_string()));
        if let Some(user_agent) = self.connection.keep(named) {
            self.connection.user_agent = user_agent;
            self.connection
                .explained
                .code("application", name.trim_matches(' ').to_owned());
        }
        self
    }

    /// Sets the HTTP client to build on: proxy, roots, name resolution, pool. Defaults to `reqwest::Client::builder`.
    ///
    /// `builder` is called for each asynchronous runtime in which the client is used, since connections belong to the
    /// runtime that made them, once more for blocking calls, and after a timeout, since a connection on which an attempt
    /// timed out is not used again.
    ///
    /// Redirects, retries, the connect limit and the pings that keep HTTP/2 connections alive are set by this SDK, whatever
    /// the builder says. `Debug` of a client never shows the default headers.
    ///
    /// # Proxies
    /// Requests to an `https` base URL use the proxies of the environment (`HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`), unless the
    /// builder says otherwise. Requests to a plain `http` base URL go to the host itself, so that no proxy reads the
    /// credentials; they only use a proxy that the builder names with `proxy`.
    ///
    /// # Examples
    /// ```
    /// # #[cfg(feature = "cloudflare")] {
    /// use account_provisioning::{cloudflare, reqwest};
    ///
    /// let proxy = reqwest::Proxy::https("http://proxy.internal:3128")?;
    /// let client = cloudflare::Client::builder()
    ///     .api_token("token")
    ///     .http(move || reqwest::Client::builder().proxy(proxy.clone()))
    ///     .build()?;
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn http(mut self, builder: impl Fn() -> reqwest::ClientBuilder + Send + Sync + 'static) -> Self {
        self.connection.explained.code("http", type_name_of_val(&builder));
        self.connection.http = Some(Box::new(builder));
        self
    }

    /// Sets what provides the credentials while the client is used, such as a vault or a file with a token that rotates.
    /// Defaults to fixed credentials.
    ///
    /// The credentials are fetched for the first call that needs some, and kept until they expire or the service refuses
    /// them with 401. Then they are fetched once more, and if they are others, the call is sent again with them. Setting
    /// fixed credentials beside it is an error of `build`; those of the environment are not used.
    ///
    /// # Examples
    /// ```
    /// # #[cfg(feature = "cloudflare")] {
    /// use account_provisioning::auth::{Credentials, Provided};
    /// use account_provisioning::{Secret, cloudflare};
    ///
    /// let client = cloudflare::Client::builder()
    ///     .credentials_from(|| async {
    ///         let token = std::fs::read_to_string("/run/secrets/cloudflare")?;
    ///         Ok(Provided::from(Credentials::bearer(Secret::from(token.trim()))?))
    ///     })
    ///     .build()?;
    /// # let _ = client;
    /// # }
    /// # Ok::<(), account_provisioning::Error>(())
    /// ```
    pub fn credentials_from(mut self, provider: impl ProvideCredentials) -> Self {
        self.connection.transport = self.connection.transport.credentials_from(provider);
        self.connection.provided = true;
        self
    }

    /// Adds a hook, which is called before and after each attempt of each call: retries, the pages of streams and blocking
    /// calls included. Defaults to none.
    ///
    /// Several hooks are called in the order in which they were added, and after the attempt in the opposite order.
    pub fn hook(mut self, hook: impl Hook) -> Self {
        self.connection.explained.add("hook", type_name_of_val(&hook));
        self.connection.transport = self.connection.transport.hook(hook);
        self
    }

    /// Sets what decides when an attempt may be sent, so that the service doesn't have to refuse any. Defaults to none.
    ///
    /// [`Learned`](crate::limit::Learned) goes by what the service says of its limit, `Steady` (feature `governor`) is set
    /// by hand, and `RedisLimiter` (feature `redis`) is shared by many processes. All clones of the client share it, and
    /// `rate_limit` of the client tells what it knows. It is asked after all hooks, for each attempt.
    ///
    /// # Examples
    /// ```
    /// # #[cfg(feature = "cloudflare")] {
    /// use account_provisioning::cloudflare;
    /// use account_provisioning::limit::Learned;
    ///
    /// let client = cloudflare::Client::builder().api_token("token").limiter(Learned::default()).build()?;
    /// assert_eq!(client.rate_limit(), None, "nothing is known before the first response");
    /// # }
    /// # Ok::<(), account_provisioning::Error>(())
    /// ```
    pub fn limiter(mut self, limiter: impl Limiter) -> Self {
        self.connection.explained.code("limiter", type_name_of_val(&limiter));
        self.connection.transport = self.connection.transport.limiter(limiter);
        self
    }

    /// Sets what is called when a reply contains something that this version does not know: a field that the model lacks, or
    /// a value that an enumeration reads as `Unknown`. Defaults to nothing.
    ///
    /// It is called once for each place and value of a reply, and is told the operation, the place and the kind; of values
    /// only the unknown ones of enumerations. With it, each reply is parsed once more. Replies to requests with
    /// [any path](crate::AnyRequest) have no model, so nothing is told of them.
    ///
    /// # Examples
    /// ```
    /// # #[cfg(feature = "cloudflare")]
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use account_provisioning::{DriftKind, cloudflare};
    ///
    /// let cloudflare = cloudflare::Client::builder()
    ///     .api_token("token")
    ///     .on_drift(|drift| match drift.kind {
    ///         DriftKind::UnknownValue(value) => eprintln!("{}: {} is {value}", drift.operation.operation_id, drift.path),
    ///         _ => eprintln!("{}: {} is new", drift.operation.operation_id, drift.path),
    ///     })
    ///     .build()?;
    /// # let _ = cloudflare;
    /// # Ok(())
    /// # }
    /// # #[cfg(not(feature = "cloudflare"))]
    /// # fn main() {}
    /// ```
    pub fn on_drift(mut self, told: impl Fn(&Drift<'_>) + Send + Sync + 'static) -> Self {
        self.connection.explained.code("on_drift", type_name_of_val(&told));
        self.connection.transport = self.connection.transport.on_drift(told);
        self
    }

    /// Sets what sends requests in place of the network: answers of a test, recorded replies, another HTTP stack. Defaults
    /// to none.
    ///
    /// Everything else stays as it is: credentials, retries, time limits, hooks, errors and paging. For a service that
    /// remembers what was changed, use the crate `account-provisioning-emulator`.
    ///
    /// # Examples
    /// ```
    /// # #[cfg(feature = "cloudflare")]
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use account_provisioning::cloudflare;
    /// use bytes::Bytes;
    /// use http::{Request, Response};
    ///
    /// let cloudflare = cloudflare::Client::builder()
    ///     .api_token("token")
    ///     .send_http(|request: &Request<Bytes>| {
    ///         assert!(request.uri().path().ends_with("/accounts/a1"));
    ///         Response::new(Bytes::from_static(
    ///             br#"{"success":true,"errors":[],"messages":[],"result":{"id":"a1","name":"Ours","type":"standard"}}"#,
    ///         ))
    ///     })
    ///     .build()?;
    /// assert_eq!(cloudflare.accounts().get("a1").await?.name, "Ours");
    /// # Ok(())
    /// # }
    /// # #[cfg(not(feature = "cloudflare"))]
    /// # fn main() {}
    /// ```
    pub fn send_http(mut self, sender: impl SendHttp) -> Self {
        self.connection.explained.sender("send_http", type_name_of_val(&sender));
        self.connection.transport = self.connection.transport.sender(sender);
        self
    }

    /// Wraps the client's HTTP stack in a tower layer: each attempt is one call of its service. Defaults to none; a second
    /// layer replaces the first, so stack several with `tower::ServiceBuilder`.
    ///
    /// A layer that answers by itself, or sends a request again, does so within one attempt.
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
        self.connection.explained.sender("layer", type_name_of_val(&layer));
        self.connection.transport = self.connection.transport.layer(layer);
        self
    }

    /// Sets where the time comes from. Defaults to the system's clock.
    pub fn clock(mut self, clock: impl time::Clock) -> Self {
        self.connection.explained.code("clock", type_name_of_val(&clock));
        self.connection.transport = self.connection.transport.clock(Arc::new(clock));
        self
    }

    /// Sets how waits between attempts pass, so that tests need not wait. Defaults to tokio's timer.
    pub fn sleep(mut self, sleep: impl time::Sleep) -> Self {
        self.connection.explained.code("sleep", type_name_of_val(&sleep));
        self.connection.transport = self.connection.transport.sleep(Arc::new(sleep));
        self
    }

    /// Sets where the randomness of waits comes from. Defaults to a random generator.
    pub fn jitter(mut self, jitter: impl time::Jitter) -> Self {
        self.connection.explained.code("jitter", type_name_of_val(&jitter));
        self.connection.transport = self.connection.transport.jitter(Arc::new(jitter));
        self
    }
}
