//! Prints how many allocations a call takes, on both sides.
#![allow(clippy::print_stdout, reason = "the figures are what the program prints")]

use std::alloc::System;

use bench::canned::Canned;
use bench::workload::{Run, Side, Workload};
use clap::Parser;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATED: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Counts allocations.
#[derive(Debug, Parser)]
struct Arguments {
    /// What to run.
    workload: Workload,
    /// How many times.
    #[arg(default_value_t = 200)]
    count: usize,
}

/// The rounded quotient.
fn per(total: usize, count: usize) -> usize {
    (total + count / 2) / count.max(1)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> bench::Result<()> {
    let Arguments { workload, count } = Arguments::parse();
    let server = Canned::start(0)?;
    let mut found = serde_json::Map::new();
    for (name, side) in [("raw", Side::Raw), ("sdk", Side::Sdk)] {
        let run = Run::new(workload, side, server.url())?;
        run.calls(count).await?;
        let region = Region::new(ALLOCATED);
        run.calls(count).await?;
        let change = region.change();
        let figures = serde_json::json!({
            "allocations": per(change.allocations, count),
            "reallocations": per(change.reallocations, count),
            "bytes": per(change.bytes_allocated, count),
        });
        found.insert(name.to_owned(), figures);
    }
    println!("{}", serde_json::Value::from(found));
    Ok(())
}
