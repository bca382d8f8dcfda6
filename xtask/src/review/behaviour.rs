//! What generated code does differently although its types are the same: whether an operation is retried, whether it
//! sends credentials, and in which forms a field is read.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use account_provisioning_codegen::table::{self, Operation};
use account_provisioning_wire_diff::{Fact, Kind, Level, path_template};
use serde_json::Value;

/// How wire facts begin the change of an extension that says in which forms a field is read.
const READS: &str = "x-reads ";

/// One change of behaviour. Its `Display` is one line without the operations.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BehaviourFact {
    /// What the change means to programs.
    pub level: Level,
    /// What changed: `retry`, `credentials`, or the field that is read.
    pub subject: String,
    /// How it changed.
    pub change: String,
    /// The operationIds of the operations that behave differently, sorted.
    pub operations: Vec<String>,
}

impl fmt::Display for BehaviourFact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.subject, self.change)
    }
}

/// A document with its overlay applied in both trees, and what they differ by.
pub(super) struct Effective<'a> {
    pub(super) before: &'a Value,
    pub(super) after: &'a Value,
    pub(super) facts: &'a [Fact],
}

/// Compares the behaviour. Credentials about which one of the wire facts tells are left to that fact, which is made
/// breaking if programs no longer send any.
pub(super) fn compare(effective: &Effective<'_>, wire: &mut [Fact]) -> Vec<BehaviourFact> {
    let mut changes = Changes::default();
    let mut flipped = BTreeSet::new();
    for (old, new) in pairs(effective) {
        if old.retry != new.retry {
            // The classes are in the order in which repeating becomes less safe.
            let level = if new.retry < old.retry {
                Level::Breaking
            } else {
                Level::Compatible
            };
            let change = format!("changed from {} to {}", old.retry.as_str(), new.retry.as_str());
            changes.add(level, "retry", change, &new.operation_id);
        }
        if old.authenticated != new.authenticated {
            flipped.insert(new.operation_id.clone());
            let told = wire
                .iter_mut()
                .filter(|fact| fact.kind == Kind::Security && fact.operations.contains(&new.operation_id));
            let mut is_told = false;
            for fact in told {
                is_told = true;
                fact.level = Level::Breaking;
            }
            if !is_told {
                let change = if new.authenticated {
                    "now sent"
                } else {
                    "no longer sent"
                };
                changes.add(Level::Breaking, "credentials", change.to_owned(), &new.operation_id);
            }
        }
    }
    let is_on_the_wire = |fact: &Fact| wire.iter().any(|other| other.subject == fact.subject);
    for fact in effective.facts {
        let operations = || fact.operations.iter();
        if fact.kind == Kind::Security && !is_on_the_wire(fact) {
            for operation in operations().filter(|operation| !flipped.contains(*operation)) {
                changes.add(Level::Breaking, "credentials", fact.to_string(), operation);
            }
        }
        if let Some(verb) = fact.change.strip_prefix(READS) {
            let level = if verb == "added" {
                Level::Compatible
            } else {
                Level::Breaking
            };
            let change = format!("other forms of responses ({}): {verb}", READS.trim_end());
            operations().for_each(|operation| changes.add(level, &fact.subject, change.clone(), operation));
        }
    }
    changes.into_facts()
}

#[derive(Default)]
struct Changes(BTreeMap<(String, String), (Level, BTreeSet<String>)>);

impl Changes {
    fn add(&mut self, level: Level, subject: &str, change: String, operation: &str) {
        let entry = self.0.entry((subject.to_owned(), change));
        let (_, operations) = entry.or_insert_with(|| (level, BTreeSet::new()));
        operations.insert(operation.to_owned());
    }

    fn into_facts(self) -> Vec<BehaviourFact> {
        let facts = self.0.into_iter();
        facts
            .map(|((subject, change), (level, operations))| BehaviourFact {
                level,
                subject,
                change,
                operations: operations.into_iter().collect(),
            })
            .collect()
    }
}

/// The operations that both documents have: by method and path, or else by name.
fn pairs(effective: &Effective<'_>) -> Vec<(Operation, Operation)> {
    let old = table::operations(effective.before);
    let place = |operation: &Operation| (operation.method.clone(), path_template(&operation.path));
    let mut pairs = Vec::new();
    for new in table::operations(effective.after) {
        let found = old
            .iter()
            .find(|old| place(old) == place(&new))
            .or_else(|| old.iter().find(|old| old.operation_id == new.operation_id));
        pairs.extend(found.map(|old| (old.clone(), new)));
    }
    pairs
}
