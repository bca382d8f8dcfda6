//! Maintenance commands of this workspace: `cargo xtask help` lists them.

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
            say(io::stdout(), outcome.text());
            outcome.into()
        }
        Err(failure) => {
            say(io::stderr(), &failure.to_string());
            ExitCode::from(failure.code())
        }
    }
}

/// Writes a text and a newline. A reader that has gone (`| head`) has seen enough, so that is no failure.
fn say(mut to: impl Write, text: &str) {
    let _ = writeln!(to, "{}", text.trim_end());
}
