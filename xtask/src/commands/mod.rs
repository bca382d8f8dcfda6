//! The subcommands, one per file.

mod bench;
mod expand;
mod faults;
mod generate;
mod guard;
mod import;
mod interop;
mod measure;
mod review;
mod surface;

use clap::Subcommand;
use xtask::{Failure, Outcome};

/// A subcommand.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Bench(bench::Bench),
    Generate(generate::Generate),
    Surface(surface::Surface),
    Expand(expand::Expand),
    Faults(faults::Faults),
    Guard(guard::Guard),
    Import(import::Import),
    Interop(interop::Interop),
    Measure(measure::Measure),
    Review(review::Review),
}

impl Command {
    /// Runs the command and returns what to print.
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        match self {
            Self::Bench(command) => command.run(),
            Self::Generate(command) => command.run().map(Outcome::from),
            Self::Surface(command) => command.run().map(Outcome::from),
            Self::Expand(command) => command.run().map(Outcome::from),
            Self::Faults(command) => command.run(),
            Self::Guard(command) => command.run().map(Outcome::from),
            Self::Import(command) => command.run(),
            Self::Interop(command) => command.run(),
            Self::Measure(command) => command.run().map(Outcome::from),
            Self::Review(command) => command.run(),
        }
    }
}
