//! What changed in an overlay: deviations that came, went, or became others.

use std::fmt;

use serde_json::Value;

use crate::wire_diff::Level;

/// One deviation that changed. Its `Display` is one line.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeviationFact {
    /// `Docs` where only the reason was rewritten.
    pub level: Level,
    /// The target of the action, as JSONPath.
    pub target: String,
    /// How it changed: `update added`, `remove dropped`, `reason changed`.
    pub change: String,
    /// The reason that the overlay gives, the newer one where there are two.
    pub reason: String,
}

impl fmt::Display for DeviationFact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.target, self.change)
    }
}

/// Compares the actions of two overlays. Their order is left out of account.
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
        // The one that does the same for another reason, before one that does something else to the same place.
        let twin = old
            .iter()
            .position(|other| deed(other) == deed(action))
            .or_else(|| old.iter().position(|other| kind(other) == kind(action)));
        match twin.map(|found| old.remove(found)) {
            Some(other) if deed(other) == deed(action) => facts.push(fact(Level::Docs, action, "reason changed")),
            Some(_) => facts.push(fact(Level::Compatible, action, &format!("{} changed", word(action)))),
            None => facts.push(fact(Level::Compatible, action, &format!("{} added", word(action)))),
        }
    }
    for action in old {
        facts.push(fact(Level::Compatible, action, &format!("{} dropped", word(action))));
    }
    facts.sort_by(|a, b| (b.level, &a.target, &a.change).cmp(&(a.level, &b.target, &b.change)));
    facts
}

fn actions(overlay: &Value) -> Vec<&Value> {
    overlay["actions"].as_array().into_iter().flatten().collect()
}

fn word(action: &Value) -> &'static str {
    if action["remove"] == true { "remove" } else { "update" }
}

fn kind(action: &Value) -> (&Value, &'static str) {
    (&action["target"], word(action))
}

fn deed(action: &Value) -> (&Value, &Value, &Value) {
    (&action["target"], &action["remove"], &action["update"])
}

fn fact(level: Level, action: &Value, change: &str) -> DeviationFact {
    let text = |key: &str| {
        let words = action[key].as_str().unwrap_or_default().split_whitespace();
        words.collect::<Vec<_>>().join(" ")
    };
    DeviationFact {
        level,
        target: text("target"),
        change: change.to_owned(),
        reason: text("description"),
    }
}
