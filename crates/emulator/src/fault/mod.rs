//! Injected faults: what goes wrong, and for which calls.

mod plan;
mod rule;
mod wire;

pub(crate) use self::plan::{Faults, Plan, cursor};
pub(crate) use self::rule::{Effect, InjectedResponse};
pub(crate) use self::wire::FaultRequest;

pub use self::rule::{Fault, FaultId};
