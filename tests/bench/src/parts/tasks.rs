//! Many tasks that share a client.

use crate::Result;
use crate::lab::Lab;
use crate::report::{Curve, Sample};
use crate::workload::{Figures, Side};

const TASKS: [usize; 8] = [1, 2, 4, 8, 16, 32, 64, 128];

pub(super) fn run(lab: &mut Lab) -> Result<()> {
    let calls = lab.times(12_800, 3200);
    let mut pairs = Vec::new();
    for _ in 0..lab.times(25, 5) {
        let other = by(lab, Side::Raw, 64, calls)?;
        let ours = by(lab, Side::Sdk, 64, calls)?;
        pairs.push((ours.cpu / ours.calls as f64, other.cpu / other.calls as f64));
    }
    lab.keep("tasks-cpu", &pairs, None)?;

    let mut curves = Vec::new();
    for (name, side) in [("reqwest and serde", Side::Raw), ("this client", Side::Sdk)] {
        let mut points = Vec::new();
        for tasks in TASKS {
            let rates = (0..lab.times(5, 1)).map(|_| {
                let figures = by(lab, side, tasks, calls)?;
                Ok(figures.calls as f64 / figures.seconds)
            });
            let rates = Sample::of(rates.collect::<Result<Vec<f64>>>()?).ok_or("no rates")?;
            points.push((tasks as f64, rates.median));
        }
        curves.push(Curve {
            name: name.to_owned(),
            points,
        });
    }
    lab.results.plots.insert("tasks".to_owned(), curves);
    Ok(())
}

fn by(lab: &Lab, side: Side, tasks: usize, calls: usize) -> Result<Figures> {
    let arguments = [
        calls.to_string(),
        format!("--tasks={tasks}"),
        format!("--warm={}", tasks * 4),
    ];
    lab.workload("tasks", side, &arguments)
}
