//! Components that no operation leads to: nothing of the wire, and a reader of the document should know all the same.

use std::collections::BTreeSet;

use super::fact::{Kind, Level};
use super::node::{Doc, collect};
use super::place::Place;
use super::walk::Walk;

/// Notes the components that came, went or changed out of the sight of all operations.
pub(super) fn compare(walk: &mut Walk<'_>) {
    let (old, new) = (used(walk.before), used(walk.after));
    let mut sections: Vec<&str> = Vec::new();
    for doc in [walk.before, walk.after] {
        sections.extend(doc.root().at("components").entries().into_iter().map(|(name, _)| name));
    }
    sections.sort_unstable();
    sections.dedup();
    for section in sections {
        let (before, after) = (walk.before.section(section), walk.after.section(section));
        let place = |name: &str| Place::new(Kind::Document, format!("unused components.{section}.{name}"), None);
        for (name, node) in before.entries() {
            if after.get(name).is_none() && !old.contains(&node.pointer) {
                walk.add(&place(name), &node, "removed", Level::Docs);
            }
        }
        for (name, node) in after.entries() {
            if new.contains(&node.pointer) {
                continue;
            }
            match before.get(name) {
                None => walk.add(&place(name), &node, "added", Level::Docs),
                Some(other) if other.value != node.value && !old.contains(&other.pointer) => {
                    walk.add(&place(name), &node, "changed", Level::Docs);
                }
                Some(_) => {}
            }
        }
    }
}

/// The pointers of the components that operations lead to.
fn used(doc: Doc<'_>) -> BTreeSet<String> {
    let mut found = Vec::new();
    collect(&doc.root().at("paths"), &mut found);
    let mut used = BTreeSet::new();
    while let Some((_, target)) = found.pop() {
        let Some(pointer) = target.strip_prefix('#') else {
            continue;
        };
        if used.insert(pointer.to_owned()) {
            let node = super::node::Node {
                value: doc.root().value.pointer(pointer).unwrap_or(&serde_json::Value::Null),
                pointer: pointer.to_owned(),
            };
            collect(&node, &mut found);
        }
    }
    for operation in super::operations::all(doc) {
        if let Some(node) = super::operations::inherited(doc, &operation, "security") {
            for alternative in node.items() {
                for (name, _) in alternative.entries() {
                    used.insert(doc.section("securitySchemes").at(name).pointer);
                }
            }
        }
    }
    used
}
