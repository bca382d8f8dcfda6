//! The settings of an emulator before it starts.

use std::fs;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::api::Api;
use crate::clock::Clock;
use crate::emulator::Emulator;
use crate::error::StartError;
use crate::quirk::{Quirk, Quirks};
use crate::rate_limit::RateLimit;
use crate::server::Server;
use crate::simulation::{Route, Settings, Shared};
use crate::state::State;
use crate::{cloudflare, cloudinary, cloudspot};

impl Emulator {
    /// Starts an emulator with the default accounts on a free port of 127.0.0.1.
    ///
    /// # Errors
    /// Returns a [`StartError`] when no port can be bound.
    pub async fn start() -> Result<Self, StartError> {
        Self::builder().start().await
    }

    /// Starts an emulator as [`start`](Self::start) does, without an asynchronous runtime.
    ///
    /// # Errors
    /// The same as [`start`](Self::start).
    pub fn start_blocking() -> Result<Self, StartError> {
        Self::builder().start_blocking()
    }

    /// Returns a builder, to change settings before the emulator starts.
    pub fn builder() -> EmulatorBuilder {
        EmulatorBuilder::new()
    }
}

/// The settings of an [`Emulator`] that has not started yet; see [`Emulator::builder`].
#[derive(Debug)]
#[must_use = "nothing runs before `start`"]
pub struct EmulatorBuilder {
    settings: Settings,
    state_file: Option<PathBuf>,
    control: bool,
    host: IpAddr,
    port: u16,
}

impl EmulatorBuilder {
    pub(crate) fn new() -> Self {
        Self {
            settings: Settings {
                seed: 0,
                clock: Clock::SYSTEM,
                state: State::default(),
                quirks: Quirks::default(),
                rate_limit: None,
                default_page_size: None,
                max_page_size: None,
                cursor_page_size: None,
                log_limit: 100_000,
            },
            state_file: None,
            control: false,
            host: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 0,
        }
    }

    /// Sets the seed of everything random: ids, keys, secrets, request ids, usage figures and fault probabilities.
    /// Defaults to 0.
    pub fn seed(mut self, seed: u64) -> Self {
        self.settings.seed = seed;
        self
    }

    /// Stops the clock at this time; [`Emulator::set_clock`] and [`Emulator::advance`] move it. Defaults to the system
    /// clock.
    pub fn clock(mut self, time: DateTime<Utc>) -> Self {
        self.settings.clock = Clock::Manual(time);
        self
    }

    /// Starts with this state. Defaults to [`State::default`].
    pub fn state(mut self, state: State) -> Self {
        self.settings.state = state;
        self.state_file = None;
        self
    }

    /// Starts with the state in this JSON file. Defaults to [`State::default`].
    pub fn state_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.state_file = Some(path.into());
        self
    }

    /// Switches a quirk on or off. Defaults to [`Quirk::is_default`].
    pub fn quirk(mut self, quirk: Quirk, on: bool) -> Self {
        self.settings.quirks.set(quirk, on);
        self
    }

    /// Limits the requests of each account. Defaults to no limit.
    pub fn rate_limit(mut self, rate_limit: RateLimit) -> Self {
        self.settings.rate_limit = Some(rate_limit);
        self
    }

    /// Sets the page size of requests that do not set one. Defaults to the default in the document of the operation, and
    /// to 50 for Cloudinary, which documents none.
    pub fn default_page_size(mut self, size: usize) -> Self {
        self.settings.default_page_size = Some(size);
        self
    }

    /// Sets the largest page size; larger requested sizes are reduced to it without an error. A size past the maximum in
    /// the document of the operation is an error. Defaults to this maximum, and to 500 for Cloudinary, which documents
    /// none.
    pub fn max_page_size(mut self, size: usize) -> Self {
        self.settings.max_page_size = Some(size);
        self
    }

    /// Sets how many entries a page of a cursor list has, at least 1, unless the request sets a size. Defaults to the
    /// default in the document of the operation, such as 100 for Cloudflare's audit logs, and to 50 for Cloudinary, which
    /// documents no size and has no parameter for it.
    pub fn cursor_page_size(mut self, size: usize) -> Self {
        self.settings.cursor_page_size = Some(size);
        self
    }

    /// Sets how many requests the log keeps; older ones are dropped. Defaults to 100 000.
    pub fn log_limit(mut self, requests: usize) -> Self {
        self.settings.log_limit = requests;
        self
    }

    /// Serves the control interface under `/__emulator/`, which exposes secrets. Defaults to off.
    pub fn control(mut self, on: bool) -> Self {
        self.control = on;
        self
    }

    /// Listens on this address: `::1` for clients that use IPv6, or `0.0.0.0` or `::` for clients on other machines, which
    /// then reach everything that the emulator serves. Defaults to 127.0.0.1.
    pub fn host(mut self, host: impl Into<IpAddr>) -> Self {
        self.host = host.into();
        self
    }

    /// Listens on this port. Defaults to 0, which picks a free port.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Starts the emulator. Any asynchronous runtime will do, since the server runs in its own thread.
    ///
    /// # Errors
    /// Returns a [`StartError`] when the port is taken, when the state cannot be read or is inconsistent, or when the rate
    /// limit is impossible.
    pub async fn start(self) -> Result<Emulator, StartError> {
        self.start_blocking()
    }

    /// Starts the emulator without an asynchronous runtime.
    ///
    /// # Errors
    /// The same as [`start`](Self::start).
    pub fn start_blocking(mut self) -> Result<Emulator, StartError> {
        if let Some(path) = self.state_file {
            let json = fs::read_to_string(&path).map_err(|source| StartError::StateFile { path, source })?;
            self.settings.state = State::from_json(&json)?;
        } else {
            self.settings.state.validate()?;
        }
        if let Some(rate_limit) = self.settings.rate_limit {
            rate_limit.validate()?;
        }
        let shared = Arc::new(Shared::new(self.settings, self.control, routes()?));
        let address = SocketAddr::new(self.host, self.port);
        let server =
            Server::start(address, Arc::clone(&shared)).map_err(|source| StartError::Listen { address, source })?;
        Ok(Emulator::new(shared, server))
    }
}

/// The emulated APIs.
static APIS: [&Api; 3] = [&cloudinary::API, &cloudflare::API, &cloudspot::API];

/// Collects the operations of every emulated API.
fn routes() -> Result<Vec<Route>, StartError> {
    let mut routes = Vec::new();
    for api in APIS {
        let operations = api.document.operations().map_err(|reason| StartError::Document {
            api: api.name,
            reason: reason.to_owned(),
        })?;
        routes.extend(operations.iter().map(|operation| Route { api, operation }));
    }
    Ok(routes)
}
