//! Maintenance commands of this workspace. `cargo xtask help` lists them.

mod commands;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

use commands::Command;

/// Maintenance commands of the account-provisioning workspace.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    match Arguments::parse().command.run() {
        Ok(outcome) => {
            print(io::stdout(), outcome.text());
            outcome.into()
        }
        Err(failure) => {
            print(io::stderr(), &failure.to_string());
            ExitCode::from(failure.code())
        }
    }
}

/// Writes a text and a newline. A closed pipe (`| head`) is not an error.
fn print(mut to: impl Write, text: &str) {
    let _ = writeln!(to, "{}", text.trim_end());
}
