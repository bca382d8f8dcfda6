//! The features of a crate, from its manifest.

use std::collections::BTreeSet;

use super::attributes::Cfg;
use super::facts::{Fact, Facts, Shape};

/// Adds a fact for each feature.
pub(super) fn collect(manifest: &toml::Table, facts: &mut Facts) {
    let table = |name: &str| manifest.get(name).and_then(toml::Value::as_table);
    let mut mentioned = BTreeSet::new();
    for (name, on) in table("features").into_iter().flatten() {
        let on: BTreeSet<String> = on
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(toml::Value::as_str)
            .map(str::to_owned)
            .collect();
        mentioned.extend(on.iter().filter_map(|one| one.strip_prefix("dep:")).map(str::to_owned));
        add(name, on, facts);
    }
    // An optional dependency that no feature names with `dep:` is a feature of its own.
    for (name, dependency) in table("dependencies").into_iter().flatten() {
        if dependency.get("optional").and_then(toml::Value::as_bool) == Some(true) && !mentioned.contains(name) {
            add(name, BTreeSet::from([format!("dep:{name}")]), facts);
        }
    }
}

fn add(name: &str, on: BTreeSet<String>, facts: &mut Facts) {
    let quoted: Vec<String> = on.iter().map(|one| format!("\"{one}\"")).collect();
    let fact = Fact {
        item: format!("feature {name}"),
        section: String::new(),
        owner: None,
        context: Some("[features]".to_owned()),
        text: format!("{name} = [{}]", quoted.join(", ")),
        cfg: Cfg::new(),
        marks: BTreeSet::new(),
        shape: Shape::Feature(on),
    };
    facts.insert(format!("feature {name}"), fact);
}
