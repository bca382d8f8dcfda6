//! `cargo xtask import`: takes over what a vendor's new document says.

use std::path::PathBuf;

use clap::Args;
use xtask::import;
use xtask::{Failure, Outcome, Workspace};

/// Writes the structural changes of a vendor's document into ours and lists what needs a hand. Exits with 0 when there
/// is nothing to do, 1 when something changed, 2 when the import is refused.
#[derive(Debug, Args)]
pub(crate) struct Import {
    /// The vendor's document: OpenAPI 3.0 or 3.1, YAML or JSON.
    file: PathBuf,
    /// The API, by the name of its directory under `openapi/`.
    #[arg(long)]
    api: String,
    /// Adds the operations whose paths, as the vendor writes them, match: `/accounts/*/tokens/**`. May be repeated.
    #[arg(long, value_name = "PATH-GLOB")]
    include: Vec<String>,
    /// The document describes a part of the API: operations that it lacks stay in ours.
    #[arg(long)]
    partial: bool,
    /// Writes nothing.
    #[arg(long)]
    dry_run: bool,
}

impl Import {
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        import::Import::new(self.file, self.api)
            .include(self.include)
            .partial(self.partial)
            .dry_run(self.dry_run)
            .run(&Workspace::here())
    }
}
