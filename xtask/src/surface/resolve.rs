//! What a path means, and how the public surface names it.

use std::collections::BTreeMap;

use super::modules::{Krate, Target, UsePath};

/// What a path leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A definition of this crate, and what follows it in the path, such as a variant.
    Definition(usize, Vec<String>),
    Module(usize),
    /// A path into another crate.
    External(Vec<String>),
}

/// Paths of the standard library that its prelude makes a single word of.
const PRELUDE: [(&str, &[&str]); 14] = [
    ("std::borrow", &["ToOwned"]),
    ("std::boxed", &["Box"]),
    ("std::clone", &["Clone"]),
    ("std::cmp", &["Eq", "Ord", "PartialEq", "PartialOrd"]),
    (
        "std::convert",
        &["AsMut", "AsRef", "From", "Into", "TryFrom", "TryInto"],
    ),
    ("std::default", &["Default"]),
    ("std::future", &["Future", "IntoFuture"]),
    (
        "std::iter",
        &[
            "DoubleEndedIterator",
            "ExactSizeIterator",
            "Extend",
            "FromIterator",
            "IntoIterator",
            "Iterator",
        ],
    ),
    ("std::marker", &["Copy", "Send", "Sized", "Sync", "Unpin"]),
    (
        "std::ops",
        &["AsyncFn", "AsyncFnMut", "AsyncFnOnce", "Drop", "Fn", "FnMut", "FnOnce"],
    ),
    ("std::option", &["Option"]),
    ("std::result", &["Result"]),
    ("std::string", &["String", "ToString"]),
    ("std::vec", &["Vec"]),
];

/// The crates by their names in paths.
pub(super) type Crates<'a> = BTreeMap<&'a str, &'a Krate>;

impl Krate {
    /// Follows a path from a module. `None` means a name that nothing here binds: a primitive, the prelude, or a
    /// parameter.
    pub(super) fn resolve(&self, crates: &Crates<'_>, module: usize, path: &UsePath) -> Option<Found> {
        self.follow(crates, module, path, 0)
    }

    fn follow(&self, crates: &Crates<'_>, module: usize, path: &UsePath, depth: usize) -> Option<Found> {
        if depth > 32 {
            return None;
        }
        let (first, rest) = path.segments.split_first()?;
        if path.leading {
            return self.outside(crates, &path.segments, depth);
        }
        let found = match first.as_str() {
            "crate" => Found::Module(0),
            "self" => Found::Module(module),
            "super" => Found::Module(self.modules[module].parent?),
            name => match self.lookup(crates, module, name, rest.is_empty(), depth) {
                Some(found) => found,
                None => return self.outside(crates, &path.segments, depth),
            },
        };
        self.descend(crates, found, rest, depth)
    }

    /// Goes on from what the start of a path means.
    fn descend(&self, crates: &Crates<'_>, mut found: Found, rest: &[String], depth: usize) -> Option<Found> {
        for (place, name) in rest.iter().enumerate() {
            found = match found {
                Found::Module(module) if name == "super" => Found::Module(self.modules[module].parent?),
                Found::Module(module) if name == "self" => Found::Module(module),
                Found::Module(module) => self.lookup(crates, module, name, place + 1 == rest.len(), depth)?,
                Found::Definition(definition, _) => {
                    return Some(Found::Definition(definition, rest[place..].to_vec()));
                }
                Found::External(mut path) => {
                    path.extend_from_slice(&rest[place..]);
                    return self.outside(crates, &path, depth).or(Some(Found::External(path)));
                }
            };
        }
        Some(found)
    }

    /// What a name means in a module. One name may mean a module and something else: at the end of a path a module
    /// that only its own parent sees comes second. Of a type and a value, the first that leads anywhere counts.
    fn lookup(&self, crates: &Crates<'_>, module: usize, name: &str, last: bool, depth: usize) -> Option<Found> {
        let own = &self.modules[module];
        let mut bindings: Vec<_> = own.names.get(name).into_iter().flatten().collect();
        if last {
            bindings.sort_by_key(|binding| matches!(binding.target, Target::Module(_)) && !binding.public);
        }
        for binding in bindings {
            let found = match &binding.target {
                Target::Definition(definition) => Some(Found::Definition(*definition, Vec::new())),
                Target::Module(module) => Some(Found::Module(*module)),
                // An import may bear the name that it starts with: of a module beside it, or of a crate.
                Target::Use(path) if path.segments.first().is_some_and(|first| first == name) => {
                    let beside = own
                        .names
                        .get(name)
                        .into_iter()
                        .flatten()
                        .find_map(|other| match other.target {
                            Target::Module(module) => Some(Found::Module(module)),
                            _ => None,
                        });
                    match beside {
                        Some(beside) => self.descend(crates, beside, &path.segments[1..], depth + 1),
                        None => self.outside(crates, &path.segments, depth + 1),
                    }
                }
                Target::Use(path) => self.follow(crates, module, path, depth + 1),
            };
            if found.is_some() {
                return found;
            }
        }
        own.globs
            .iter()
            .find_map(|glob| match self.follow(crates, module, &glob.path, depth + 1)? {
                Found::Module(target) if target != module => self.lookup(crates, target, name, last, depth + 1),
                _ => None,
            })
    }

    /// A path that begins with the name of a crate.
    fn outside(&self, crates: &Crates<'_>, path: &[String], depth: usize) -> Option<Found> {
        let (first, rest) = path.split_first()?;
        if *first == self.ident {
            return self.descend(crates, Found::Module(0), rest, depth + 1);
        }
        if !self.externs.contains(first) && !crates.contains_key(first.as_str()) {
            return None;
        }
        // A crate of this workspace may only pass on what another one defines.
        if let Some(other) = crates.get(first.as_str())
            && let Some(Found::External(path)) = other.descend(crates, Found::Module(0), rest, depth + 1)
        {
            return Some(Found::External(path));
        }
        Some(Found::External(path.to_vec()))
    }
}

/// The one name that a path into another crate goes by.
pub(super) fn canonical(mut path: Vec<String>) -> Vec<String> {
    if path.first().is_some_and(|first| first == "core" || first == "alloc") {
        path[0] = "std".to_owned();
    }
    if let Some((last, module)) = path.split_last() {
        let module = module.join("::");
        if PRELUDE
            .iter()
            .any(|(from, names)| *from == module && names.contains(&last.as_str()))
        {
            return vec![last.clone()];
        }
        // The two names of each of serde's traits.
        if ["serde::de", "serde::ser"].contains(&module.as_str())
            && ["Deserialize", "Deserializer", "Serialize", "Serializer"].contains(&last.as_str())
        {
            path.remove(1);
        }
    }
    path
}
