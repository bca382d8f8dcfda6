//! What changed in an overlay: deviations that were added, removed or changed.

use std::fmt;

use account_provisioning_wire_diff::Level;
use serde_json::Value;

use crate::deviations::{actions, one_line, verb, yaml};

/// One deviation that changed. Its `Display` is one line.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeviationFact {
    /// `Docs` if only the reason changed.
    pub level: Level,
    /// The target of the action, as JSONPath.
    pub target: String,
    /// How it changed: `update added`, `remove dropped`, `reason changed`.
    pub change: String,
    /// The reason that the overlay gives, the newer one if it changed.
    pub reason: String,
    /// What the action writes, as lines of YAML. If it changed, the older lines start with `-` and the newer with `+`.
    pub content: Vec<String>,
}

impl fmt::Display for DeviationFact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.target, self.change)
    }
}

/// Compares the actions of two overlays, whatever their order.
pub(super) fn compare(before: &Value, after: &Value) -> Vec<DeviationFact> {
    let mut old = actions(before);
    let mut new = actions(after);
    old.retain(|action| match new.iter().position(|other| other == action) {
        Some(found) => {
            new.remove(found);
            false
        }
        None => true,
    });
    let mut facts = Vec::new();
    for action in new {
        // First an action with the same effect and another reason, then one on the same target.
        let counterpart = old
            .iter()
            .position(|other| effect(other) == effect(action))
            .or_else(|| {
                let same = |other: &&Value| other["target"] == action["target"] && verb(other) == verb(action);
                old.iter().position(same)
            });
        facts.push(match counterpart.map(|found| old.remove(found)) {
            Some(other) if effect(other) == effect(action) => {
                fact(Level::Docs, action, "reason changed".to_owned(), Vec::new())
            }
            Some(other) => {
                let signed = |sign: char, action: &Value| {
                    let lines = yaml(&action["update"]).into_iter();
                    lines.map(|line| format!("{sign} {line}")).collect::<Vec<_>>()
                };
                let content = [signed('-', other), signed('+', action)].concat();
                fact(Level::Compatible, action, format!("{} changed", verb(action)), content)
            }
            None => added_or_dropped(action, "added"),
        });
    }
    for action in old {
        facts.push(added_or_dropped(action, "dropped"));
    }
    facts.sort_by(|a, b| (b.level, &a.target, &a.change).cmp(&(a.level, &b.target, &b.change)));
    facts
}

/// What an action does, without its reason.
fn effect(action: &Value) -> (&Value, &Value, &Value) {
    (&action["target"], &action["remove"], &action["update"])
}

fn added_or_dropped(action: &Value, how: &str) -> DeviationFact {
    let change = format!("{} {how}", verb(action));
    fact(Level::Compatible, action, change, yaml(&action["update"]))
}

fn fact(level: Level, action: &Value, change: String, content: Vec<String>) -> DeviationFact {
    DeviationFact {
        level,
        target: one_line(&action["target"]),
        change,
        reason: one_line(&action["description"]),
        content,
    }
}
