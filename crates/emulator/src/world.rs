//! All that the requests share and change, and the way back to its beginning.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::api::Api;
use crate::clock::Clock;
use crate::document::Operation;
use crate::fault::Faults;
use crate::log::Log;
use crate::quirk::Quirks;
use crate::random::Random;
use crate::rate_limit::{RateLimit, RateLimiter};
use crate::state::State;

/// How an emulator begins, and begins again on reset.
#[derive(Clone, Debug)]
pub(crate) struct Beginning {
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

/// What the requests change.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) state: State,
    pub(crate) clock: Clock,
    pub(crate) random: Random,
    pub(crate) quirks: Quirks,
    pub(crate) faults: Faults,
    pub(crate) log: Log,
    pub(crate) rate_limit: Option<RateLimit>,
    pub(crate) rate: RateLimiter,
}

impl World {
    fn new(beginning: &Beginning) -> Self {
        Self {
            state: beginning.state.clone(),
            clock: beginning.clock,
            random: Random::new(beginning.seed),
            quirks: beginning.quirks.clone(),
            faults: Faults::new(beginning.seed),
            log: Log::new(beginning.log_limit),
            rate_limit: beginning.rate_limit,
            rate: RateLimiter::default(),
        }
    }
}

/// One emulator, as its server and its handle share it.
pub(crate) struct Shared {
    pub(crate) beginning: Beginning,
    pub(crate) control: bool,
    routes: Vec<Route>,
    world: Mutex<World>,
}

/// An operation and the API it belongs to.
#[derive(Clone, Copy)]
pub(crate) struct Route {
    pub(crate) api: &'static Api,
    pub(crate) operation: &'static Operation,
}

impl Shared {
    pub(crate) fn new(beginning: Beginning, control: bool, mut routes: Vec<Route>) -> Self {
        routes.sort_by_cached_key(|route| route.operation.specificity());
        let world = Mutex::new(World::new(&beginning));
        Self {
            beginning,
            control,
            routes,
            world,
        }
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, World> {
        // A handler that panicked has at worst left one change half done; the others go on.
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn routes(&self) -> &[Route] {
        &self.routes
    }

    /// Puts everything back as it was at the start.
    pub(crate) fn reset(&self) {
        let mut world = self.lock();
        let mut fresh = World::new(&self.beginning);
        // The log goes on counting, so that a request under way does not write into the entry of a later one.
        std::mem::swap(&mut fresh.log, &mut world.log);
        fresh.log.clear();
        *world = fresh;
    }
}
