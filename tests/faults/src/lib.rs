//! The fault campaign: random lifecycles of the three APIs against an emulator that injects faults, and an oracle that
//! reads the emulator's state after every call.
//!
//! A run is one lifecycle: about twelve calls of one client, drawn from a seed, like everything else in it. Before each
//! call, the run plans what goes wrong with its requests. After it, the oracle compares what the call returned with what
//! the emulator's state and log say, which the SDK has no part in. docs/reliability.md says what the oracle checks.
//!
//! It is a crate of its own, since it needs the client, the emulator and a runtime: `xtask`, which runs it, should build
//! without them.
#![allow(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a campaign that can't set its stage has to stop"
)]

mod fault;
mod gate;
#[cfg(test)]
mod lies;
mod lifecycle;
mod oracle;
mod path;
mod plan;
mod report;
mod run;
mod stage;
mod step;
mod view;

use std::sync::Arc;

use futures::StreamExt as _;
use futures::stream;

pub use self::oracle::Violation;
pub use self::report::{Report, Tally};
pub use self::run::Run;

/// How many runs are under way at the same time. Most of them wait for a timeout or for a slow body.
const AT_ONCE: usize = 16;

/// Runs `runs` lifecycles, whose seeds are `seed` and the numbers after it.
pub async fn campaign(seed: u64, runs: u64) -> Report {
    let closed = Arc::new(gate::ClosedPort::bind());
    stream::iter(0..runs)
        .map(|number| {
            let run = run::run(seed.wrapping_add(number), Arc::clone(&closed));
            // A task of its own, so that runs use every core.
            async { tokio::spawn(run).await.expect("a run does not panic") }
        })
        .buffer_unordered(AT_ONCE)
        .fold(Report::default(), |mut report, run| async {
            report.add(run);
            report
        })
        .await
}
