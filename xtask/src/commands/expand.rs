//! `cargo xtask expand`: writes the generated code to files.

use clap::Args;
use xtask::{Failure, Workspace, files};

/// Writes the generated code, formatted, to `target/generated/<api>.rs`.
#[derive(Debug, Args)]
pub(crate) struct Expand {
    /// Only this API, by the name of its directory under `openapi/`.
    #[arg(long)]
    api: Option<String>,
}

impl Expand {
    pub(crate) fn run(self) -> Result<String, Failure> {
        let workspace = Workspace::here();
        let mut out = String::new();
        for api in workspace.selected(self.api.as_deref())? {
            let path = format!("target/generated/{api}.rs");
            files::put(workspace.root(), &path, &workspace.load(&api)?.code)?;
            out.push_str(&format!("wrote {path}\n"));
        }
        Ok(out)
    }
}
