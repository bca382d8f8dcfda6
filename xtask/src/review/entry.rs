//! The entries of a review: a fact of the wire together with what it does to the generated types, a change of behaviour,
//! or a change that only Rust code sees.

use std::cmp::Reverse;
use std::fmt;

use account_provisioning_codegen::names;
use account_provisioning_wire_diff::{Direction, Fact, Kind, Level};

use crate::facts::{LISTED_OPERATIONS, RustFact};
use crate::review::Review;
use crate::review::api::ApiReview;
use crate::review::behaviour::BehaviourFact;
use crate::review::line::Line;
use crate::review::versions::GENERATED;

/// How wire facts say that a field of a response may be missing.
const MAY_BE_MISSING: [&str; 2] = ["now optional", "now nullable"];

/// One entry of a review.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// What the change means to programs that use the crates.
    pub level: Level,
    /// The API or the crate that the change is about.
    pub of: String,
    /// The tag of the operations that it affects; empty if there are several or none.
    pub tag: String,
    /// The change, without its operations.
    pub fact: String,
    /// The operations that it affects, sorted.
    pub operations: Vec<String>,
    /// Whether it is about each of the operations separately.
    pub per_operation: bool,
    /// Its level on the wire; `None` if the wire is the same.
    pub wire: Option<Level>,
    /// What it means to Rust code.
    pub rust: Vec<RustFact>,
    /// Why it does not reach Rust code; `None` if it does.
    pub absorbed: Option<&'static str>,
}

impl Entry {
    /// By the text that an exception repeats.
    #[must_use]
    pub fn line(&self) -> Line {
        Line {
            level: self.level,
            of: self.of.clone(),
            fact: self.fact.clone(),
            operations: if self.per_operation {
                self.operations.clone()
            } else {
                Vec::new()
            },
        }
    }

    /// Whether only Rust code sees the change.
    #[must_use]
    pub fn is_of_rust(&self) -> bool {
        self.wire.is_none() && self.operations.is_empty()
    }

    /// What the level alone does not say: that the wire and Rust differ, or that something absorbs the change.
    #[must_use]
    pub fn note(&self) -> Option<String> {
        let rust = self.rust.iter().map(|fact| fact.level).max();
        match (self.absorbed, self.wire, rust) {
            (Some(why), Some(wire), _) => Some(format!("{wire} on the wire, {why}")),
            (None, Some(wire), Some(rust)) if wire != rust => Some(format!("{wire} on the wire, {rust} in Rust")),
            _ => None,
        }
    }

    /// Whether it says that something should no longer be used.
    #[must_use]
    pub fn is_deprecation(&self) -> bool {
        let says = |text: &str| text.ends_with(": deprecated") || text.contains(": deprecated [");
        says(&self.fact) || self.rust.iter().any(|fact| fact.change == "deprecated")
    }
}

/// The fact, the operations and the note.
impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.fact)?;
        let listed = LISTED_OPERATIONS;
        match self.operations.len() {
            0 => {}
            // The last name is no longer than "and 1 more".
            count if count <= listed + 1 => write!(f, " — {}", self.operations.join(", "))?,
            count => {
                let names = self.operations[..listed].join(", ");
                write!(f, " — {names} and {} more", count - listed)?;
            }
        }
        self.note().map_or(Ok(()), |note| write!(f, " ({note})"))
    }
}

impl Review {
    /// The entries, the most important first; those of a level by API, tag and subject, and then by crate.
    #[must_use]
    pub fn entries(&self) -> Vec<Entry> {
        let mut left: Vec<&RustFact> = self.rust.facts.iter().collect();
        let mut entries = Vec::new();
        for api in &self.apis {
            let headline = api.headline();
            entries.extend(headline.map(|(level, text)| self.wire_entry(api, level, text)));
            entries.extend(api.facts.iter().map(|fact| self.of_fact(api, fact, &mut left)));
            entries.extend(api.behaviour.iter().map(|fact| self.of_behaviour(api, fact)));
        }
        entries.extend(left.into_iter().map(of_rust));
        // The sort is stable, and wire facts are in the order of their kinds.
        entries.sort_by_cached_key(|entry| {
            (
                Reverse(entry.level),
                entry.is_of_rust(),
                entry.of.clone(),
                entry.tag.clone(),
            )
        });
        entries
    }

    /// An entry about an API.
    fn wire_entry(&self, api: &ApiReview, level: Level, fact: String) -> Entry {
        Entry {
            level,
            of: api.name.clone(),
            tag: String::new(),
            fact,
            operations: Vec::new(),
            per_operation: false,
            wire: Some(level),
            rust: Vec::new(),
            absorbed: None,
        }
    }

    fn of_behaviour(&self, api: &ApiReview, fact: &BehaviourFact) -> Entry {
        Entry {
            wire: None,
            tag: tag(api, &fact.operations),
            operations: one_lined(&fact.operations),
            per_operation: true,
            ..self.wire_entry(api, fact.level, fact.to_string())
        }
    }

