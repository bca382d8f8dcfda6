//! What is checked in is what the results make.
#![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

use std::fs;
use std::path::Path;

use bench::parts::Part;
use bench::report::{Results, files};
use clap::ValueEnum as _;

#[test]
fn page_and_plots_are_the_rendering_of_the_results() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for (path, text) in files(&Results::read(&root).unwrap()).unwrap() {
        let found = fs::read_to_string(root.join(&path))
            .unwrap_or_default()
            .replace("\r\n", "\n");
        assert!(
            found == text,
            "{} is stale: run `cargo xtask bench --render`",
            path.display()
        );
    }
}

#[test]
fn parts_are_those_that_the_command_takes() {
    let command = include_str!("../../../xtask/src/commands/bench.rs");
    let names = Part::value_variants()
        .iter()
        .filter_map(|part| part.to_possible_value());
    let names: Vec<String> = names.map(|name| format!("{:?}", name.get_name())).collect();
    let (_, list) = command.split_once("const PARTS: &[&str] = &[").unwrap();
    let (list, _) = list.split_once("];").unwrap();
    let listed: Vec<&str> = list.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
    assert_eq!(listed, names);
}
