//! What goes wrong with the requests of one call.

use std::collections::BTreeMap;
use std::time::Duration;

use account_provisioning_emulator::{Emulator, FaultId};
use fastrand::Rng;

use crate::fault::{SHORT_LIMIT, Target, Trouble};
use crate::gate::Gate;

/// How many requests of a call can go wrong.
const REACH: u64 = 5;

/// The faults of one call.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// The fault of the nth request that reaches the emulator.
    troubles: Vec<(u64, Trouble)>,
    /// Which connections are refused.
    refuse: Vec<bool>,
    injected: BTreeMap<FaultId, Trouble>,
}

impl Plan {
    /// Draws a plan: nothing goes wrong, or one of the requests fails, or most of them do.
    pub(crate) fn draw(random: &mut Rng, target: Target) -> Self {
        let mut plan = Self::default();
        let weather = random.u32(..100);
        for nth in 1..=REACH {
            let strikes = match weather {
                0..=29 => false,
                30..=69 => nth == 1 || random.u32(..10) == 0,
                _ => random.u32(..10) < 6,
            };
            if strikes {
                plan.troubles.push((nth, Trouble::draw(random, target)));
            }
            // Without a pool, every attempt has a connection of its own, so the plan says which attempt is refused.
            plan.refuse
                .push(!target.pooled && weather >= 30 && random.u32(..10) == 0);
        }
        plan
    }

    /// A plan in which these faults strike the first requests.
    #[cfg(test)]
    pub(crate) fn of(troubles: impl IntoIterator<Item = Trouble>) -> Self {
        Self {
            troubles: (1..).zip(troubles).collect(),
            ..Self::default()
        }
    }

    /// Whether only a time limit ends one of the attempts, so that attempts have to be short.
    pub(crate) fn attempt_limit(&self) -> Duration {
        match self.troubles.iter().any(|(_, trouble)| trouble.hangs) {
            true => SHORT_LIMIT,
            false => Duration::from_secs(60),
        }
    }

    /// Puts the plan into effect.
    pub(crate) fn inject(&mut self, emulator: &Emulator, gate: &Gate) {
        emulator.clear_faults();
        gate.plan(self.refuse.iter().copied());
        for (nth, trouble) in &self.troubles {
            let id = emulator.try_inject(trouble.fault.clone().nth(*nth));
            self.injected
                .insert(id.expect("faults of a plan are possible"), trouble.clone());
        }
    }

    /// The fault that decided about a response.
    pub(crate) fn trouble(&self, id: FaultId) -> Option<&Trouble> {
        self.injected.get(&id)
    }
}
