//! What changed for Rust code between two trees: the public APIs of the crates, and the coverage of the generated
//! operations.

mod bumps;
mod stale;

use std::collections::BTreeSet;

use account_provisioning_wire_diff::Level;

use crate::bump::CrateBump;
use crate::review::letters;
use crate::surface::{self, Surfaces};
use crate::{Failure, Tree, coverage};

pub use crate::facts::{Gap, RustFact};

/// The Rust part of a review.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RustFacts {
    /// The changes, in any order.
    pub facts: Vec<RustFact>,
    /// The version step that each crate needs for them, with the reason.
    pub bumps: Vec<CrateBump>,
    /// What is generated in the tree after and that no method of the ergonomic crate covers.
    pub coverage: Vec<Gap>,
    /// The generated fields of both trees that are an `Option` in both, in letters: `cloudinary.types.user.email`.
    pub(crate) optional: BTreeSet<String>,
    /// Whether documents in the tree after are newer than the code that is generated from them. If so, these facts are
    /// about the older code.
    pub stale: bool,
}

/// Compares the public APIs of the crates in two trees.
///
/// # Errors
/// The sources of a tree cannot be read.
pub fn rust_facts(before: &Tree, after: &Tree) -> Result<RustFacts, Failure> {
    let (old_sources, new_sources) = (surface::sources(before, None)?, surface::sources(after, None)?);
    let old = surface::surfaces(&old_sources, None)?;
    let new = surface::surfaces(&new_sources, Some(&old))?;
    let facts = compare(&old, &new);
    Ok(RustFacts {
        bumps: bumps::of(&facts, (&old, &old_sources), (&new, &new_sources)),
        coverage: coverage::gaps(&new_sources, new.get(coverage::ERGONOMIC), after)?,
        facts,
        optional: optional(&old).intersection(&optional(&new)).cloned().collect(),
        stale: stale::is_stale(after)?,
    })
}

/// Compares the public APIs crate by crate. The facts are sorted.
#[must_use]
pub fn compare(before: &Surfaces, after: &Surfaces) -> Vec<RustFact> {
    let mut facts = Vec::new();
    for (package, new) in after {
        // A new crate breaks nothing, and its items need no list.
        if let Some(old) = before.get(package) {
            facts.extend(surface::compare(old, new));
        }
    }
    let removed = before.keys().filter(|package| !after.contains_key(*package));
    facts.extend(removed.map(|package| RustFact {
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

/// The fields of the generated crate that may be absent.
fn optional(surfaces: &Surfaces) -> BTreeSet<String> {
    let texts = surfaces
        .get(coverage::GENERATED)
        .into_iter()
        .flat_map(|surface| surface.texts());
    texts
        .filter(|(_, text, _)| text.contains(": Option<") || text.contains(": Nullable<"))
        .map(|(item, _, _)| letters(&item.replace("::", ".")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{optional, surface};
    use crate::{Failure, Tree, Workspace};

    #[test]
    fn optional_fields_of_the_generated_crate_are_known_by_their_letters() -> Result<(), Failure> {
        let sources = surface::sources(&Tree::working(Workspace::here().root()), None)?;
        let found = optional(&surface::surfaces(&sources, None)?);
        assert!(found.contains("cloudinary.types.accesskey.createdat"), "{found:?}");
        // The overlay makes it required, and a list is empty instead.
        for other in [
            "cloudinary.types.accesskey.apikey",
            "cloudinary.types.accesskeylist.accesskeys",
        ] {
            assert!(!found.contains(other), "{other}");
        }
        Ok(())
    }
}
