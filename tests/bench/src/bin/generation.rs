//! Generates the code of a document that is several copies of Cloudflare's, and prints the time it took.
#![allow(clippy::print_stdout, reason = "the figures are what the program prints")]

use account_provisioning_codegen::{Options, generate};
use bench::cpu;
use clap::Parser;
use serde_json::{Map, Value, json};

const DOCUMENT: &str = include_str!("../../../../crates/spec/data/cloudflare.build.json");

/// Generates code.
#[derive(Debug, Parser)]
struct Arguments {
    /// How many copies the document has.
    copies: usize,
}

/// A copy whose operations, paths and schemas have names of their own.
fn renamed(value: &Value, suffix: &str) -> Value {
    match value {
        Value::String(text) if text.starts_with("#/components/schemas/") => json!(format!("{text}{suffix}")),
        Value::Array(items) => items.iter().map(|item| renamed(item, suffix)).collect(),
        Value::Object(fields) => {
            let fields = fields.iter().map(|(key, value)| match (key.as_str(), value) {
                ("operationId", Value::String(id)) => (key.clone(), json!(format!("{id}{suffix}"))),
                _ => (key.clone(), renamed(value, suffix)),
            });
            Value::Object(fields.collect())
        }
        other => other.clone(),
    }
}

/// Adds the entries of a map, under new names.
fn add(to: &mut Value, from: &Value, name: impl Fn(&str) -> String) {
    if let (Some(to), Some(from)) = (to.as_object_mut(), from.as_object()) {
        to.extend(from.iter().map(|(key, value)| (name(key), value.clone())));
    }
}

fn main() -> bench::Result<()> {
    let Arguments { copies } = Arguments::parse();
    let one: Value = serde_json::from_str(DOCUMENT)?;
    let mut all = one.clone();
    all["paths"] = Map::new().into();
    all["components"]["schemas"] = Map::new().into();
    for copy in 1..=copies {
        let suffix = format!("Copy{copy}");
        let renamed = renamed(&one, &suffix);
        add(&mut all["paths"], &renamed["paths"], |path| {
            format!("/copy{copy}{path}")
        });
        add(
            &mut all["components"]["schemas"],
            &renamed["components"]["schemas"],
            |name| format!("{name}{suffix}"),
        );
    }
    let document = all.to_string();
    let before = cpu::own()?;
    let code = generate(&document, Options::default()).map_err(|problem| problem.to_string())?;
    println!(
        "{}",
        json!({ "copies": copies, "bytes": code.len(), "cpu": cpu::own()? - before })
    );
    Ok(())
}
