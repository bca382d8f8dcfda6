//! How an emulator is set up.

use std::fs;
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
    /// Starts an emulator with the default account on a free port of 127.0.0.1.
    ///
    /// # Errors
    /// A [`StartError`] when no port can be bound.
    pub async fn start() -> Result<Self, StartError> {
        Self::builder().start().await
    }

    /// Starts an emulator as [`start`](Self::start) does, outside of any asynchronous runtime.
    ///
    /// # Errors
    /// As [`start`](Self::start).
    pub fn start_blocking() -> Result<Self, StartError> {
        Self::builder().start_blocking()
    }

    /// Begins the setting of an emulator.
    pub fn builder() -> EmulatorBuilder {
        EmulatorBuilder::new()
    }
}

/// The setting of an [`Emulator`]; made by [`Emulator::builder`].
#[derive(Debug)]
#[must_use = "nothing runs before `start`"]
pub struct EmulatorBuilder {
    settings: Settings,
    state_file: Option<PathBuf>,
    control: bool,
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
            port: 0,
        }
    }

    /// Sets the seed of ids, keys, secrets, request ids, usage figures and the dice of faults. Defaults to 0.
    pub fn seed(mut self, seed: u64) -> Self {
        self.settings.seed = seed;
        self
    }

    /// Stops the clock at this time, to be moved by [`Emulator::set_clock`] and [`Emulator::advance`]. Defaults to the
    /// system's clock.
    pub fn clock(mut self, time: DateTime<Utc>) -> Self {
        self.settings.clock = Clock::Manual(time);
        self
    }

    /// Begins with this state. Defaults to [`State::default`].
    pub fn state(mut self, state: State) -> Self {
        self.settings.state = state;
        self.state_file = None;
        self
    }

    /// Begins with the state in this file. Defaults to [`State::default`].
    pub fn state_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.state_file = Some(path.into());
        self
    }

    /// Switches a quirk. Defaults to what [`Quirk::is_default`] says.
    pub fn quirk(mut self, quirk: Quirk, on: bool) -> Self {
        self.settings.quirks.set(quirk, on);
        self
    }

    /// Limits how many requests each account may make. Defaults to no limit.
    pub fn rate_limit(mut self, rate_limit: RateLimit) -> Self {
        self.settings.rate_limit = Some(rate_limit);
        self
    }

    /// Sets the page size of a request that names none. Defaults to 50 for Cloudinary, which documents none, and to 20
    /// for Cloudflare.
    pub fn default_page_size(mut self, size: usize) -> Self {
        self.settings.default_page_size = Some(size);
        self
    }

    /// Sets the largest page size; a request for more gets this many, without a word. Defaults to 500 for Cloudinary,
    /// which documents none, and to 50 for Cloudflare.
    pub fn max_page_size(mut self, size: usize) -> Self {
        self.settings.max_page_size = Some(size);
        self
    }

    /// Sets how many entries a page by cursor has, at least 1, unless the request says so. Defaults to 50 for Cloudinary,
    /// which documents none and has no parameter for it, and to 100 for Cloudflare's audit logs.
    pub fn cursor_page_size(mut self, size: usize) -> Self {
        self.settings.cursor_page_size = Some(size);
        self
    }

    /// Sets how many requests the log keeps, the newest ones. Defaults to 100 000.
    pub fn log_limit(mut self, requests: usize) -> Self {
        self.settings.log_limit = requests;
        self
    }

    /// Serves the control interface under `/__emulator/`, which shows secrets. Defaults to off.
    pub fn control(mut self, on: bool) -> Self {
        self.control = on;
        self
    }

    /// Listens on this port of 127.0.0.1. Defaults to 0, a free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Starts the emulator, in any asynchronous runtime: its server has a thread of its own.
    ///
    /// # Errors
    /// A [`StartError`] when the port is taken, or the state cannot be read or is inconsistent.
    pub async fn start(self) -> Result<Emulator, StartError> {
        self.start_blocking()
    }

    /// Starts the emulator outside of any asynchronous runtime.
    ///
    /// # Errors
    /// As [`start`](Self::start).
    pub fn start_blocking(mut self) -> Result<Emulator, StartError> {
        if let Some(path) = self.state_file {
            let json = fs::read_to_string(&path).map_err(|source| StartError::StateFile { path, source })?;
            self.settings.state = State::from_json(&json)?;
        } else {
            self.settings.state.validate()?;
        }
        let shared = Arc::new(Shared::new(self.settings, self.control, routes()?));
        let server = Server::start(self.port, Arc::clone(&shared)).map_err(|source| StartError::Listen {
            port: self.port,
            source,
        })?;
        Ok(Emulator::new(shared, server))
    }
}

/// The emulated APIs.
static APIS: [&Api; 3] = [&cloudinary::API, &cloudflare::API, &cloudspot::API];

/// The operations of every emulated API.
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
