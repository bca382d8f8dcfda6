//! What a document reaches by its references.

use std::collections::BTreeSet;

use serde_json::Value;

/// Drops the components that `before` reached and `after` no longer does.
pub(super) fn prune(before: &Value, after: &mut Value) {
    let reached = reachable(before);
    let still = reachable(after);
    for place in reached.difference(&still) {
        let Some((section, name)) = component(place) else {
            continue;
        };
        if let Some(components) = after["components"].get_mut(section).and_then(Value::as_object_mut) {
            components.remove(name);
        }
    }
    if let Some(sections) = after["components"].as_object_mut() {
        sections.retain(|_, section| section.as_object().is_none_or(|section| !section.is_empty()));
    }
}

/// The places of every component that the operations reach.
fn reachable(document: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut queue: Vec<String> = references(&document["paths"]).into_iter().collect();
    while let Some(place) = queue.pop() {
        if found.insert(place.clone())
            && let Some(target) = document.pointer(&place)
        {
            queue.extend(references(target));
        }
    }
    found
}

/// The places that a value refers to.
pub(super) fn references(value: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    collect(value, &mut found);
    found
}

fn collect(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        // The mapping of a discriminator refers to components too, without the word `$ref`.
        Value::String(text) if text.starts_with("#/components/") => {
            found.insert(text[1..].to_owned());
        }
        Value::Object(map) => map.iter().for_each(|(_, value)| collect(value, found)),
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        _ => {}
    }
}

/// Section and name of the component at a place.
pub(super) fn component(place: &str) -> Option<(&str, &str)> {
    let (section, name) = place.strip_prefix("/components/")?.split_once('/')?;
    (!name.contains('/')).then_some((section, name))
}
