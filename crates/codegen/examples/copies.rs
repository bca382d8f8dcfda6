//! Generates the code of a document that is several copies of another one, and prints how long the code is.
//! `cargo xtask bench` measures how the time grows with the copies.
//!
//! ```console
//! $ cargo run --example copies crates/spec/data/cloudflare.build.json 20
//! ```
#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use std::error::Error;
use std::{env, fs};

use account_provisioning_codegen::{Options, generate};
use serde_json::{Map, Value, json};

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

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let (Some(path), Some(copies)) = (arguments.next(), arguments.next()) else {
        return Err("usage: copies DOCUMENT NUMBER".into());
    };
    let one: Value = serde_json::from_slice(&fs::read(path)?)?;
    let mut all = one.clone();
    all["paths"] = Map::new().into();
    all["components"]["schemas"] = Map::new().into();
    for copy in 1..=copies.parse()? {
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
    let code = generate(&all.to_string(), Options::default())?;
    println!("{} bytes", code.len());
    Ok(())
}
