//! `cargo xtask guard`: checks what the compiler does not.

use clap::Args;
use xtask::{Failure, Workspace, guard};

/// Fails on stale and unused files, names that the generator made up, operations and parameters that no method of the
/// ergonomic crate covers, and public types whose auto traits no test asserts.
#[derive(Debug, Args)]
pub(crate) struct Guard {}

impl Guard {
    pub(crate) fn run(self) -> Result<String, Failure> {
        let found = guard::check(&Workspace::here(), guard::ALLOWED)?;
        if found.is_empty() {
            return Ok("no violations".to_owned());
        }
        let lines: Vec<String> = found.iter().map(ToString::to_string).collect();
        Err(Failure::new(lines.join("\n")))
    }
}
