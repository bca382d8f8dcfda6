//! What the requests share and change, and how it is reset.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::api::Api;
use crate::clock::Clock;
use crate::document::Operation;
use crate::error::RuleError;
use crate::fault::{Fault, FaultId, Faults};
use crate::log::Log;
use crate::quirk::Quirks;
use crate::random::Random;
use crate::rate_limit::{RateLimit, RateLimiter};
use crate::state::State;

/// How an emulator starts, and starts again after a reset.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) seed: u64,
    pub(crate) clock: Clock,
    pub(crate) state: State,
    pub(crate) quirks: Quirks,
    pub(crate) rate_limit: Option<RateLimit>,
    pub(crate) default_page_size: Option<usize>,
    pub(crate) max_page_size: Option<usize>,
    pub(crate) cursor_page_size: Option<usize>,
    pub(crate) log_limit: usize,
}

/// Everything that requests and the control interface change.
#[derive(Debug)]
pub(crate) struct Simulation {
    pub(crate) state: State,
    pub(crate) clock: Clock,
    pub(crate) random: Random,
    pub(crate) quirks: Quirks,
    pub(crate) faults: Faults,
    pub(crate) log: Log,
    pub(crate) rate_limit: Option<RateLimit>,
    pub(crate) rate: RateLimiter,
}

impl Simulation {
    fn new(settings: &Settings) -> Self {
        Self {
            state: settings.state.clone(),
            clock: settings.clock,
            random: Random::new(settings.seed),
            quirks: settings.quirks.clone(),
            faults: Faults::new(settings.seed),
            log: Log::new(settings.log_limit),
            rate_limit: settings.rate_limit,
            rate: RateLimiter::default(),
        }
    }
}

/// An emulator, shared by its server and its handle.
pub(crate) struct Shared {
    pub(crate) settings: Settings,
    pub(crate) control: bool,
    routes: Vec<Route>,
    simulation: Mutex<Simulation>,
}

/// An operation and its API.
#[derive(Clone, Copy)]
pub(crate) struct Route {
    pub(crate) api: &'static Api,
    pub(crate) operation: &'static Operation,
}

impl Shared {
    pub(crate) fn new(settings: Settings, control: bool, mut routes: Vec<Route>) -> Self {
        routes.sort_by_cached_key(|route| route.operation.specificity());
        let simulation = Mutex::new(Simulation::new(&settings));
        Self {
            settings,
            control,
            routes,
            simulation,
        }
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, Simulation> {
        // A handler that panicked may have left one change incomplete; other requests can still be served.
        self.simulation.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn routes(&self) -> &[Route] {
        &self.routes
    }

    /// Injects a fault, unless it is impossible or on an operation that does not exist.
    pub(crate) fn try_inject(&self, fault: Fault) -> Result<FaultId, RuleError> {
        self.check(&fault)?;
        Ok(self.lock().faults.inject(fault))
    }

    /// Injects a fault. An impossible one becomes a response to every call that names the mistake.
    pub(crate) fn inject(&self, fault: Fault) -> FaultId {
        let fault = match self.check(&fault) {
            Ok(()) => fault,
            Err(mistake) => Fault::mistake(&format!("the injected fault: {mistake}")),
        };
        self.lock().faults.inject(fault)
    }

    fn check(&self, fault: &Fault) -> Result<(), RuleError> {
        fault.validate()?;
        match &fault.operation {
            Some(id) if !self.routes.iter().any(|route| route.operation.id == *id) => Err(RuleError::new(
                "on",
                format!("is impossible: no operation has the id {id:?}"),
            )),
            _ => Ok(()),
        }
    }

    /// Restores everything to the start.
    pub(crate) fn reset(&self) {
        let mut simulation = self.lock();
        let mut fresh = Simulation::new(&self.settings);
        // The log keeps counting, so that a pending request does not write into the entry of a later one.
        std::mem::swap(&mut fresh.log, &mut simulation.log);
        fresh.log.clear();
        *simulation = fresh;
    }
}
