//! `cargo xtask guard`: checks what the compiler does not.

use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::Args;
use xtask::{Failure, Workspace, guard};

/// Fails on stale and unused files, names that the generator made up, operations and parameters that no method of the
/// ergonomic crate covers, operations that lack a handler, a row of a table, documentation or a test, shared lists that lack
/// an API, pages that the table of contents lacks, counts that differ from the documents, methods that do not say that the
/// vendor deprecated what they call, and public types whose auto traits no test asserts.
#[derive(Debug, Args)]
pub(crate) struct Guard {
    /// The workspace to check. Defaults to this one.
    #[arg(long, hide = true)]
    root: Option<PathBuf>,
}

impl Guard {
    pub(crate) fn run(self) -> Result<String, Failure> {
        let root = self.root.unwrap_or_else(|| Workspace::here().root().to_owned());
        let workspace = Workspace::at(root);
        // What needs no parser is said at once; the rest takes some seconds.
        let mut early = Vec::new();
        guard::check_texts(&workspace, |violation| {
            // The standard error is not buffered. A closed pipe is not an error.
            let _ = writeln!(io::stderr(), "{violation}");
            early.push(violation);
        })?;
        let mut found = guard::check(&workspace, guard::ALLOWED)?;
        found.retain(|violation| !early.contains(violation));
        let count = match early.len() + found.len() {
            0 => return Ok("no violations".to_owned()),
            1 => "1 violation".to_owned(),
            count => format!("{count} violations"),
        };
        let late = found.iter().map(ToString::to_string);
        let lines: Vec<String> = late.chain([count]).collect();
        Err(Failure::new(lines.join("\n")))
    }
}
