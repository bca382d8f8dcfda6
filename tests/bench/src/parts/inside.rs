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

/// The kinds of text in `benches/texts.rs`; the first is what the others are compared with.
const TEXTS: [(&str, &str); 9] = [
    (
        "client",
        "The client: `String` for texts, `Arc<str>` for ids, enumerations",
    ),
    ("string", "`String` for everything"),
    ("shared", "`Arc<str>`"),
    (
        "interned",
        "`Arc<str>`, shared by repeated values through a table of 64",
    ),
    ("compact", "`CompactString`, up to 24 bytes without an allocation"),
    ("small", "`SmolStr`, up to 23 bytes without an allocation"),
    ("record", "Places in one text for each user"),
    ("slices", "Slices of the body, which stays in memory"),
    ("borrowed", "`&str` of the body: the limit"),
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
        "--bench",
        "texts",
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
    let inside = micros.collect::<Result<Vec<Micro>>>()?;
    let of = |kind: &str| estimate(&directory.join("texts").join(kind));
    let client = of(TEXTS[0].0)?;
    let texts = TEXTS.iter().map(|(kind, name)| {
        Ok(Micro {
            name: (*name).to_owned(),
            ours: of(kind)?,
            other: client,
        })
    });
    lab.results.texts = texts.collect::<Result<Vec<Micro>>>()?;
    lab.results.inside = inside;
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
