//! `cargo xtask bench`: measures, and writes docs/performance.md.

use std::env;
use std::process::{Command, Stdio};

use clap::Args;
use xtask::{Failure, Outcome, Workspace};

/// The parts that run alone.
const PARTS: &[&str] = &[
    "calls",
    "tasks",
    "paging",
    "memory",
    "python",
    "start",
    "builds",
    "size",
    "emulator",
    "generation",
    "inside",
];

/// Measures the client and the emulator beside what they are compared with, and writes docs/performance.md and its
/// results. A part that needs what this machine lacks, such as valgrind or a registry, is skipped, and its earlier results
/// stay.
///
/// Exit codes: 0 if everything was measured, 1 if something failed. With `--check`: 0 if every row holds, 1 if one falls
/// short, 3 if there is no valgrind.
#[derive(Debug, Args)]
pub(crate) struct Bench {
    /// Measure these parts alone, separated by commas. Defaults to all of them.
    #[arg(long, value_name = "PARTS", value_delimiter = ',', value_parser = PARTS.to_vec())]
    only: Vec<String>,
    /// Measure fewer times, with shorter runs, and write nothing: the figures are rough.
    #[arg(long)]
    quick: bool,
    /// Compare instructions and allocations per call with their bars, and write nothing.
    #[arg(long, conflicts_with_all = ["only", "quick", "render"])]
    check: bool,
    /// Measure nothing, and write the page again from its results.
    #[arg(long, conflicts_with_all = ["only", "quick"])]
    render: bool,
}

impl Bench {
    /// The measurements are a program of their own, so that this one builds without the client.
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        let root = Workspace::here();
        let flags = [
            (self.quick, "--quick"),
            (self.check, "--check"),
            (self.render, "--render"),
        ];
        // All programs of the package are built, since they start each other.
        command.current_dir(root.root()).args([
            "build",
            "--quiet",
            "--release",
            "--target-dir",
            "target",
            "--package",
            "bench",
        ]);
        let built = command
            .status()
            .map_err(|problem| Failure::new(format!("can't start cargo: {problem}")))?;
        if !built.success() {
            return Err(Failure::new("the measurements can't be built"));
        }
        let program = format!("target/release/bench{}", env::consts::EXE_SUFFIX);
        let mut program = Command::new(root.root().join(program));
        program
            .args(self.only.iter().map(|part| format!("--only={part}")))
            .args(flags.iter().filter(|(given, _)| *given).map(|(_, flag)| flag))
            .stderr(Stdio::inherit());
        let output = program
            .output()
            .map_err(|problem| Failure::new(format!("can't start the measurements: {problem}")))?;
        let code = output.status.code().and_then(|code| u8::try_from(code).ok());
        Ok(Outcome::new(String::from_utf8_lossy(&output.stdout)).with_code(code.unwrap_or(1)))
    }
}
