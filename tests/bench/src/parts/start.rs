//! The start of a process.

use std::time::Instant;

use crate::Result;
use crate::canned::Canned;
use crate::lab::Lab;
use crate::workload::{Figures, Side};

pub(super) fn run(lab: &mut Lab) -> Result<()> {
    let server = Canned::start(0)?;
    let mut pairs = Vec::new();
    for _ in 0..lab.times(101, 15) {
        let other = start(lab, Side::Raw, &server)?;
        let ours = start(lab, Side::Sdk, &server)?;
        pairs.push((ours, other));
    }
    lab.keep("start", &pairs, None)
}

/// From the start of the process to its end, with one call.
fn start(lab: &Lab, side: Side, server: &Canned) -> Result<f64> {
    let arguments = ["1".to_owned(), "--warm=0".to_owned(), format!("--url={}", server.url())];
    let start = Instant::now();
    let _: Figures = lab.workload("get", side, &arguments)?;
    Ok(start.elapsed().as_secs_f64())
}
