//! The memory of a long list.

use serde::Deserialize;

use crate::Result;
use crate::lab::{Lab, Unavailable, output};
use crate::report::Curve;

/// How many members are read before the memory counts.
const FIRST: u64 = 10_000;

/// What the program `memory` prints after each 10,000 members.
#[derive(Deserialize)]
struct Reading {
    items: u64,
    resident: u64,
    largest: u64,
}

pub(super) fn run(lab: &mut Lab) -> Result<()> {
    if !cfg!(target_os = "linux") {
        return Err(Unavailable("the memory of a process is read from /proc, which only Linux has".into()).into());
    }
    let total = lab.times(1_000_000, 200_000);
    let mut pairs = Vec::new();
    let mut points = Vec::new();
    for _ in 0..lab.times(3, 1) {
        let printed = output(lab.program("memory")?.arg(total.to_string()))?.stdout;
        let readings: Vec<Reading> = serde_json::from_slice(&printed)?;
        let first = readings
            .iter()
            .find(|reading| reading.items == FIRST)
            .ok_or("no first reading")?;
        let last = readings.last().ok_or("no reading")?;
        pairs.push((last.largest as f64, first.largest as f64));
        points = readings
            .iter()
            .map(|reading| (reading.items as f64, reading.resident as f64 / 1_048_576.0))
            .collect();
    }
    lab.keep("memory", &pairs, None)?;
    let curve = Curve {
        name: "this client, `stream`".to_owned(),
        points,
    };
    lab.results.plots.insert("memory".to_owned(), vec![curve]);
    Ok(())
}
