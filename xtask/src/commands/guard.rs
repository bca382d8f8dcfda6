//! `cargo xtask guard`: refuses what no compiler refuses.

use clap::Args;
use xtask::{Failure, Workspace, guard};

/// Fails on stale or unreferenced files, names that the generator made up, operations and parameters that no ergonomic
/// method reaches, and public types whose auto traits are not pinned.
#[derive(Debug, Args)]
pub(crate) struct Guard {}

impl Guard {
    pub(crate) fn run(self) -> Result<String, Failure> {
        let found = guard::check(&Workspace::here(), guard::ALLOWED)?;
        if found.is_empty() {
            return Ok("nothing to complain of".to_owned());
        }
        let lines: Vec<String> = found.iter().map(ToString::to_string).collect();
        Err(Failure::new(lines.join("\n")))
    }
}
