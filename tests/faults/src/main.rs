//! Runs the fault campaign and prints its figures. `cargo xtask faults` is the short way to call it.

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::Parser;
use fault_campaign::campaign;

/// Random lifecycles against an emulator that injects faults. Fails if the oracle finds a violation.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask faults")]
struct Arguments {
    /// The seed of the first run; the next run has the next number. A violation prints the seed of its run.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many lifecycles to run.
    #[arg(long, default_value_t = 1000)]
    runs: u64,
    /// Print every call of every run.
    #[arg(long)]
    verbose: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let report = campaign(arguments.seed, arguments.runs).await;
    let transcripts = if arguments.verbose {
        report.transcripts()
    } else {
        String::new()
    };
    // A closed pipe (`| head`) is not an error.
    let _ = write!(io::stdout(), "{transcripts}{report}");
    ExitCode::from(u8::from(!report.is_clean()))
}
