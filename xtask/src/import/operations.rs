//! Which operation of the vendor's document is which of ours. Two operations are the same if they have the same method
//! and path. The names of path parameters make no difference, and the base path may be part of the server's URL.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use account_provisioning_wire_diff::{operations, path_template};
use glob::{MatchOptions, Pattern};
use serde_json::Value;

use crate::Failure;
use crate::import::json::entries;

/// The path and the method of an operation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct OperationKey {
    pub(super) path: String,
    pub(super) method: &'static str,
}

impl fmt::Display for OperationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method.to_uppercase(), self.path)
    }
}

/// What the import does with the operations of both documents.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// Operations of both documents: ours, and the vendor's.
    pub(super) matched: BTreeMap<OperationKey, OperationKey>,
    /// Operations to add: as our document will have them, and the vendor's.
    pub(super) added: BTreeMap<OperationKey, OperationKey>,
    /// Our operations that the vendor's document lacks.
    pub(super) missing: BTreeSet<OperationKey>,
    /// The vendor's operations that are not imported.
    pub(super) left_out: BTreeSet<OperationKey>,
    /// How the paths of the two documents differ.
    pub(super) prefix: Prefix,
}

impl Plan {
    /// Compares the operations of two documents. `include` are globs for the vendor's paths of operations to add.
    ///
    /// # Errors
    /// A glob is invalid or matches no path, or an operation to add is not below the base path of our servers.
    pub(super) fn new(ours: &Value, theirs: &Value, include: &[String]) -> Result<Self, Failure> {
        let globs = globs(include)?;
        let known = keys(theirs);
        let mut by_template: BTreeMap<(String, &str), &OperationKey> = BTreeMap::new();
        let (our_base, their_base) = (base_path(ours), base_path(theirs));
        for operation in &known {
            for path in [operation.path.clone(), format!("{their_base}{}", operation.path)] {
                let key = (path_template(&path), operation.method);
                by_template.entry(key).or_insert(operation);
            }
        }
        let mut plan = Self::default();
        for operation in keys(ours) {
            let paths = [format!("{our_base}{}", operation.path), operation.path.clone()];
            let mut found = paths
                .iter()
                .filter_map(|path| by_template.get(&(path_template(path), operation.method)));
            match found.next() {
                Some(found) => {
                    plan.matched.insert(operation, (*found).clone());
                }
                None => {
                    plan.missing.insert(operation);
                }
            }
        }
        plan.prefix = match plan.matched.first_key_value() {
            Some((ours, theirs)) => Prefix::between(&ours.path, &theirs.path),
            // A document of new operations alone shows only in its servers how its paths differ.
            None => Prefix::between(&their_base, &our_base).spelled_as_in(ours),
        };
        let taken: BTreeSet<OperationKey> = plan.matched.values().cloned().collect();
        let mut unused: BTreeSet<&str> = include.iter().map(String::as_str).collect();
        for operation in known {
            let mut included = false;
            for glob in globs.iter().filter(|glob| matches(glob, &operation.path)) {
                included = true;
                unused.remove(glob.as_str());
            }
            if taken.contains(&operation) {
                continue;
            }
            if included {
                let Some(path) = plan.prefix.our_path(&operation.path) else {
                    return Err(Failure::new(format!(
                        "{operation} cannot be added: the URLs of our servers end with a base path that this path does not \
                         start with; move the base path of our document from `servers` into its paths first"
                    )));
                };
                let method = operation.method;
                plan.added.insert(OperationKey { path, method }, operation);
            } else {
                plan.left_out.insert(operation);
            }
        }
        match unused.first() {
            Some(glob) => Err(Failure::new(format!(
                "--include {glob} matches no path of the document; `*` matches one part of a path and `**` several, and \
                 parameters are written as in the document"
            ))),
            None => Ok(plan),
        }
    }

    /// Whether an operation of the vendor's document is imported.
    pub(super) fn keeps(&self, path: &str, method: &str) -> bool {
        let mut kept = self.matched.values().chain(self.added.values());
        kept.any(|operation| operation.path == path && operation.method == method)
    }
}

