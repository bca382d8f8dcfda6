//! The handle of a running emulator.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::clock::Clock;
use crate::cloudflare::CloudflareAccount;
use crate::cloudinary::CloudinaryAccount;
use crate::cloudspot::CloudspotAccount;
use crate::error::StateError;
use crate::fault::{Fault, FaultId};
use crate::log::RecordedRequest;
use crate::quirk::Quirk;
use crate::rate_limit::RateLimit;
use crate::server::Server;
use crate::simulation::Shared;
use crate::state::State;

/// A running emulator. Dropping it stops it.
///
/// Every emulator has its own port, state, clock, log and faults: several run side by side.
#[must_use = "an emulator stops when it is dropped"]
pub struct Emulator {
    shared: Arc<Shared>,
    server: Server,
    base_url: String,
}

impl Emulator {
    pub(crate) fn new(shared: Arc<Shared>, server: Server) -> Self {
        let base_url = format!("http://{}", server.address());
        Self {
            shared,
            server,
            base_url,
        }
    }

    /// Returns the URL of the server, such as `http://127.0.0.1:34567`, without a slash at its end.
    ///
    /// The control interface is below it. A client takes the URL of its API from [`cloudinary`](Self::cloudinary),
    /// [`cloudflare`](Self::cloudflare) or [`cloudspot`](Self::cloudspot).
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Returns the address that the emulator listens on.
    pub fn addr(&self) -> SocketAddr {
        self.server.address()
    }

    /// Returns what a client of Cloudinary needs: the URL, and the first account of the state with its first credential.
    ///
    /// When the state has no account, this is the first one of the state that the emulator started with. Without a state
    /// of your own it is the default account.
    pub fn cloudinary(&self) -> CloudinaryAccount {
        self.account(CloudinaryAccount::first_of)
            .unwrap_or_else(|| CloudinaryAccount::default_at(&self.base_url))
    }

    /// Returns what a client of Cloudflare needs: the URL, and the first account of the state with a token of its own and
    /// the credentials of a member.
    ///
    /// When the state has no account, this is the first one of the state that the emulator started with. Without a state
    /// of your own it is the default account.
    pub fn cloudflare(&self) -> CloudflareAccount {
        self.account(CloudflareAccount::first_of)
            .unwrap_or_else(|| CloudflareAccount::default_at(&self.base_url))
    }

    /// Returns what a client of Cloudspot License needs: the URL, and the first application and the first user of the
    /// state. Without a state of your own these are the default ones.
    pub fn cloudspot(&self) -> CloudspotAccount {
        CloudspotAccount::of(&self.shared.lock().state, &self.base_url)
    }

    /// Finds an account in the present state, else in the one that the emulator started with.
    fn account<A>(&self, first_of: fn(&State, &str) -> Option<A>) -> Option<A> {
        let present = first_of(&self.shared.lock().state, &self.base_url);
        present.or_else(|| first_of(&self.shared.settings.state, &self.base_url))
    }

    /// Returns the requests so far, oldest first.
    ///
    /// A request is here as soon as it has arrived, and has its status before its client can read it.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.shared.lock().log.all().cloned().collect()
    }

    /// Returns the requests for one operation, by its id in the vendor's document such as `createUser`, oldest first.
    pub fn requests_for(&self, operation: &str) -> Vec<RecordedRequest> {
        let simulation = self.shared.lock();
        let requests = simulation
            .log
            .all()
            .filter(|request| request.operation.as_deref() == Some(operation));
        requests.cloned().collect()
    }

    /// Forgets the requests so far.
    pub fn clear_requests(&self) {
        self.shared.lock().log.clear();
    }

    /// Adds a fault.
    pub fn inject(&self, fault: Fault) -> FaultId {
        self.shared.lock().faults.inject(fault)
    }

    /// Returns how often a fault has struck; `None` once the faults were cleared.
    pub fn struck(&self, fault: FaultId) -> Option<u64> {
        self.shared.lock().faults.struck(fault)
    }

    /// Removes every fault.
    pub fn clear_faults(&self) {
        self.shared.lock().faults.clear();
    }

    /// Returns the time the emulator lives in.
    pub fn now(&self) -> DateTime<Utc> {
        self.shared.lock().clock.now()
    }

    /// Stops the clock at this time.
    pub fn set_clock(&self, time: DateTime<Utc>) {
        self.shared.lock().clock = Clock::Manual(time);
    }

    /// Moves the clock ahead; a clock that was running keeps running.
    pub fn advance(&self, by: Duration) {
        self.shared.lock().clock.advance(by);
    }

    /// Limits how many requests each account may make, or no longer does. Windows that have begun keep their end.
    pub fn set_rate_limit(&self, rate_limit: Option<RateLimit>) {
        self.shared.lock().rate_limit = rate_limit;
    }

    /// Switches a quirk.
    pub fn set_quirk(&self, quirk: Quirk, on: bool) {
        self.shared.lock().quirks.set(quirk, on);
    }

    /// Returns a copy of the state, secrets included.
    pub fn state(&self) -> State {
        self.shared.lock().state.clone()
    }

    /// Replaces the state.
    ///
    /// # Errors
    /// A [`StateError`] when it is inconsistent; the state is then as it was.
    pub fn set_state(&self, state: State) -> Result<(), StateError> {
        state.validate()?;
        self.shared.lock().state = state;
        Ok(())
    }

    /// Changes the state, such as to accept a user's invitation, which no request can.
    ///
    /// No request is carried out meanwhile.
    ///
    /// # Errors
    /// A [`StateError`] when the result is inconsistent; the state is then as it was.
    pub fn edit_state(&self, edit: impl FnOnce(&mut State)) -> Result<(), StateError> {
        let mut simulation = self.shared.lock();
        let mut state = simulation.state.clone();
        edit(&mut state);
        state.validate()?;
        simulation.state = state;
        Ok(())
    }

    /// Puts everything back as it was at the start: state, ids to come, clock, quirks, rate limit; no faults, no requests,
    /// no rate used.
    pub fn reset(&self) {
        self.shared.reset();
    }

    /// Stops accepting, lets the answers under way finish (for 5 seconds at most), and returns when the port is free.
    pub async fn shutdown(self) {
        self.server.shutdown().await;
    }
}

impl fmt::Debug for Emulator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Emulator")
            .field("base_url", &self.base_url)
            .finish_non_exhaustive()
    }
}
