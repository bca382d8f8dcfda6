//! `cargo xtask guard`: checks what the compiler does not.

use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::Args;
use xtask::{Failure, Workspace, guard};

/// Fails on stale and unused files, names that the generator made up, operations and parameters that no method of the
/// ergonomic crate covers, operations that lack a handler, a row of a table, documentation or a test, counts that differ
/// from the documents, methods that do not say that the vendor deprecated what they call, and public types whose auto
/// traits no test asserts.
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
        let early = guard::check_texts(&workspace)?;
        for violation in &early {
            // A closed pipe is not an error.
            let _ = writeln!(io::stderr(), "{violation}");
        }
        let mut found = guard::check(&workspace, guard::ALLOWED)?;
        found.retain(|violation| !early.contains(violation));
        let lines: Vec<String> = found.iter().map(ToString::to_string).collect();
        match (early.len(), lines.len()) {
            (0, 0) => Ok("no violations".to_owned()),
            (early, 0) => Err(Failure::new(format!("{early} violations"))),
            (0, _) => Err(Failure::new(lines.join("\n"))),
            (early, late) => Err(Failure::new(format!(
                "{}\n{} violations",
                lines.join("\n"),
                early + late
            ))),
        }
    }
}
