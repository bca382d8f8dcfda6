//! Operations: which pair belongs together, and what changed about them as a whole.

use serde_json::Value;

use super::fact::{Kind, Level};
use super::node::{Doc, Node};
use super::pairs::take;
use super::place::Place;
use super::walk::Walk;
use super::{bodies, docs, parameters, security, servers};

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

const KNOWN: [&str; 9] = [
    "operationId",
    "tags",
    "deprecated",
    "parameters",
    "requestBody",
    "responses",
    "security",
    "servers",
    "$ref",
];

/// An operation and the path that it stands under.
#[derive(Clone, Debug)]
pub(super) struct Operation<'a> {
    pub(super) method: &'static str,
    pub(super) path: &'a str,
    pub(super) item: Node<'a>,
    pub(super) node: Node<'a>,
}

impl Operation<'_> {
    fn id(&self) -> Option<&str> {
        self.node.text("operationId")
    }

    /// The path without the names of its parameters, which the wire does not show.
    fn template(&self) -> String {
        let mut template = String::new();
        let mut inside = false;
        for c in self.path.chars() {
            match c {
                '{' => {
                    inside = true;
                    template.push_str("{}");
                }
                '}' => inside = false,
                _ if inside => {}
                c => template.push(c),
            }
        }
        template
    }

    fn line(&self) -> String {
        format!("{} {}", self.method.to_uppercase(), self.path)
    }

    fn name(&self) -> String {
        self.id().map_or_else(|| self.line(), str::to_owned)
    }
}

/// All operations of a document.
pub(super) fn all(doc: Doc<'_>) -> Vec<Operation<'_>> {
    let mut operations = Vec::new();
    for (path, item) in doc.root().at("paths").entries() {
        let item = doc.resolve(item).node;
        for method in METHODS {
            if let Some(node) = item.get(method) {
                operations.push(Operation {
                    method,
                    path,
                    item: item.clone(),
                    node,
                });
            }
        }
    }
    operations
}

/// Compares all operations.
pub(super) fn compare(walk: &mut Walk<'_>) {
    let mut before = all(walk.before);
    let mut after = all(walk.after);
    let mut pairs = Vec::new();
    take(&mut before, &mut after, &mut pairs, |old, new| {
        old.method == new.method && old.template() == new.template()
    });
    take(&mut before, &mut after, &mut pairs, |old, new| {
        old.id().is_some() && old.id() == new.id()
    });
    for old in before {
        walk.enter(Some(old.name()));
        let place = Place::new(Kind::Operation, old.line(), None);
        walk.add(&place, &old.node, "operation removed", Level::Breaking);
    }
    for new in after {
        walk.enter(Some(new.name()));
        let place = Place::new(Kind::Operation, new.line(), None);
        walk.add(&place, &new.node, "operation added", Level::Compatible);
    }
    for (old, new) in pairs {
        walk.enter(Some(new.name()));
        pair(walk, &old, &new);
    }
    walk.enter(None);
}

fn pair<'a>(walk: &mut Walk<'a>, before: &Operation<'a>, after: &Operation<'a>) {
    let place = Place::new(Kind::Operation, after.line(), None);
    if before.template() != after.template() {
        let change = format!("path changed from {}", before.path);
        walk.add(&place, &after.node, change, Level::Breaking);
    }
    if before.method != after.method {
        let change = format!("method changed from {}", before.method.to_uppercase());
        walk.add(&place, &after.node, change, Level::Breaking);
    }
    name(walk, &place, before, after);
    let operation = Place::new(Kind::Operation, "operation", None);
    docs::deprecation(walk, &operation, &before.node, &after.node);
    docs::compare(walk, &operation, &before.node, &after.node);
    for key in ["description", "summary"] {
        let (old, new) = (before.item.value.get(key), after.item.value.get(key));
        if old != new {
            let path = Place::new(Kind::Operation, format!("path {}", after.path), None);
            walk.add(&path, &after.item, format!("{key} changed"), Level::Docs);
        }
    }
    tags(walk, &operation, before, after);
    docs::rest(walk, &operation, &before.node, &after.node, &KNOWN);
    servers::compare(walk, before, after);
    security::compare(walk, before, after);
    parameters::compare(walk, before, after);
    bodies::request(walk, &before.node, &after.node);
    bodies::responses(walk, &before.node, &after.node);
}

/// The wire does not show the name. Generated methods carry it, and whoever selects operations does so by it.
fn name<'a>(walk: &mut Walk<'a>, place: &Place, before: &Operation<'a>, after: &Operation<'a>) {
    let change = match (before.id(), after.id()) {
        (Some(old), Some(new)) if old != new => format!("operationId renamed from {old} to {new}"),
        (Some(old), None) => format!("operationId {old} removed"),
        (None, Some(new)) => format!("operationId {new} added"),
        _ => return,
    };
    let level = if before.id().is_some() {
        Level::Breaking
    } else {
        Level::Compatible
    };
    walk.add(place, &after.node.at("operationId"), change, level);
}

fn tags<'a>(walk: &mut Walk<'a>, place: &Place, before: &Operation<'a>, after: &Operation<'a>) {
    let (old, new) = (before.node.at("tags").texts(), after.node.at("tags").texts());
    if old != new {
        let join = |tags: std::collections::BTreeSet<&str>| match tags.len() {
            0 => "none".to_owned(),
            _ => tags.into_iter().collect::<Vec<_>>().join(", "),
        };
        let change = format!("tags changed from {} to {}", join(old), join(new));
        walk.add(place, &after.node.at("tags"), change, Level::Docs);
    }
}

/// What an operation has of its own, or else of its path, or else of the document.
pub(super) fn inherited<'a>(doc: Doc<'a>, operation: &Operation<'a>, key: &str) -> Option<Node<'a>> {
    let list = |node: Node<'a>| node.get(key).filter(|node| matches!(node.value, Value::Array(_)));
    list(operation.node.clone())
        .or_else(|| list(operation.item.clone()))
        .or_else(|| list(doc.root()))
}
