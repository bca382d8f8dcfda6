//! The state of a comparison.

use std::collections::BTreeSet;

use crate::collector::Collector;
use crate::components::Documents;
use crate::document::Node;
use crate::fact::{Direction, Fact, Level};
use crate::subject::Subject;
use crate::wording::changed;

/// The two documents, the facts found so far, and the place in the documents.
#[derive(Debug)]
pub(crate) struct Context<'a> {
    pub(crate) documents: Documents<'a>,
    facts: Collector,
    /// The operation whose parts are being compared.
    operation: Option<String>,
    /// The parameter whose schema is being compared: `query page_size`.
    pub(crate) parameter: Option<String>,
    /// The pairs of schemas that are already compared for this operation, with the names in reports.
    compared: BTreeSet<(SchemaPair, String)>,
    /// The pairs of schemas whose comparison has begun but not ended. Meeting one again is recursion.
    in_progress: Vec<SchemaPair>,
}

type SchemaPair = (Direction, String, String);

impl<'a> Context<'a> {
    pub(crate) fn new(documents: Documents<'a>) -> Self {
        Self {
            documents,
            facts: Collector::default(),
            operation: None,
            parameter: None,
            compared: BTreeSet::new(),
            in_progress: Vec::new(),
        }
    }

    /// Starts with another operation.
    pub(crate) fn enter(&mut self, operation: Option<String>) {
        self.operation = operation;
        self.compared.clear();
    }

    /// Records a fact.
    pub(crate) fn add(&mut self, subject: &Subject, node: &Node<'a>, change: impl Into<String>, level: Level) {
        let place = (self.operation.as_deref(), self.parameter.as_deref());
        self.facts.add(subject, &node.pointer, &change.into(), level, place);
    }

    /// Records a fact if a boolean changed: `on` if it became true, `off` if it became false.
    pub(crate) fn add_toggled(
        &mut self,
        subject: &Subject,
        node: &Node<'a>,
        (before, after): (bool, bool),
        on: (&str, Level),
        off: (&str, Level),
    ) {
        match (before, after) {
            (false, true) => self.add(subject, node, on.0, on.1),
            (true, false) => self.add(subject, node, off.0, off.1),
            _ => {}
        }
    }

    /// Records a fact if two nodes differ in the value of `key`, which reports call `what`.
    pub(crate) fn add_changed(
        &mut self,
        subject: &Subject,
        what: &str,
        key: &str,
        (before, after): (&Node<'a>, &Node<'a>),
        level: Level,
    ) {
        let (old, new) = (before.value.get(key), after.value.get(key));
        if old != new {
            let node = after.get(key).unwrap_or_else(|| before.at(key));
            self.add(subject, &node, changed(what, old, new), level);
        }
    }

    /// A comparison beside this one, whose facts do not count. Recursion ends in it as it does here.
    pub(crate) fn nested(&self) -> Self {
        Self {
            in_progress: self.in_progress.clone(),
            ..Self::new(self.documents)
        }
    }

    /// Runs `compare` for the schemas at two places, unless they are already compared or in progress.
    pub(crate) fn compare_once(
        &mut self,
        subject: &Subject,
        before: &str,
        after: &str,
        compare: impl FnOnce(&mut Self),
    ) {
        let pair = (subject.direction_or_request(), before.to_owned(), after.to_owned());
        if self.in_progress.contains(&pair) || !self.compared.insert((pair.clone(), subject.name.clone())) {
            return;
        }
        self.in_progress.push(pair);
        compare(self);
        self.in_progress.pop();
    }

    /// The facts, the most important first.
    pub(crate) fn into_facts(self) -> Vec<Fact> {
        self.facts.into_facts()
    }
}
