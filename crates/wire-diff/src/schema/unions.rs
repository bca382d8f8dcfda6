//! Choices: `oneOf` and `anyOf`, and the discriminator that tells which.

use super::SECTION;
use super::view::Pair;
use crate::wire_diff::fact::Level;
use crate::wire_diff::node::{Doc, Node};
use crate::wire_diff::pairs::take;
use crate::wire_diff::place::Place;
use crate::wire_diff::walk::Walk;
use crate::wire_diff::words::changed;

/// A variant, and how reports call it.
#[derive(Clone, Debug)]
struct Variant<'a> {
    node: Node<'a>,
    component: Option<String>,
    label: String,
}

impl<'a> Pair<'a> {
    pub(super) fn unions(&self, walk: &mut Walk<'a>, place: &Place) {
        for key in ["oneOf", "anyOf"] {
            self.union(walk, place, key);
        }
        self.discriminator(walk, place);
    }

    fn union(&self, walk: &mut Walk<'a>, place: &Place, key: &str) {
        let keyword = self.keyword(walk, place, key);
        let list = |doc: Doc<'a>, node: Option<&Node<'a>>| -> Vec<Variant<'a>> {
            let variants = node.map(Node::items).unwrap_or_default().into_iter().enumerate();
            variants.map(|(index, node)| variant(doc, node, index)).collect()
        };
        let mut was = list(walk.before, keyword.was());
        let mut is = list(walk.after, keyword.is());
        // A choice of one is none.
        if was.len() < 2 && is.len() < 2 {
            return;
        }
        let mut pairs = Vec::new();
        take(&mut was, &mut is, &mut pairs, |old, new| {
            match (&old.component, &new.component) {
                (Some(old), Some(new)) => walk.same_component(SECTION, old, new),
                _ => false,
            }
        });
        take(&mut was, &mut is, &mut pairs, |old, new| {
            old.node.value == new.node.value
        });
        take(&mut was, &mut is, &mut pairs, |old, new| {
            old.node.text("title").is_some() && old.node.text("title") == new.node.text("title")
        });
        // What is written out has no name; when as many are left as before, each is what its turn says.
        if was.len() == is.len() {
            take(&mut was, &mut is, &mut pairs, |old, new| {
                old.component.is_none() || new.component.is_none()
            });
        }
        let way = place.way();
        for variant in was {
            let change = format!("{key} variant {} removed", variant.label);
            walk.add(&keyword.at, &variant.node, change, way.narrower());
        }
        for variant in is {
            let change = format!("{key} variant {} added", variant.label);
            walk.add(&keyword.at, &variant.node, change, way.wider());
        }
        for (old, new) in pairs {
            super::compare(walk, &keyword.at.variant(&new.label), &old.node, &new.node);
        }
    }

    fn discriminator(&self, walk: &mut Walk<'a>, place: &Place) {
        let Some(keyword) = self.differing(walk, place, "discriminator") else {
            return;
        };
        let way = place.way();
        let at = &keyword.at;
        let name = |node: &Node<'a>| node.text("propertyName").unwrap_or_default().to_owned();
        let (old, new) = match (keyword.was(), keyword.is()) {
            (Some(old), Some(new)) => (old, new),
            (None, Some(new)) => {
                return keyword.add(walk, format!("discriminator `{}` added", name(new)), way.narrower());
            }
            (Some(old), None) => {
                return keyword.add(walk, format!("discriminator `{}` removed", name(old)), way.wider());
            }
            (None, None) => return,
        };
        if old.value.get("propertyName") != new.value.get("propertyName") {
            let change = changed(
                "discriminator",
                old.value.get("propertyName"),
                new.value.get("propertyName"),
            );
            walk.add(at, new, change, Level::Breaking);
        }
        let (was, is) = (old.at("mapping"), new.at("mapping"));
        for (value, node) in was.entries() {
            if is.get(value).is_none() {
                let change = format!("discriminator value `{value}` removed");
                walk.add(at, &node, change, way.narrower());
            }
        }
        for (value, node) in is.entries() {
            match was.get(value) {
                None => {
                    let change = format!("discriminator value `{value}` added");
                    walk.add(at, &node, change, way.wider());
                }
                Some(old) if !same_target(walk, &old, &node) => {
                    let change = format!("discriminator value `{value}` means another variant");
                    walk.add(at, &node, change, Level::Breaking);
                }
                Some(_) => {}
            }
        }
    }
}

/// A mapping names a component by its reference or by its bare name.
fn same_target(walk: &Walk<'_>, old: &Node<'_>, new: &Node<'_>) -> bool {
    let name = |node: &Node<'_>| {
        let text = node.value.as_str().unwrap_or_default();
        text.rsplit('/').next().unwrap_or_default().to_owned()
    };
    walk.same_component(SECTION, &name(old), &name(new))
}

fn variant<'a>(doc: Doc<'a>, node: Node<'a>, index: usize) -> Variant<'a> {
    let resolved = doc.resolve(node.clone());
    let label = resolved
        .component
        .clone()
        .or_else(|| resolved.node.text("title").map(str::to_owned))
        .unwrap_or_else(|| (index + 1).to_string());
    Variant {
        node,
        component: resolved.component,
        label,
    }
}
