//! `cargo xtask measure`: what a vendor's document would cost.

use std::path::PathBuf;

use clap::Args;
use xtask::{Failure, Workspace, measure};

/// Counts the operations of a vendor's document that can be generated, and lists what is refused, one construct per line.
#[derive(Debug, Args)]
pub(crate) struct Measure {
    /// The vendor's document: OpenAPI 3.0 or 3.1, YAML or JSON.
    file: PathBuf,
    /// Also compile the generated code, in a crate under `target/measure/`.
    #[arg(long)]
    compile: bool,
}

impl Measure {
    pub(crate) fn run(self) -> Result<String, Failure> {
        let mut measurement = measure::measure(&self.file)?;
        if self.compile {
            measurement.compile(&Workspace::here())?;
        }
        Ok(measurement.report())
    }
}
