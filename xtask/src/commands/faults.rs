//! `cargo xtask faults`: runs the fault campaign.

use std::env;
use std::process::{Command, Stdio};

use clap::Args;
use xtask::{Failure, Outcome, Workspace};

/// Runs random lifecycles of the three APIs against an emulator that injects faults, and prints the figures and every
/// violation that the oracle finds. docs/reliability.md explains it.
///
/// Exit codes: 0 if there is no violation, 1 if there is one.
#[derive(Debug, Args)]
pub(crate) struct Faults {
    /// The seed of the first run; the next run has the next number. A violation prints the seed of its run.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many lifecycles to run.
    #[arg(long, default_value_t = 1000)]
    runs: u64,
    /// Print every call of every run.
    #[arg(long)]
    verbose: bool,
}

impl Faults {
    /// The campaign is a program of its own, so that this one builds without the client and the emulator.
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command
            .current_dir(Workspace::here().root())
            .args(["run", "--quiet", "--release", "--package", "fault-campaign", "--"])
            .arg(format!("--seed={}", self.seed))
            .arg(format!("--runs={}", self.runs))
            .args(self.verbose.then_some("--verbose"))
            .stderr(Stdio::inherit());
        let output = command
            .output()
            .map_err(|problem| Failure::new(format!("can't start cargo: {problem}")))?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        Ok(Outcome::new(text).with_code(u8::from(!output.status.success())))
    }
}
