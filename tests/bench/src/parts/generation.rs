//! The generation of code from documents of several sizes.

use serde::Deserialize;

use crate::Result;
use crate::lab::{Lab, output};

/// What the program `generation` prints.
#[derive(Deserialize)]
struct Took {
    cpu: f64,
}

pub(super) fn run(lab: &mut Lab) -> Result<()> {
    // This program needs the generator, which the others don't wait for.
    output(lab.cargo().args([
        "build",
        "--quiet",
        "--release",
        "--package",
        "bench",
        "--features",
        "generation",
    ]))?;
    let copies = lab.times(20, 5);
    let took = |copies: usize| -> Result<f64> {
        let mut command = lab.program("generation")?;
        let took: Took = serde_json::from_slice(&output(command.arg(copies.to_string()))?.stdout)?;
        Ok(took.cpu / copies as f64)
    };
    let pairs = (0..lab.times(5, 1)).map(|_| {
        let other = took(1)?;
        Ok((took(copies)?, other))
    });
    let pairs = pairs.collect::<Result<Vec<(f64, f64)>>>()?;
    let note = (copies < 20).then(|| format!("{copies} copies alone, since the run was quick"));
    lab.keep("generation", &pairs, note)
}
