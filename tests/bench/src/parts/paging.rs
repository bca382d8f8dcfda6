//! Lists of many pages.

use crate::Result;
use crate::canned::Canned;
use crate::lab::Lab;
use crate::report::{Curve, Sample};
use crate::workload::{Figures, Side};

/// 10,000 members, 50 a page.
const PAGES: usize = 200;
/// The latencies of the plot, in milliseconds.
const LATENCIES: [u64; 7] = [0, 2, 5, 10, 20, 50, 100];

pub(super) fn run(lab: &mut Lab) -> Result<()> {
    let server = Canned::start(20)?;
    let mut pairs = Vec::new();
    for _ in 0..lab.times(5, 1) {
        let other = read(lab, "members-stream", Side::Raw, PAGES, &server)?;
        let ours = read(lab, "members-stream", Side::Sdk, PAGES, &server)?;
        pairs.push((ours.seconds, other.seconds));
    }
    lab.keep("paging-wall", &pairs, None)?;

    let server = Canned::start(0)?;
    let mut pairs = Vec::new();
    for _ in 0..lab.times(25, 5) {
        let other = read(lab, "members-stream", Side::Raw, PAGES, &server)?;
        let ours = read(lab, "members-stream", Side::Sdk, PAGES, &server)?;
        pairs.push((ours.cpu, other.cpu));
    }
    lab.keep("paging-cpu", &pairs, None)?;
    plot(lab)
}

fn plot(lab: &mut Lab) -> Result<()> {
    let lines = [
        (
            "reqwest and serde, one page after the other",
            "members-stream",
            Side::Raw,
        ),
        ("this client, `stream`", "members-stream", Side::Sdk),
        ("this client, `stream_ahead(0)`", "members-one-by-one", Side::Sdk),
    ];
    let mut curves = Vec::new();
    for (name, workload, side) in lines {
        let mut points = Vec::new();
        for latency in LATENCIES {
            let server = Canned::start(latency)?;
            let rates = (0..lab.times(3, 1)).map(|_| {
                let figures = read(lab, workload, side, 64, &server)?;
                Ok(figures.items as f64 / figures.seconds)
            });
            let rates = Sample::of(rates.collect::<Result<Vec<f64>>>()?).ok_or("no rates")?;
            points.push((latency as f64, rates.median));
        }
        curves.push(Curve {
            name: name.to_owned(),
            points,
        });
    }
    lab.results.plots.insert("latency".to_owned(), curves);
    Ok(())
}

fn read(lab: &Lab, workload: &str, side: Side, pages: usize, server: &Canned) -> Result<Figures> {
    lab.workload(workload, side, &[pages.to_string(), format!("--url={}", server.url())])
}
