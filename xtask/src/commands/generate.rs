//! `cargo xtask generate`: writes what is made from the documents, or checks that it is up to date.

use clap::Args;
use xtask::{Failure, Workspace, files};

/// Writes the documents that builds read and the snapshots, from the sources under `openapi/`.
#[derive(Debug, Args)]
pub(crate) struct Generate {
    /// Writes nothing; fails with a diff when a file is not what the sources make.
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
        files::write(workspace.root(), &outputs)
    }
}
