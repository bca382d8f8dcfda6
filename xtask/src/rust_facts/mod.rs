//! What changed for Rust code between two trees: signatures, fields and coverage of the generated and the ergonomic
//! crate.

mod bumps;
mod stale;

use crate::coverage;
use crate::review::CrateBump;
use crate::surface::{self, Surfaces};
use crate::wire_diff::Level;
use crate::{Failure, Tree};

/// One change of a crate's public surface.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct RustFact {
    /// What it means to code that uses the crate.
    pub level: Level,
    /// The crate, by the name of its package.
    pub package: String,
    /// The item, by its path: `cloudinary::Client::users`.
    pub item: String,
    /// How it changed, in a few words: `removed`, `parameter added`, `field type changed`.
    pub change: String,
    /// The item before, in Rust syntax.
    pub before: Option<String>,
    /// The item after, in Rust syntax.
    pub after: Option<String>,
}

/// Something generated that no method of the ergonomic crate reaches.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Gap {
    /// The API, by the name of its directory under `openapi/`.
    pub api: String,
    /// The operation, by its operationId.
    pub operation: String,
    /// The parameter or field that none can set; `None` for the whole operation.
    pub parameter: Option<String>,
}

/// The Rust half of a review.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RustFacts {
    /// The changes, in any order.
    pub facts: Vec<RustFact>,
    /// The version bump that they ask of each crate, with the reason in one line.
    pub bumps: Vec<CrateBump>,
    /// What is generated in `after` and not reached.
    pub coverage: Vec<Gap>,
    /// Whether documents in `after` are newer than what is generated from them: the facts here are those of the older.
    pub stale: bool,
}

/// Compares the public surface of the crates in two trees.
///
/// # Errors
/// A tree whose sources cannot be read.
pub fn rust_facts(before: &Tree, after: &Tree) -> Result<RustFacts, Failure> {
    let (old_sources, new_sources) = (surface::sources(before, None)?, surface::sources(after, None)?);
    let old = surface::surfaces(&old_sources, None)?;
    let new = surface::surfaces(&new_sources, Some(&old))?;
    let facts = compare(&old, &new);
    Ok(RustFacts {
        bumps: bumps::of(&facts, (&old, &old_sources), (&new, &new_sources)),
        coverage: coverage::gaps(&new_sources, new.get(coverage::ERGONOMIC), after)?,
        facts,
        stale: stale::is_stale(after)?,
    })
}

/// Compares surfaces, crate by crate; sorted.
#[must_use]
pub fn compare(before: &Surfaces, after: &Surfaces) -> Vec<RustFact> {
    let mut facts = Vec::new();
    for (package, new) in after {
        // A crate that is new as a whole breaks nobody and needs no list.
        if let Some(old) = before.get(package) {
            facts.extend(surface::compare(old, new));
        }
    }
    let gone = before.keys().filter(|package| !after.contains_key(*package));
    facts.extend(gone.map(|package| RustFact {
        level: Level::Breaking,
        package: package.clone(),
        item: package.clone(),
        change: "crate removed".to_owned(),
        before: None,
        after: None,
    }));
    facts.sort();
    facts
}