/// The part of the paths that only one of the documents writes, in the words of that document. The other document has it
/// in the URL of the server. It may contain parameters, which are variables of the server there.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) enum Prefix {
    #[default]
    Same,
    Ours(String),
    Theirs(String),
}

impl Prefix {
    /// The prefix between one path as our document writes it, and as the vendor's does.
    fn between(ours: &str, theirs: &str) -> Self {
        match (before(ours, theirs), before(theirs, ours)) {
            (Some(""), _) => Self::Same,
            (Some(prefix), _) => Self::Ours(prefix.to_owned()),
            (None, Some(prefix)) => Self::Theirs(prefix.to_owned()),
            (None, None) => Self::Same,
        }
    }

    /// The same prefix with the names that the paths of our document have for its parameters.
    fn spelled_as_in(self, ours: &Value) -> Self {
        match self {
            Self::Ours(prefix) => {
                let own = entries(&ours["paths"])
                    .find_map(|(path, _)| Some(&path[..path.len() - after(path, &prefix)?.len()]));
                Self::Ours(own.map_or(prefix.clone(), str::to_owned))
            }
            other => other,
        }
    }

    /// A path of the vendor's document as ours writes it; `None` if it does not start with the base path of our server.
    fn our_path(&self, path: &str) -> Option<String> {
        match self {
            Self::Same => Some(path.to_owned()),
            Self::Ours(prefix) => Some(format!("{prefix}{path}")),
            Self::Theirs(prefix) => after(path, prefix).map(str::to_owned),
        }
    }

    /// The URL of a server of the vendor's document as ours writes it. `ours` are the URLs of our servers.
    pub(super) fn our_url<'a>(&self, url: &str, ours: impl Iterator<Item = &'a str>) -> String {
        match self {
            Self::Same => url.to_owned(),
            Self::Ours(prefix) => before(url, prefix).unwrap_or(url).to_owned(),
            Self::Theirs(prefix) => {
                // Our servers have their own names for the variables in the base path.
                let base = ours
                    .filter_map(|ours| Some(&ours[before(ours, prefix)?.len()..]))
                    .next();
                format!("{url}{}", base.unwrap_or(prefix))
            }
        }
    }
}

/// What `long` has before `short`, which is its end. The names of parameters make no difference.
fn before<'a>(long: &'a str, short: &str) -> Option<&'a str> {
    let template = path_template(short);
    let mut starts = cuts(long).filter(|start| path_template(&long[*start..]) == template);
    starts.next().map(|start| &long[..start])
}

/// What `long` has after `short`, which is its start.
fn after<'a>(long: &'a str, short: &str) -> Option<&'a str> {
    let template = path_template(short);
    let mut ends = cuts(long).filter(|end| path_template(&long[..*end]) == template);
    ends.next().map(|end| &long[end..])
}

/// Where a path can be cut: before each slash, and at its end.
fn cuts(path: &str) -> impl Iterator<Item = usize> {
    path.match_indices('/').map(|(index, _)| index).chain([path.len()])
}

/// Every operation of a document.
fn keys(document: &Value) -> BTreeSet<OperationKey> {
    operations(document)
        .iter()
        .map(|operation| OperationKey {
            path: operation.path().to_owned(),
            method: operation.method(),
        })
        .collect()
}

fn globs(include: &[String]) -> Result<Vec<Pattern>, Failure> {
    let parse = |glob: &String| {
        Pattern::new(glob).map_err(|error| {
            Failure::new(format!(
                "--include {glob} is not a glob: {error}; write `/accounts/*/tokens/**`, for example"
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

/// The path of the first server's URL, without a slash at its end.
fn base_path(document: &Value) -> String {
    let url = document["servers"][0]["url"].as_str().unwrap_or_default();
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = rest.find('/').map_or("", |start| &rest[start..]);
    path.trim_end_matches('/').to_owned()
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
