//! `cargo xtask import`: updates a document of ours from the vendor's new one.

use std::path::PathBuf;

use clap::Args;
use xtask::{Failure, Outcome, Workspace, import};

/// Writes the structural changes of a vendor's document into ours, and lists what a person has to do.
///
/// Exit codes: 0 if there is nothing to do, 1 if something changed, 2 if the import is refused.
#[derive(Debug, Args)]
pub(crate) struct Import {
    /// The vendor's document: OpenAPI 3.0 or 3.1, YAML or JSON.
    file: PathBuf,
    /// The API, by the name of its directory under `openapi/`.
    #[arg(long)]
    api: String,
    /// Add the operations whose paths in the vendor's document match, such as `/accounts/*/tokens/**`. May be repeated.
    #[arg(long, value_name = "PATH-GLOB")]
    include: Vec<String>,
    /// The document describes a part of the API: keep our operations that it lacks.
    #[arg(long)]
    partial: bool,
    /// Give the added operations the shape of one of ours, by its operationId: its error responses, its envelope, its
    /// credentials, and its parameters of the same names.
    #[arg(long, value_name = "OPERATION", requires = "include")]
    like: Option<String>,
    /// Write nothing.
    #[arg(long)]
    dry_run: bool,
}

impl Import {
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        import::Import::new(self.file, self.api)
            .include(self.include)
            .partial(self.partial)
            .like(self.like)
            .dry_run(self.dry_run)
            .run(&Workspace::here())
    }
}
