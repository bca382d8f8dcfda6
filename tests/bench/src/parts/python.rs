//! The vendor's client for Python.

use std::process::Command;

use crate::Result;
use crate::canned::Canned;
use crate::lab::{Lab, output};
use crate::workload::{Figures, Side};

pub(super) fn run(lab: &mut Lab) -> Result<()> {
    let python = lab.tool("python")?;
    let server = Canned::start(0)?;
    let calls = lab.times(100, 20);
    let mut pairs = Vec::new();
    for _ in 0..lab.times(9, 3) {
        let mut script = Command::new(&python);
        script
            .current_dir(&lab.root)
            .arg("tests/bench/list_users.py")
            .args([server.url(), &calls.to_string()]);
        let other: f64 = String::from_utf8(output(&mut script)?.stdout)?.trim().parse()?;
        let arguments = [(calls * 20).to_string(), format!("--url={}", server.url())];
        let ours: Figures = lab.workload("users", Side::Sdk, &arguments)?;
        pairs.push((ours.seconds / ours.calls as f64, other));
    }
    lab.keep("python", &pairs, None)
}