    /// Takes the Rust facts that say the same.
    fn of_fact(&self, api: &ApiReview, fact: &Fact, left: &mut Vec<&RustFact>) -> Entry {
        let items = items(fact);
        let is_twin = |rust: &&RustFact| {
            let path = rust.item.strip_prefix(&format!("{}::", api.name));
            rust.package == GENERATED && path.is_some_and(|path| items.contains(&letters(&path.replace("::", "."))))
        };
        // What documentation says is no news about a type.
        let rust: Vec<RustFact> = if fact.level == Level::Docs || self.rust.stale {
            Vec::new()
        } else {
            left.iter().copied().filter(is_twin).cloned().collect()
        };
        left.retain(|one| !rust.contains(one));
        let absorbed = if !rust.is_empty() || fact.level == Level::Docs {
            None
        } else if api.kept.contains(&fact.subject) {
            Some("kept by the overlay")
        } else if self.is_optional_already(api, fact, &items) {
            Some("already optional in Rust")
        } else {
            None
        };
        let in_rust = rust.iter().map(|fact| fact.level).max().unwrap_or(Level::Docs);
        let level = match absorbed {
            Some(_) => Level::Compatible,
            None => fact.level.max(in_rust),
        };
        Entry {
            level,
            wire: Some(fact.level),
            tag: tag(api, &fact.operations),
            operations: one_lined(&fact.operations),
            per_operation: !fact.shared,
            rust,
            absorbed,
            ..self.wire_entry(api, level, fact.to_string())
        }
    }

    /// Whether a field of responses that may be missing now is read as an `Option`.
    fn is_optional_already(&self, api: &ApiReview, fact: &Fact, items: &[String]) -> bool {
        let in_responses_only = fact.directions.get(&Direction::Request) != Some(&Level::Breaking);
        let field = |item: &String| format!("{}.{item}", letters(&api.name));
        MAY_BE_MISSING.contains(&fact.change.as_str())
            && in_responses_only
            && !self.rust.stale
            && items.iter().any(|item| self.rust.optional.contains(&field(item)))
    }
}

fn of_rust(fact: &RustFact) -> Entry {
    let Line {
        level, of, fact: text, ..
    } = Line::of_rust(fact);
    Entry {
        level,
        of,
        tag: String::new(),
        fact: text,
        operations: Vec::new(),
        per_operation: false,
        wire: None,
        rust: vec![fact.clone()],
        absorbed: None,
    }
}

/// Names of operations, each on one line.
fn one_lined(operations: &[String]) -> Vec<String> {
    let words = |name: &String| name.split_whitespace().collect::<Vec<_>>().join(" ");
    operations.iter().map(words).collect()
}

/// The tag that operations have in common.
fn tag(api: &ApiReview, operations: &[String]) -> String {
    let mut tags = operations.iter().map(|operation| api.tags.get(operation));
    match tags.next() {
        Some(Some(first)) if tags.all(|tag| tag == Some(first)) => first.clone(),
        _ => String::new(),
    }
}

/// The items of the generated code that are made of what a fact is about, in letters: `types.user.email`.
fn items(fact: &Fact) -> Vec<String> {
    let of_operations = |part: &str| -> Vec<String> {
        let names = fact.operations.iter();
        names
            .map(|name| letters(&format!("requests.{}{part}", names::pascal(name))))
            .collect()
    };
    let name = fact.subject.split(['.', '[', '{', '<']).next().unwrap_or_default();
    match fact.kind {
        Kind::Schema => {
            let parts = fact.subject.split('.');
            let parts: Vec<&str> = parts
                .map(|part| part.split(['[', '{', '<']).next().unwrap_or_default())
                .collect();
            match parts.as_slice() {
                // An object within an object has the names of both.
                [owners @ .., field] if !owners.is_empty() => {
                    vec![letters(&format!("types.{}.{field}", owners.concat()))]
                }
                _ => {
                    let owner = format!("types.{}", parts.concat());
                    // The values of an enumeration become variants.
                    let values = fact.change.split('`').skip(1).step_by(2);
                    let values = values.map(|value| letters(&format!("{owner}.{value}")));
                    std::iter::once(letters(&owner)).chain(values).collect()
                }
            }
        }
        Kind::Parameter => {
            let parameter = name.split_once(' ').map_or(name, |(_, name)| name);
            let mut items = of_operations(&format!(".{parameter}"));
            // A parameter that is required is an argument.
            if fact.level == Level::Breaking {
                items.extend(of_operations(".new"));
            }
            items
        }
        Kind::RequestBody => of_operations(".body"),
        Kind::Operation => {
            let mut items = of_operations("");
            let mut renamed = fact
                .change
                .split("renamed from ")
                .skip(1)
                .flat_map(|names| names.split(" to "));
            items.extend(
                renamed
                    .by_ref()
                    .map(|name| letters(&format!("requests.{}", names::pascal(name)))),
            );
            items
        }
        _ => Vec::new(),
    }
}

/// A name in a form that is the same on the wire and in Rust: `User.lastLogin`, `User.last_login`, `user.last_login_`.
pub(crate) fn letters(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric() || *c == '.');
    letters.flat_map(char::to_lowercase).collect()
}
