//! What only readers see: descriptions, examples, the title.

use super::fact::{Kind, Level};
use super::node::Node;
use super::place::Place;
use super::walk::Walk;
use super::words::changed;

/// The keys that say something and do nothing.
pub(super) const KEYS: [&str; 6] = ["description", "summary", "title", "example", "examples", "externalDocs"];

/// Compares what two nodes say.
pub(super) fn compare<'a>(walk: &mut Walk<'a>, place: &Place, before: &Node<'a>, after: &Node<'a>) {
    for key in KEYS {
        silent(walk, place, key, before, after);
    }
}

fn silent<'a>(walk: &mut Walk<'a>, place: &Place, key: &str, before: &Node<'a>, after: &Node<'a>) {
    let (old, new) = (before.get(key), after.get(key));
    let place = Place {
        direction: None,
        ..place.clone()
    };
    let what = match (&old, &new) {
        (Some(old), Some(new)) if old.value != new.value => "changed",
        (None, Some(_)) => "added",
        (Some(_), None) => "removed",
        _ => return,
    };
    let node = new.or(old).unwrap_or_else(|| after.clone());
    walk.add(&place, &node, format!("{key} {what}"), Level::Docs);
}

/// Compares the keys that nothing else has looked at: extensions are notes, anything else might mean something.
pub(super) fn rest<'a>(walk: &mut Walk<'a>, place: &Place, before: &Node<'a>, after: &Node<'a>, known: &[&str]) {
    let mut keys: Vec<&str> = before
        .entries()
        .into_iter()
        .chain(after.entries())
        .map(|(key, _)| key)
        .filter(|key| !known.contains(key) && !KEYS.contains(key))
        .collect();
    keys.sort_unstable();
    keys.dedup();
    for key in keys {
        if key.starts_with("x-") {
            silent(walk, place, key, before, after);
        } else if before.value.get(key) != after.value.get(key) {
            let node = after.get(key).unwrap_or_else(|| before.at(key));
            let change = changed(key, before.value.get(key), after.value.get(key));
            walk.add(place, &node, change, Level::Breaking);
        }
    }
}

/// Notes that something is deprecated, or no longer.
pub(super) fn deprecation<'a>(walk: &mut Walk<'a>, place: &Place, before: &Node<'a>, after: &Node<'a>) {
    match (before.flag("deprecated"), after.flag("deprecated")) {
        (false, true) => walk.add(place, &after.at("deprecated"), "deprecated", Level::Compatible),
        (true, false) => walk.add(place, after, "no longer deprecated", Level::Docs),
        _ => {}
    }
}

/// Compares what the document says of itself, and its list of tags.
pub(super) fn document(walk: &mut Walk<'_>) {
    let (before, after) = (walk.before.root(), walk.after.root());
    let place = |subject: String| Place::new(Kind::Document, subject, None);
    let (old, new) = (before.at("info"), after.at("info"));
    for (subject, old, new, key) in [
        ("openapi", &before, &after, "openapi"),
        ("info title", &old, &new, "title"),
        ("info version", &old, &new, "version"),
    ] {
        let (from, to) = (old.value.get(key), new.value.get(key));
        if from != to {
            let change = changed("", from, to).trim_start().to_owned();
            walk.add(&place(subject.to_owned()), &new.at(key), change, Level::Docs);
        }
    }
    let info = place("info".to_owned());
    for key in ["description", "summary", "contact", "license", "termsOfService"] {
        silent(walk, &info, key, &old, &new);
    }
    silent(walk, &place("document".to_owned()), "externalDocs", &before, &after);
    for (key, _) in before.entries().into_iter().chain(after.entries()) {
        if key.starts_with("x-") {
            silent(walk, &place("document".to_owned()), key, &before, &after);
        }
    }
    tags(walk, &before, &after);
}

fn tags<'a>(walk: &mut Walk<'a>, before: &Node<'a>, after: &Node<'a>) {
    let find = |list: &[Node<'a>], name: &str| list.iter().find(|tag| tag.text("name") == Some(name)).cloned();
    let (old, new) = (before.at("tags").items(), after.at("tags").items());
    for tag in &old {
        let name = tag.text("name").unwrap_or_default();
        let place = Place::new(Kind::Document, format!("tag {name}"), None);
        match find(&new, name) {
            Some(other) => compare(walk, &place, tag, &other),
            None => walk.add(&place, tag, "removed", Level::Docs),
        }
    }
    for tag in &new {
        let name = tag.text("name").unwrap_or_default();
        if find(&old, name).is_none() {
            let place = Place::new(Kind::Document, format!("tag {name}"), None);
            walk.add(&place, tag, "added", Level::Docs);
        }
    }
}
