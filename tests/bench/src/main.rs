//! Measures, and writes docs/performance.md. `cargo xtask bench` builds and runs it.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "it prints what it does and what it found"
)]

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use bench::Result;
use bench::lab::{self, Lab, Unavailable};
use bench::parts::{GUARDED, Part};
use bench::report::{self, Results, row};
use clap::{Parser, ValueEnum as _};

/// Measures, and writes docs/performance.md.
#[derive(Debug, Parser)]
#[command(name = "bench")]
struct Arguments {
    /// Measure these parts alone.
    #[arg(long, value_delimiter = ',')]
    only: Vec<Part>,
    /// Measure as little as shows anything, and write nothing.
    #[arg(long)]
    quick: bool,
    /// Compare instructions and allocations with their bars, and write nothing.
    #[arg(long, conflicts_with_all = ["only", "quick", "render"])]
    check: bool,
    /// Measure nothing, and write the page again from the results.
    #[arg(long, conflicts_with_all = ["only", "quick"])]
    render: bool,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = if arguments.check { check() } else { measure(&arguments) };
    outcome.unwrap_or_else(|problem| {
        eprintln!("error: {problem}");
        ExitCode::from(if problem.is::<Unavailable>() { 3 } else { 1 })
    })
}

fn root() -> Result<std::path::PathBuf> {
    Ok(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?)
}

/// The guard of CI.
fn check() -> Result<ExitCode> {
    let mut lab = Lab::new(root()?, false)?;
    lab.results = Results::default();
    Part::Calls.run(&mut lab)?;
    let good = GUARDED.map(|id| show(&lab.results, id));
    Ok(if good.contains(&false) {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

fn measure(arguments: &Arguments) -> Result<ExitCode> {
    let mut lab = Lab::new(root()?, arguments.quick)?;
    let parts = match arguments.only[..] {
        [] if arguments.render => &[],
        [] => Part::value_variants(),
        _ => &arguments.only,
    };
    if let Some(load) = lab::load() {
        eprintln!("warning: the machine is busy (its load is {load}), so figures of time will be off");
    }
    let mut code = ExitCode::SUCCESS;
    for part in parts {
        eprintln!("== {part:?}");
        match part.run(&mut lab) {
            Ok(()) => {}
            Err(problem) if problem.is::<Unavailable>() => eprintln!("skipped: {problem}"),
            Err(problem) => {
                eprintln!("error: {problem}");
                code = ExitCode::FAILURE;
            }
        }
        if !arguments.quick {
            // What was measured is kept, whatever happens to the next part.
            write(&lab)?;
        }
    }
    if arguments.render {
        write(&lab)?;
    }
    for row in report::ROWS.iter().filter(|row| parts.contains(&row.part)) {
        show(&lab.results, row.id);
    }
    Ok(code)
}

/// Writes the results, and the page that they make.
fn write(lab: &Lab) -> Result<()> {
    lab.results.write(&lab.root)?;
    for (path, text) in report::files(&lab.results)? {
        fs::write(lab.root.join(path), text)?;
    }
    Ok(())
}

/// Prints one row, and returns whether it holds.
fn show(results: &Results, id: &str) -> bool {
    let (Some(row), Some(figure)) = (row(id), results.rows.get(id)) else {
        println!("{id}: not measured here");
        return false;
    };
    let holds = row.bar.holds(figure.compared.median);
    println!(
        "{id}: {}, with {} and {}; the bar is {}: {}",
        row.bar.show(figure.compared.median, row.unit),
        row.unit.show(figure.ours.median),
        row.unit.show(figure.other.median),
        row.bar.text(row.unit),
        if holds { "holds" } else { "FALLS SHORT" },
    );
    holds
}
