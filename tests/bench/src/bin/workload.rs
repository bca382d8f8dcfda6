//! Runs one workload by one side, so many times, and prints the time that passed and the time of the processor.
#![allow(clippy::print_stdout, reason = "the figures are what the program prints")]

use std::time::Instant;

use bench::canned::Canned;
use bench::cpu;
use bench::workload::{Figures, Run, Side, Workload};
use clap::Parser;

/// Runs a workload.
#[derive(Debug, Parser)]
struct Arguments {
    /// What to run.
    workload: Workload,
    /// Who runs it.
    side: Side,
    /// How many times; for lists that are read to their end, how many pages they have.
    count: usize,
    /// How long the server waits before each answer, in milliseconds.
    #[arg(long, default_value_t = 0)]
    latency: u64,
    /// How many times to run it before, so that connections are open.
    #[arg(long, default_value_t = 10)]
    warm: usize,
    /// How many tasks share the calls of `tasks`.
    #[arg(long, default_value_t = 64)]
    tasks: usize,
    /// A canned server that runs already. Defaults to a new one.
    #[arg(long)]
    url: Option<String>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> bench::Result<()> {
    let arguments = Arguments::parse();
    let server = match arguments.url {
        Some(_) => None,
        None => Some(Canned::start(arguments.latency)?),
    };
    let url = arguments.url.as_deref().or(server.as_ref().map(Canned::url));
    let run = Run::new(arguments.workload, arguments.side, url.ok_or("no server")?)?.tasks_at_a_time(arguments.tasks);
    run.calls(arguments.warm).await?;
    let (start, before) = (Instant::now(), cpu::own()?);
    let items = run.calls(arguments.count).await?;
    let figures = Figures {
        calls: arguments.count,
        items,
        seconds: start.elapsed().as_secs_f64(),
        cpu: cpu::own()? - before,
    };
    println!("{}", serde_json::to_string(&figures)?);
    Ok(())
}
