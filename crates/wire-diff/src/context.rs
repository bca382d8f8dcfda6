//! The way through two documents at once.

use std::collections::BTreeSet;

use super::components;
use super::fact::{Direction, Level};
use super::node::{Doc, Node, Resolved};
use super::place::Place;
use super::sink::Sink;

/// What a comparison carries with it.
#[derive(Debug)]
pub(super) struct Walk<'a> {
    pub(super) before: Doc<'a>,
    pub(super) after: Doc<'a>,
    pub(super) sink: Sink,
    /// The operation whose parts are being compared.
    pub(super) operation: Option<String>,
    /// The pairs of schemas that this operation has led to, under their names.
    done: BTreeSet<(Pair, String)>,
    /// The pairs on the way from the operation to here; meeting one of them again is recursion.
    open: Vec<Pair>,
}

type Pair = (Direction, String, String);

impl<'a> Walk<'a> {
    pub(super) fn new(before: Doc<'a>, after: Doc<'a>) -> Self {
        Self {
            before,
            after,
            sink: Sink::default(),
            operation: None,
            done: BTreeSet::new(),
            open: Vec::new(),
        }
    }

    /// Starts with another operation.
    pub(super) fn enter(&mut self, operation: Option<String>) {
        self.operation = operation;
        self.done.clear();
    }

    /// Notes a fact.
    pub(super) fn add(&mut self, place: &Place, node: &Node<'a>, change: impl Into<String>, level: Level) {
        self.sink
            .add(place, &node.pointer, change.into(), level, self.operation.as_deref());
    }

    /// Runs `compare` for a pair of schemas, unless that has happened or is under way.
    pub(super) fn once(&mut self, place: &Place, before: &Node<'a>, after: &Node<'a>, compare: impl FnOnce(&mut Self)) {
        let pair = (place.way(), before.pointer.clone(), after.pointer.clone());
        if self.open.contains(&pair) || !self.done.insert((pair.clone(), place.subject.clone())) {
            return;
        }
        self.open.push(pair);
        compare(self);
        self.open.pop();
    }

    /// Whether two components are one, under the same name or under a new one.
    pub(super) fn same_component(&self, section: &str, before: &str, after: &str) -> bool {
        before == after || components::renamed(self, section, before, after)
    }

    /// The name of the component that both sides refer to, as the newer document calls it.
    pub(super) fn shared_name(&self, section: &str, before: &Resolved<'a>, after: &Resolved<'a>) -> Option<String> {
        let (old, new) = (before.component.as_ref()?, after.component.as_ref()?);
        self.same_component(section, old, new).then(|| new.clone())
    }
}
