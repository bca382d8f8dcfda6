//! Which components a document uses.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::import::json::component;

/// Removes the components that operations used before and don't use any more.
pub(super) fn prune(before: &Value, after: &mut Value) {
    let unused: Vec<String> = used(before).difference(&used(after)).cloned().collect();
    // An index would add the key with a null to a document that has no components.
    let Some(sections) = after.get_mut("components").and_then(Value::as_object_mut) else {
        return;
    };
    for pointer in &unused {
        if let Some((section, name)) = component(pointer)
            && let Some(components) = sections.get_mut(section).and_then(Value::as_object_mut)
        {
            components.remove(name);
        }
    }
    sections.retain(|_, section| section.as_object().is_none_or(|section| !section.is_empty()));
}

/// The pointers of every component that operations use.
fn used(document: &Value) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    let mut open: Vec<String> = references(&document["paths"]).into_iter().collect();
    while let Some(pointer) = open.pop() {
        if used.insert(pointer.clone())
            && let Some(target) = document.pointer(&pointer)
        {
            open.extend(references(target));
        }
    }
    used
}

/// The pointers that a value refers to.
pub(in crate::import) fn references(value: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    collect(value, &mut found);
    found
}

fn collect(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        // The mapping of a discriminator refers to components too, without the keyword `$ref`.
        Value::String(text) if text.starts_with("#/components/") => {
            found.insert(text[1..].to_owned());
        }
        Value::Object(map) => map.iter().for_each(|(_, value)| collect(value, found)),
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        _ => {}
    }
}
