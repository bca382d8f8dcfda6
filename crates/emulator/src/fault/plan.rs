//! Decides which faults apply to a call.

use std::time::Duration;

use fastrand::Rng;

use super::rule::{Effect, Fault, FaultId};
use crate::document::Operation;
use crate::input::Input;
use crate::random;

/// The injected faults, in the order of injection.
#[derive(Debug)]
pub(crate) struct Faults {
    seed: u64,
    next: u64,
    injected: Vec<Injected>,
}

#[derive(Debug)]
struct Injected {
    id: FaultId,
    fault: Fault,
    random: Rng,
    seen: u64,
    struck: u64,
}

/// The faults that apply to one call.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub(crate) wait_before: Duration,
    pub(crate) wait_after: Duration,
    pub(crate) effect: Option<PlannedFault>,
}

#[derive(Debug)]
pub(crate) struct PlannedFault {
    pub(crate) id: FaultId,
    pub(crate) effect: Effect,
    pub(crate) after: bool,
}

impl Faults {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            seed,
            next: 1,
            injected: Vec::new(),
        }
    }

    /// Injects a fault that was checked.
    pub(crate) fn inject(&mut self, fault: Fault) -> FaultId {
        let id = FaultId(self.next);
        self.next += 1;
        let random = random::stream(self.seed, &format!("fault {}", id.0));
        self.injected.push(Injected {
            id,
            fault,
            random,
            seen: 0,
            struck: 0,
        });
        id
    }

    pub(crate) fn clear(&mut self) {
        self.injected.clear();
    }

    /// Returns how often a fault was applied; `None` when there is no such fault.
    pub(crate) fn struck(&self, id: FaultId) -> Option<u64> {
        self.injected
            .iter()
            .find(|injected| injected.id == id)
            .map(|injected| injected.struck)
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = (FaultId, &Fault, u64)> {
        self.injected
            .iter()
            .map(|injected| (injected.id, &injected.fault, injected.struck))
    }

    /// Counts a call and returns the faults that apply to it.
    pub(crate) fn plan(&mut self, operation: &Operation, input: &Input) -> Plan {
        let mut plan = Plan::default();
        for injected in &mut self.injected {
            if !injected.due(operation, input) {
                continue;
            }
            match &injected.fault.effect {
                Effect::Latency(wait) if injected.fault.after => {
                    plan.wait_after = plan.wait_after.saturating_add(*wait)
                }
                Effect::Latency(wait) => plan.wait_before = plan.wait_before.saturating_add(*wait),
                _ if plan.effect.is_some() => continue,
                effect => {
                    plan.effect = Some(PlannedFault {
                        id: injected.id,
                        effect: effect.clone(),
                        after: injected.fault.after,
                    });
                }
            }
            injected.struck += 1;
        }
        plan
    }
}

impl Injected {
    fn due(&mut self, operation: &Operation, input: &Input) -> bool {
        if self.fault.operation.as_ref().is_some_and(|id| *id != operation.id)
            || !self.fault.effect.fits(operation, input)
        {
            return false;
        }
        self.seen += 1;
        self.seen >= self.fault.from
            && self.struck < self.fault.limit()
            && (self.fault.probability >= 1.0 || self.random.f64() < self.fault.probability)
    }
}

impl Effect {
    /// Returns whether the effect is possible for the call.
    fn fits(&self, operation: &Operation, input: &Input) -> bool {
        match self {
            Self::IgnoredPage => operation.has_query_parameter("page"),
            Self::RepeatedPage => input.query_int("page").is_some_and(|page| page > 1),
            Self::RepeatedCursor => cursor(input).is_some(),
            Self::CursorCycle | Self::EmptyPage => operation.has_cursor,
            _ => true,
        }
    }
}

/// Returns the cursor of a request, from its query or its body.
pub(crate) fn cursor(input: &Input) -> Option<&str> {
    input.query("cursor").or_else(|| input.text("cursor"))
}
