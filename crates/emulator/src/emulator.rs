//! The handle of a running emulator.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::clock::Clock;
use crate::cloudflare::CloudflareAccount;
use crate::cloudinary::CloudinaryAccount;
use crate::cloudspot::CloudspotAccount;
use crate::error::{RuleError, StateError};
use crate::fault::{Fault, FaultId};
use crate::log::RecordedRequest;
use crate::quirk::Quirk;
use crate::rate_limit::RateLimit;
use crate::server::Server;
use crate::simulation::Shared;
use crate::state::State;

/// A running emulator. Dropping it stops it.
///
/// Each emulator has its own port, state, clock, log and faults, so several can run side by side.
#[must_use = "an emulator stops when it is dropped"]
pub struct Emulator {
    shared: Arc<Shared>,
    server: Server,
    base_url: String,
}

impl Emulator {
    pub(crate) fn new(shared: Arc<Shared>, server: Server) -> Self {
        let mut address = server.address();
        if address.ip().is_unspecified() {
            // A client on this machine can connect to every interface by the loopback address.
            address.set_ip(match address {
                SocketAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
                SocketAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
            });
        }
        let base_url = format!("http://{address}");
        Self {
            shared,
            server,
            base_url,
        }
    }

    /// Returns the URL of the server, such as `http://127.0.0.1:34567`, without a slash at its end. When the emulator
    /// listens on all interfaces, this is the URL for clients on the same machine.
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

    /// Finds an account in the current state, or else in the state that the emulator started with.
    fn account<A>(&self, first_of: fn(&State, &str) -> Option<A>) -> Option<A> {
        let present = first_of(&self.shared.lock().state, &self.base_url);
        present.or_else(|| first_of(&self.shared.settings.state, &self.base_url))
    }

    /// Returns the recorded requests, oldest first.
    ///
    /// A request is recorded when it arrives, and its status is set before the client can read the response.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.shared.lock().log.all().cloned().collect()
    }

    /// Returns the recorded requests of one operation, oldest first. The operation is named by its id in the vendor's
    /// document, such as `createUser`.
    pub fn requests_for(&self, operation: &str) -> Vec<RecordedRequest> {
        let simulation = self.shared.lock();
        let requests = simulation
            .log
            .all()
            .filter(|request| request.operation.as_deref() == Some(operation));
        requests.cloned().collect()
    }

    /// Deletes the recorded requests.
    pub fn clear_requests(&self) {
        self.shared.lock().log.clear();
    }

    /// Injects a fault.
    ///
    /// When the fault is impossible, such as one with the status 1000 or [on](Fault::on) an operation that there is not,
    /// every call to the services gets status 500 and a message that names the mistake; [`try_inject`](Self::try_inject)
    /// returns an error instead.
    pub fn inject(&self, fault: Fault) -> FaultId {
        self.shared.inject(fault)
    }

    /// Injects a fault, if it is possible.
    ///
    /// # Errors
    /// Returns a [`RuleError`] when the fault is impossible (see [`Fault::validate`]), or when no operation has the id
    /// that it is [`on`](Fault::on).
    pub fn try_inject(&self, fault: Fault) -> Result<FaultId, RuleError> {
        self.shared.try_inject(fault)
    }

    /// Returns how often a fault was applied; `None` after the faults were cleared.
    pub fn struck(&self, fault: FaultId) -> Option<u64> {
        self.shared.lock().faults.struck(fault)
    }

    /// Removes all faults.
    pub fn clear_faults(&self) {
        self.shared.lock().faults.clear();
    }

    /// Returns the emulator's time.
    pub fn now(&self) -> DateTime<Utc> {
        self.shared.lock().clock.now()
    }

    /// Stops the clock at this time.
    pub fn set_clock(&self, time: DateTime<Utc>) {
        self.shared.lock().clock = Clock::Manual(time);
    }

    /// Moves the clock forward. A running clock keeps running.
    pub fn advance(&self, by: Duration) {
        self.shared.lock().clock.advance(by);
    }

    /// Sets or removes the rate limit. Windows that are already open end when they would have ended.
    ///
    /// When the limit is impossible (see [`RateLimit::validate`]), every call gets status 500 and a message that names the
    /// mistake.
    pub fn set_rate_limit(&self, rate_limit: Option<RateLimit>) {
        self.shared.lock().rate_limit = rate_limit;
    }

    /// Switches a quirk on or off.
    pub fn set_quirk(&self, quirk: Quirk, on: bool) {
        self.shared.lock().quirks.set(quirk, on);
    }

    /// Returns a copy of the state, including the secrets.
    pub fn state(&self) -> State {
        self.shared.lock().state.clone()
    }

    /// Replaces the state.
    ///
    /// # Errors
    /// Returns a [`StateError`] when the new state is inconsistent; the state is then unchanged.
    pub fn set_state(&self, state: State) -> Result<(), StateError> {
        state.validate()?;
        self.shared.lock().state = state;
        Ok(())
    }

    /// Changes the state, for example to accept a Cloudinary user's invitation, which no request can do.
    ///
    /// No request is carried out during the change.
    ///
    /// # Errors
    /// Returns a [`StateError`] when the result is inconsistent; the state is then unchanged.
    pub fn edit_state(&self, edit: impl FnOnce(&mut State)) -> Result<(), StateError> {
        let mut simulation = self.shared.lock();
        let mut state = simulation.state.clone();
        edit(&mut state);
        state.validate()?;
        simulation.state = state;
        Ok(())
    }

    /// Restores everything to the start: the state, the sequence of ids, the clock, the quirks and the rate limit.
    /// Faults, recorded requests and used rate are cleared.
    pub fn reset(&self) {
        self.shared.reset();
    }

    /// Stops accepting connections, waits up to 5 seconds for pending responses, and returns when the port is free.
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
