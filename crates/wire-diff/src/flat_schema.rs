//! A schema with everything that `allOf` puts together.

use std::collections::BTreeSet;

use serde_json::Value;

use super::SECTION;
use crate::wire_diff::node::{Doc, Node, Resolved};
use crate::wire_diff::walk::Walk;

/// One of the schemas that are put together, and the component that it belongs to.
#[derive(Clone, Debug)]
pub(in crate::wire_diff) struct Part<'a> {
    pub(super) node: Node<'a>,
    pub(super) component: Option<String>,
}

/// A schema and what it is put together from; the outermost comes first, and what it says hides the others.
#[derive(Clone, Debug)]
pub(in crate::wire_diff) struct View<'a> {
    pub(super) parts: Vec<Part<'a>>,
}

/// Two views to compare.
#[derive(Debug)]
pub(super) struct Pair<'a> {
    pub(super) before: View<'a>,
    pub(super) after: View<'a>,
}

/// What kind of value a schema takes, and who says so.
#[derive(Debug)]
pub(super) struct Shape<'v, 'a> {
    pub(super) name: String,
    pub(super) part: Option<&'v Part<'a>>,
    pub(super) node: Node<'a>,
}

impl<'a> View<'a> {
    pub(in crate::wire_diff) fn of(doc: Doc<'a>, schema: Resolved<'a>) -> Self {
        let mut parts = Vec::new();
        gather(doc, schema, None, &mut parts);
        Self { parts }
    }

    pub(super) fn top(&self) -> Node<'a> {
        self.parts
            .first()
            .map_or_else(|| Node::nothing(""), |part| part.node.clone())
    }

    /// The first part that has a keyword.
    pub(super) fn find(&self, key: &str) -> Option<(&Part<'a>, Node<'a>)> {
        self.parts
            .iter()
            .find_map(|part| part.node.get(key).map(|node| (part, node)))
    }

    /// The first part that sets a flag.
    pub(super) fn on(&self, key: &str) -> Option<&Part<'a>> {
        self.parts.iter().find(|part| part.node.flag(key))
    }

    /// The kind of value, by `type` or by the keywords that only make sense for one.
    pub(super) fn kind(&self) -> Shape<'_, 'a> {
        let shape = |name: &str, part, node| Shape {
            name: name.to_owned(),
            part: Some(part),
            node,
        };
        if let Some((part, node)) = self.find("type") {
            let name = node
                .value
                .as_str()
                .map_or_else(|| node.value.to_string(), str::to_owned);
            return shape(&name, part, node);
        }
        for (key, name) in [
            ("properties", "object"),
            ("additionalProperties", "object"),
            ("items", "array"),
        ] {
            if let Some((part, node)) = self.find(key) {
                return shape(name, part, node);
            }
        }
        for key in ["oneOf", "anyOf"] {
            if let Some((part, node)) = self.find(key).filter(|(_, node)| node.items().len() > 1) {
                return shape(key, part, node);
            }
        }
        if let Some((part, node)) = self.find("enum") {
            let name = match node.items().first().map(|item| item.value) {
                Some(Value::String(_)) => "string",
                Some(Value::Number(_)) => "number",
                Some(Value::Bool(_)) => "boolean",
                _ => "any",
            };
            return shape(name, part, node);
        }
        Shape {
            name: "any".to_owned(),
            part: None,
            node: self.top(),
        }
    }

    /// What tells one schema from another: its fields, values and variants.
    fn names(&self) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        for part in &self.parts {
            names.extend(
                part.node
                    .at("properties")
                    .entries()
                    .into_iter()
                    .map(|(name, _)| name.to_owned()),
            );
            for key in ["enum", "oneOf", "anyOf"] {
                names.extend(part.node.at(key).items().into_iter().map(|item| item.value.to_string()));
            }
        }
        names
    }
}

/// Whether two schemas are two states of one: most of the smaller one's fields or values are in the other.
pub(in crate::wire_diff) fn alike(before: &View<'_>, after: &View<'_>) -> bool {
    let (old, new) = (before.names(), after.names());
    if old.is_empty() || new.is_empty() {
        return old.is_empty() && new.is_empty() && before.kind().name == after.kind().name;
    }
    let common = old.intersection(&new).count();
    common > 0 && common * 2 >= old.len().min(new.len())
}

fn gather<'a>(doc: Doc<'a>, schema: Resolved<'a>, around: Option<&str>, parts: &mut Vec<Part<'a>>) {
    if parts.iter().any(|part| part.node.pointer == schema.node.pointer) {
        return;
    }
    let component = schema.component.or_else(|| around.map(str::to_owned));
    parts.push(Part {
        node: schema.node.clone(),
        component: component.clone(),
    });
    let mut members = schema.node.at("allOf").items();
    for key in ["oneOf", "anyOf"] {
        // A choice of one is none.
        let variants = schema.node.at(key).items();
        if variants.len() == 1 {
            members.extend(variants);
        }
    }
    for member in members {
        gather(doc, doc.resolve(member), component.as_deref(), parts);
    }
}

impl<'a> Pair<'a> {
    /// The parts that belong together: those of the same component, each in its turn.
    pub(super) fn matched(&self, walk: &Walk<'_>) -> Vec<(&Part<'a>, &Part<'a>)> {
        let mut free: Vec<&Part<'a>> = self.before.parts.iter().collect();
        let mut pairs = Vec::new();
        for new in &self.after.parts {
            if let Some(found) = free.iter().position(|old| same(walk, old, new)) {
                pairs.push((free.remove(found), new));
            }
        }
        pairs
    }

    /// The parts that have none.
    pub(super) fn unmatched(&self, walk: &Walk<'_>) -> (Vec<&Part<'a>>, Vec<&Part<'a>>) {
        let pairs = self.matched(walk);
        let old = self.before.parts.iter();
        let new = self.after.parts.iter();
        (
            old.filter(|part| !pairs.iter().any(|(old, _)| std::ptr::eq(*old, *part)))
                .collect(),
            new.filter(|part| !pairs.iter().any(|(_, new)| std::ptr::eq(*new, *part)))
                .collect(),
        )
    }
}

/// Whether two parts belong to one component, or to none.
pub(super) fn same(walk: &Walk<'_>, old: &Part<'_>, new: &Part<'_>) -> bool {
    match (&old.component, &new.component) {
        (Some(old), Some(new)) => walk.same_component(SECTION, old, new),
        (None, None) => true,
        _ => false,
    }
}
