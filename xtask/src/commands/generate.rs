//! `cargo xtask generate`: writes the generated files, or checks that they are up to date.

use clap::Args;
use xtask::{Failure, Workspace, files};

/// Writes the documents that builds read and the snapshots, from the sources under `openapi/` and `crates/`.
#[derive(Debug, Args)]
pub(crate) struct Generate {
    /// Write nothing, and fail with a diff if a file is not up to date.
    #[arg(long)]
    check: bool,
}

impl Generate {
    pub(crate) fn run(self) -> Result<String, Failure> {
        let workspace = Workspace::here();
        let outputs = workspace.outputs()?;
        if self.check {
            workspace.described()?;
            files::check(workspace.root(), &outputs)?;
            return Ok(format!("{} generated files are up to date", outputs.len()));
        }
        let mut report = files::write(workspace.root(), &outputs)?;
        let remarks = workspace.remarks()?;
        if !remarks.is_empty() {
            report.push_str("\nto know about the documents:\n");
            remarks
                .iter()
                .for_each(|remark| report.push_str(&format!("  {remark}\n")));
        }
        Ok(report)
    }
}
