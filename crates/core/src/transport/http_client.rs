//! The HTTP clients of a transport.

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::runtime::{Handle, Id};
use url::Url;

use super::attempt::{self, Incomplete, Received, Sending};
use super::connecting::Connections;
use crate::error::MakeError as _;
use crate::sync::lock;
use crate::{BaseUrl, Error, ErrorKind, Result, Timeouts};

/// For how many runtimes clients are kept. A program with more of them at a time makes its connections anew.
const RUNTIMES: usize = 8;

/// The HTTP clients of a transport: one for each runtime that sends requests.
///
/// A connection is driven by the runtime that made it. In another runtime, it would hang as soon as its own one idles, and
/// break when its own one ends. So each runtime has connections of its own, and so have blocking calls.
pub(crate) struct HttpClients {
    make: Box<dyn Fn() -> Result<HttpClient> + Send + Sync>,
    clients: Mutex<Clients>,
}

#[derive(Default)]
struct Clients {
    /// Made to check the settings, and not used yet.
    spare: Option<HttpClient>,
    /// The oldest one comes first.
    of_runtimes: Vec<Arc<RuntimeClient>>,
}

/// The client of one runtime.
pub(super) struct RuntimeClient {
    runtime: Option<Id>,
    pub(super) client: HttpClient,
}

/// reqwest's client, and what is known of its connections.
pub(super) struct HttpClient {
    pub(super) client: reqwest::Client,
    pub(super) connections: Connections,
}

impl HttpClients {
    /// Prepares to send requests to `base_url`. The settings of `builder` are kept, except for those that this SDK controls.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`] when no client can be made of these settings.
    pub(super) fn new(
        base_url: &BaseUrl,
        timeouts: Timeouts,
        builder: impl Fn() -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> Result<Self> {
        let is_plain = base_url.as_str().starts_with("http:");
        let make = Box::new(move || make(builder(), is_plain, timeouts));
        let clients = Mutex::new(Clients {
            spare: Some(make()?),
            of_runtimes: Vec::new(),
        });
        Ok(Self { make, clients })
    }

    /// Sends a request to `url` once, on a client that [`current`](Self::current) returned. A connection on which an attempt
    /// timed out is not used again. An error tells `told` as the limit.
    pub(super) async fn attempt(
        &self,
        current: &Arc<RuntimeClient>,
        sending: impl Sending,
        url: &Url,
        limit: Duration,
        told: Duration,
    ) -> Result<Received, Incomplete> {
        let outcome = attempt::run(&current.client, sending, url, limit, told).await;
        let timed_out = match &outcome {
            Ok(received) => received.timed_out,
            Err(incomplete) => incomplete.error.kind() == ErrorKind::Timeout,
        };
        if timed_out {
            self.retire(current);
        }
        outcome
    }

    /// The client of the current runtime.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`] when it can't be made.
    pub(super) fn current(&self) -> Result<Arc<RuntimeClient>> {
        let runtime = Handle::try_current().ok().map(|handle| handle.id());
        let mut clients = lock(&self.clients);
        if let Some(known) = clients.of_runtimes.iter().find(|known| known.runtime == runtime) {
            return Ok(Arc::clone(known));
        }
        let client = match clients.spare.take() {
            Some(client) => client,
            None => (self.make)()?,
        };
        let current = Arc::new(RuntimeClient { runtime, client });
        if clients.of_runtimes.len() == RUNTIMES {
            clients.of_runtimes.remove(0);
        }
        clients.of_runtimes.push(Arc::clone(&current));
        Ok(current)
    }

    /// Makes later attempts use new connections. Requests that are under way end on the old ones.
    ///
    /// reqwest doesn't tell which connection of a client an attempt was on. One of HTTP/1 is closed after a timeout anyway,
    /// but one of HTTP/2 would get the next requests as well.
    fn retire(&self, timed_out: &Arc<RuntimeClient>) {
        lock(&self.clients)
            .of_runtimes
            .retain(|known| !Arc::ptr_eq(known, timed_out));
    }
}

impl fmt::Debug for HttpClients {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Default headers and proxies may contain the user's secrets.
        f.debug_struct("HttpClients").finish_non_exhaustive()
    }
}

fn make(builder: reqwest::ClientBuilder, is_plain: bool, timeouts: Timeouts) -> Result<HttpClient> {
    let connections = Connections::default();
    let builder = if is_plain {
        without_proxies_of_environment(builder)
    } else {
        Ok(builder)
    };
    let client = builder
        .and_then(|builder| {
            keep_alive(builder, timeouts)
                .redirect(reqwest::redirect::Policy::none())
                .retry(reqwest::retry::never())
                .connect_timeout(timeouts.connect())
                .connector_layer(connections.clone())
                .build()
        })
        .map_err(|cause| {
            let message = "the HTTP client can't be made: check the settings for proxy, root certificates and TLS";
            Error::new(ErrorKind::Configuration, message).with_source(cause.without_url())
        })?;
    Ok(HttpClient { client, connections })
}

/// Makes a client ignore the proxies of the environment, and keep those that were named on purpose.
///
/// Plain http is allowed where nobody on the way can read the credentials. A proxy would be on the way.
fn without_proxies_of_environment(builder: reqwest::ClientBuilder) -> reqwest::Result<reqwest::ClientBuilder> {
    // reqwest reads the environment unless some proxy is set. This one is for https alone, so no request takes it;
    // `no_proxy` would remove the others.
    Ok(builder.proxy(reqwest::Proxy::https("http://localhost")?))
}

/// Asks idle and silent HTTP/2 connections whether they are still there, and closes those that don't answer.
///
/// A connection that stops answering is found before an attempt of the default limit ends.
#[cfg(feature = "http2")]
fn keep_alive(builder: reqwest::ClientBuilder, timeouts: Timeouts) -> reqwest::ClientBuilder {
    let interval = (timeouts.attempt() / 3).clamp(Duration::from_secs(1), Duration::from_secs(10));
    builder
        .http2_keep_alive_interval(interval)
        .http2_keep_alive_timeout(interval / 2)
        .http2_keep_alive_while_idle(true)
}

#[cfg(not(feature = "http2"))]
fn keep_alive(builder: reqwest::ClientBuilder, _: Timeouts) -> reqwest::ClientBuilder {
    builder
}
