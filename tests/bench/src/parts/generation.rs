//! The generation of code from documents of several sizes.

use std::process::Command;

use crate::Result;
use crate::lab::{Lab, cost, output};

const DOCUMENT: &str = "crates/spec/data/cloudflare.build.json";

pub(super) fn run(lab: &mut Lab) -> Result<()> {
    let mut cargo = lab.cargo();
    cargo.args(["build", "--quiet", "--release", "--target-dir", "target"]);
    output(cargo.args(["--package", "account-provisioning-codegen", "--example", "copies"]))?;
    let program = format!("target/release/examples/copies{}", std::env::consts::EXE_SUFFIX);
    let per_copy = |copies: usize| -> Result<f64> {
        let mut command = Command::new(lab.root.join(&program));
        command.current_dir(&lab.root).args([DOCUMENT, &copies.to_string()]);
        Ok(cost(&mut command)?.cpu / copies as f64)
    };
    let copies = lab.times(20, 5);
    let pairs = (0..lab.times(5, 1)).map(|_| {
        let other = per_copy(1)?;
        Ok((per_copy(copies)?, other))
    });
    let pairs = pairs.collect::<Result<Vec<(f64, f64)>>>()?;
    lab.keep("generation", &pairs, None)
}
