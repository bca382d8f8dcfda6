//! `cargo xtask guard`: checks what the compiler does not.

use clap::Args;
use xtask::{Failure, Workspace, guard};

/// Fails on stale and unused files, names that the generator made up, operations and parameters that no method of the
/// ergonomic crate covers, operations that lack a handler, a row of a table, documentation or a test, counts that differ
/// from the documents, methods that do not say that the vendor deprecated what they call, and public types whose auto
/// traits no test asserts.
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
