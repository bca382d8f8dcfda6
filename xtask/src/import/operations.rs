//! Which operation of the vendor's document is which of ours: by method and path, whatever the parameters of a path are
//! called and whether the server's base path is part of it.

use std::collections::{BTreeMap, BTreeSet};

use glob::{MatchOptions, Pattern};
use serde_json::Value;

use super::METHODS;
use crate::Failure;

/// An operation by its path and method.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Operation {
    pub(super) path: String,
    pub(super) method: &'static str,
}

impl std::fmt::Display for Operation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.method.to_uppercase(), self.path)
    }
}

/// What becomes of the operations of both documents.
#[derive(Debug)]
pub(super) struct Plan {
    /// Operations of both: ours, and the vendor's.
    pub(super) matched: BTreeMap<Operation, Operation>,
    /// Operations to add, by the path they get in our document.
    pub(super) added: BTreeMap<Operation, Operation>,
    /// Operations of ours that the vendor's document lacks.
    pub(super) missing: BTreeSet<Operation>,
    /// Operations of the vendor's that stay out.
    pub(super) left_out: BTreeSet<Operation>,
}

impl Plan {
    /// Compares the operations of two documents; `include` selects further ones by globs on the vendor's paths.
    ///
    /// # Errors
    /// A glob that is none or matches no path.
    pub(super) fn new(ours: &Value, theirs: &Value, include: &[String]) -> Result<Self, Failure> {
        let globs = globs(include)?;
        let known = all(theirs);
        let mut by_key: BTreeMap<(String, &str), &Operation> = BTreeMap::new();
        let (our_base, their_base) = (base_path(ours), base_path(theirs));
        for operation in &known {
            by_key
                .entry((shape(&operation.path), operation.method))
                .or_insert(operation);
            let full = shape(&format!("{their_base}{}", operation.path));
            by_key.entry((full, operation.method)).or_insert(operation);
        }
        let mut plan = Self {
            matched: BTreeMap::new(),
            added: BTreeMap::new(),
            missing: BTreeSet::new(),
            left_out: BTreeSet::new(),
        };
        for operation in all(ours) {
            let keys = [format!("{our_base}{}", operation.path), operation.path.clone()];
            match keys.iter().find_map(|key| by_key.get(&(shape(key), operation.method))) {
                Some(found) => {
                    plan.matched.insert(operation, (*found).clone());
                }
                None => {
                    plan.missing.insert(operation);
                }
            }
        }
        let shift = Shift::between(&plan.matched);
        let taken: BTreeSet<Operation> = plan.matched.values().cloned().collect();
        let mut unused: BTreeSet<&str> = include.iter().map(String::as_str).collect();
        for operation in known {
            let hits: Vec<&str> = globs
                .iter()
                .filter(|glob| matches(glob, &operation.path))
                .map(Pattern::as_str)
                .collect();
            for hit in &hits {
                unused.remove(hit);
            }
            if taken.contains(&operation) {
                continue;
            }
            if hits.is_empty() {
                plan.left_out.insert(operation);
                continue;
            }
            let here = Operation {
                path: shift.apply(&operation.path),
                method: operation.method,
            };
            plan.added.insert(here, operation);
        }
        match unused.first() {
            Some(glob) => Err(Failure::new(format!(
                "--include {glob} matches no path of the document; `*` stands for one part of a path, `**` for several, \
                 and a parameter is written as the document has it"
            ))),
            None => Ok(plan),
        }
    }

    /// Whether the vendor's operation comes into our document.
    pub(super) fn keeps(&self, path: &str, method: &str) -> bool {
        let this = |operation: &&Operation| operation.path == path && operation.method == method;
        self.matched
            .values()
            .chain(self.added.values())
            .any(|operation| this(&operation))
    }
}

/// Every operation of a document.
fn all(document: &Value) -> BTreeSet<Operation> {
    let mut found = BTreeSet::new();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        let place = item
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|place| place.strip_prefix('#'));
        let item = place.and_then(|place| document.pointer(place)).unwrap_or(item);
        for method in METHODS.into_iter().filter(|method| item.get(method).is_some()) {
            found.insert(Operation {
                path: path.clone(),
                method,
            });
        }
    }
    found
}

