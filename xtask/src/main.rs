//! Maintenance commands of this workspace: `cargo xtask help` lists them.

mod commands;

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
        Ok(report) => {
            say(&report);
            ExitCode::SUCCESS
        }
        Err(failure) => {
            complain(&failure.to_string());
            ExitCode::FAILURE
        }
    }
}

#[allow(clippy::print_stdout, reason = "a command line tool answers on standard output")]
fn say(text: &str) {
    println!("{}", text.trim_end());
}

#[allow(clippy::print_stderr, reason = "a command line tool complains on standard error")]
fn complain(text: &str) {
    eprintln!("{}", text.trim_end());
}
