//! `cargo xtask surface`: prints the operations and types of the generated crate.

use clap::Args;
use xtask::{Failure, Workspace};

/// Prints the operations and types of the generated crate, one fact per line.
#[derive(Debug, Args)]
pub(crate) struct Surface {
    /// Only this API, by the name of its directory under `openapi/`.
    #[arg(long)]
    api: Option<String>,
}

impl Surface {
    pub(crate) fn run(self) -> Result<String, Failure> {
        let workspace = Workspace::here();
        let mut out = String::new();
        for api in workspace.selected(self.api.as_deref())? {
            for (tag, digest) in workspace.load(&api)?.digest() {
                out.push_str(&format!("# {api}: {tag}\n\n{digest}\n"));
            }
        }
        Ok(out)
    }
}
