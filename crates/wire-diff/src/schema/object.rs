//! Properties, and what an object may hold beside them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::view::{Pair, Part, View};
use crate::wire_diff::fact::{Direction, Level};
use crate::wire_diff::node::{Doc, Node};
use crate::wire_diff::place::Place;
use crate::wire_diff::walk::Walk;

/// A property, and the parts that define it.
type Properties<'v, 'a> = BTreeMap<&'a str, Vec<(&'v Part<'a>, Node<'a>)>>;

/// What an object may hold beside its properties.
enum Extra<'k, 'a> {
    Anything,
    Nothing,
    Values(&'k Node<'a>),
}

impl<'a> Pair<'a> {
    pub(super) fn object(&self, walk: &mut Walk<'a>, place: &Place) {
        let (old, new) = (properties(&self.before), properties(&self.after));
        let names: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
        for &name in &names {
            match (old.get(name), new.get(name)) {
                (Some(old), None) => self.removed(walk, place, name, old),
                (None, Some(new)) => self.added(walk, place, name, new),
                (Some(old), Some(new)) => self.both(walk, place, name, old, new),
                (None, None) => {}
            }
        }
        // A field may be required without being described.
        let listed = |view: &View<'a>| -> BTreeSet<&'a str> {
            view.parts
                .iter()
                .flat_map(|part| part.node.at("required").texts())
                .collect()
        };
        for name in listed(&self.before).union(&listed(&self.after)) {
            if !names.contains(name) {
                self.requirement(walk, place, name);
            }
        }
        self.extra(walk, place);
    }

    fn removed(&self, walk: &mut Walk<'a>, place: &Place, name: &str, old: &[(&Part<'a>, Node<'a>)]) {
        let Some((part, node)) = old.first() else { return };
        if absent(walk.before, node, place.way()) {
            return;
        }
        let at = self.owner(walk, place, Some(part), None).field(name);
        walk.add(&at, node, "removed", Level::Breaking);
    }

    fn added(&self, walk: &mut Walk<'a>, place: &Place, name: &str, new: &[(&Part<'a>, Node<'a>)]) {
        let Some((part, node)) = new.first() else { return };
        let way = place.way();
        if absent(walk.after, node, way) {
            return;
        }
        let at = self.owner(walk, place, None, Some(part)).field(name);
        if requires(&self.after, name).is_some() {
            walk.add(&at, node, "added, required", way.narrower());
        } else {
            walk.add(&at, node, "added, optional", Level::Compatible);
        }
    }

    fn both(
        &self,
        walk: &mut Walk<'a>,
        place: &Place,
        name: &str,
        old: &[(&Part<'a>, Node<'a>)],
        new: &[(&Part<'a>, Node<'a>)],
    ) {
        let (Some((_, first)), Some((_, second))) = (old.first(), new.first()) else {
            return;
        };
        let way = place.way();
        if absent(walk.before, first, way) && absent(walk.after, second, way) {
            return;
        }
        self.requirement(walk, place, name);
        for ((old_part, old), (new_part, new)) in old.iter().zip(new) {
            let at = self.owner(walk, place, Some(old_part), Some(new_part)).field(name);
            super::compare(walk, &at, old, new);
        }
    }

    fn requirement(&self, walk: &mut Walk<'a>, place: &Place, name: &str) {
        let (old, new) = (requires(&self.before, name), requires(&self.after, name));
        let way = place.way();
        let (word, level) = match (old.is_some(), new.is_some()) {
            (false, true) => ("now required", way.narrower()),
            (true, false) => ("now optional", way.wider()),
            _ => return,
        };
        let at = self.owner(walk, place, old, new).field(name);
        let node = new
            .or(old)
            .map_or_else(|| self.after.top(), |part| part.node.at("required"));
        walk.add(&at, &node, word, level);
    }

    fn extra(&self, walk: &mut Walk<'a>, place: &Place) {
        let keyword = self.keyword(walk, place, "additionalProperties");
        let at = &keyword.at;
        let top = self.after.top();
        let node = keyword.is().unwrap_or(&top);
        let way = place.way();
        match (extra(keyword.was()), extra(keyword.is())) {
            (Extra::Values(old), Extra::Values(new)) => super::compare(walk, &at.values(), old, new),
            (Extra::Anything, Extra::Nothing) => {
                walk.add(at, node, "no longer takes other fields", way.narrower());
            }
            // What is generated passes over fields that it does not know.
            (Extra::Nothing, Extra::Anything) => walk.add(at, node, "now takes other fields", Level::Compatible),
            (Extra::Anything, Extra::Values(new)) => {
                let change = format!("other fields limited to {}", shape(walk.after, new));
                walk.add(at, node, change, way.narrower());
            }
            (Extra::Values(old), Extra::Anything) => {
                let change = format!("other fields no longer limited to {}", shape(walk.before, old));
                walk.add(at, node, change, way.wider());
            }
            (Extra::Values(old), Extra::Nothing) => {
                let change = format!("other fields of {} removed", shape(walk.before, old));
                walk.add(at, node, change, Level::Breaking);
            }
            (Extra::Nothing, Extra::Values(new)) => {
                let change = format!("other fields of {} added", shape(walk.after, new));
                walk.add(at, node, change, Level::Compatible);
            }
            (Extra::Anything, Extra::Anything) | (Extra::Nothing, Extra::Nothing) => {}
        }
    }
}

fn properties<'v, 'a>(view: &'v View<'a>) -> Properties<'v, 'a> {
    let mut properties = Properties::new();
    for part in &view.parts {
        for (name, node) in part.node.at("properties").entries() {
            properties.entry(name).or_default().push((part, node));
        }
    }
    properties
}

/// The first part that requires a field.
fn requires<'v, 'a>(view: &'v View<'a>, name: &str) -> Option<&'v Part<'a>> {
    view.parts
        .iter()
        .find(|part| part.node.at("required").texts().contains(name))
}

/// Whether a field never goes this way.
fn absent<'a>(doc: Doc<'a>, property: &Node<'a>, way: Direction) -> bool {
    let key = match way {
        Direction::Request => "readOnly",
        Direction::Response => "writeOnly",
    };
    View::of(doc, doc.resolve(property.clone())).on(key).is_some()
}

fn extra<'k, 'a>(node: Option<&'k Node<'a>>) -> Extra<'k, 'a> {
    match node {
        None => Extra::Anything,
        Some(node) => match node.value {
            Value::Bool(false) => Extra::Nothing,
            Value::Object(map) if !map.is_empty() => Extra::Values(node),
            _ => Extra::Anything,
        },
    }
}

fn shape<'a>(doc: Doc<'a>, node: &Node<'a>) -> String {
    let resolved = doc.resolve(node.clone());
    match &resolved.component {
        Some(name) => name.clone(),
        None => View::of(doc, resolved).kind().name,
    }
}
