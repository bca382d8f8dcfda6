//! What criterion measures inside a process.

use std::fs;
use std::path::Path;

use serde::Deserialize;

use crate::Result;
use crate::lab::{Lab, output};
use crate::report::{Micro, Sample};

/// The groups of `benches/inside.rs`, each with a benchmark `ours` and one `other`.
const GROUPS: [(&str, &str); 4] = [
    (
        "users",
        "Decode a list of 100 users; the other is serde with equal structs",
    ),
    ("date", "Decode a date; the other is chrono"),
    ("id", "Decode an id; the other is a `String`"),
    (
        "paging",
        "Stream 10 000 items out of 200 pages that are there; the other is a loop over the pages",
    ),
];

/// One estimate of criterion, in nanoseconds.
#[derive(Deserialize)]
struct Estimates {
    median: Estimate,
}

#[derive(Deserialize)]
struct Estimate {
    confidence_interval: Interval,
    point_estimate: f64,
}

#[derive(Deserialize)]
struct Interval {
    lower_bound: f64,
    upper_bound: f64,
}

pub(super) fn run(lab: &mut Lab) -> Result<()> {
    let mut cargo = lab.cargo();
    cargo.args([
        "bench",
        "--quiet",
        "--package",
        "bench",
        "--bench",
        "inside",
        "--",
        "--noplot",
    ]);
    if lab.quick {
        cargo.arg("--quick");
    }
    output(cargo.env("CRITERION_HOME", lab.directory("criterion")?))?;
    let directory = lab.directory("criterion")?;
    let micros = GROUPS.iter().map(|(group, name)| {
        Ok(Micro {
            name: (*name).to_owned(),
            ours: estimate(&directory.join(group).join("ours"))?,
            other: estimate(&directory.join(group).join("other"))?,
        })
    });
    lab.results.inside = micros.collect::<Result<Vec<Micro>>>()?;
    Ok(())
}

fn estimate(directory: &Path) -> Result<Sample> {
    let text = fs::read(directory.join("new/estimates.json"))?;
    let Estimates { median } = serde_json::from_slice(&text)?;
    let interval = median.confidence_interval;
    let of = |nanoseconds: f64| Sample::of([nanoseconds / 1e9]).map_or(0.0, |sample| sample.median);
    Ok(Sample {
        median: of(median.point_estimate),
        low: of(interval.lower_bound),
        high: of(interval.upper_bound),
    })
}