fn globs(include: &[String]) -> Result<Vec<Pattern>, Failure> {
    let parse = |glob: &String| {
        Pattern::new(glob).map_err(|error| {
            Failure::new(format!(
                "--include {glob} is no glob: {error}; write `/accounts/*/tokens/**`, for example"
            ))
        })
    };
    include.iter().map(parse).collect()
}

fn matches(glob: &Pattern, path: &str) -> bool {
    let options = MatchOptions {
        require_literal_separator: true,
        ..MatchOptions::default()
    };
    glob.matches_with(path, options)
}

/// A path without the names of its parameters.
pub(super) fn shape(path: &str) -> String {
    let parts: Vec<String> = path.split('/').map(anonymous).collect();
    parts.join("/")
}

/// A part of a path without the names of its parameters, of which it may hold several.
fn anonymous(part: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for letter in part.chars() {
        match letter {
            '{' => inside = true,
            '}' => inside = false,
            _ if inside => continue,
            _ => {}
        }
        out.push(letter);
    }
    out
}

/// The path of the first server's URL, without a slash at its end.
fn base_path(document: &Value) -> String {
    let url = document["servers"][0]["url"].as_str().unwrap_or_default();
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = rest.find('/').map_or("", |start| &rest[start..]);
    path.trim_end_matches('/').to_owned()
}

/// How a path of the vendor's document is written in ours.
enum Shift {
    Same,
    Add(String),
    Cut(String),
}

impl Shift {
    fn between(matched: &BTreeMap<Operation, Operation>) -> Self {
        let Some((ours, theirs)) = matched.first_key_value() else {
            return Self::Same;
        };
        let (ours, theirs) = (shape(&ours.path), shape(&theirs.path));
        if let Some(prefix) = ours.strip_suffix(&theirs) {
            return Self::Add(prefix.to_owned());
        }
        theirs
            .strip_suffix(&ours)
            .map_or(Self::Same, |prefix| Self::Cut(prefix.to_owned()))
    }

    fn apply(&self, path: &str) -> String {
        match self {
            Self::Same => path.to_owned(),
            Self::Add(prefix) => format!("{prefix}{path}"),
            Self::Cut(prefix) => path.strip_prefix(prefix.as_str()).unwrap_or(path).to_owned(),
        }
    }
}

/// The names of a path's parameters, in their order.
pub(super) fn path_parameters(path: &str) -> Vec<&str> {
    path.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

    use super::*;
    use serde_json::json;

    fn plan(ours: &Value, theirs: &Value, include: &[&str]) -> Plan {
        let include: Vec<String> = include.iter().map(|glob| (*glob).to_owned()).collect();
        Plan::new(ours, theirs, &include).unwrap()
    }

    #[test]
    fn plan_with_other_parameter_names_and_a_base_path_finds_the_operation() {
        let ours =
            json!({ "servers": [{ "url": "https://host.example" }], "paths": { "/v4/things/{id}": { "get": {} } } });
        let theirs = json!({ "servers": [{ "url": "https://other.example/v4/" }],
            "paths": { "/things/{identifier}": { "get": {}, "put": {} }, "/users/{id}/new": { "post": {} } } });
        let plan = plan(&ours, &theirs, &["/users/**"]);
        assert_eq!(
            plan.matched.values().next().unwrap().to_string(),
            "GET /things/{identifier}"
        );
        assert_eq!(plan.added.keys().next().unwrap().to_string(), "POST /v4/users/{id}/new");
        assert_eq!(plan.left_out.first().unwrap().to_string(), "PUT /things/{identifier}");
        assert!(plan.missing.is_empty());
    }

    #[test]
    fn plan_with_a_star_takes_one_part_of_a_path_and_not_more() {
        let ours = json!({ "paths": {} });
        let theirs = json!({ "paths": { "/a/{x}": { "get": {} }, "/a/{x}/b": { "get": {} } } });
        assert_eq!(plan(&ours, &theirs, &["/a/*"]).added.len(), 1);
        assert_eq!(plan(&ours, &theirs, &["/a/{x}/*"]).added.len(), 1);
        assert_eq!(plan(&ours, &theirs, &["/a/**"]).added.len(), 2);
    }

    #[test]
    fn plan_with_a_glob_that_matches_nothing_names_it() {
        let none = json!({ "paths": {} });
        let failure = Plan::new(&none, &none, &["/nowhere/*".to_owned()]).unwrap_err();
        assert!(
            failure.to_string().starts_with("--include /nowhere/* matches no path"),
            "{failure}"
        );
    }
}
