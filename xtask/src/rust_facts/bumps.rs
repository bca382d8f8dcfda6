//! The version step that each crate needs for the changes of its public API and of its dependencies.

use std::collections::BTreeMap;

use crate::bump::{Bump, CrateBump};
use crate::facts::RustFact;
use crate::surface::{Sources, Surface, Surfaces};

/// The crates of a tree: their public APIs and their sources.
type Crates<'a> = (&'a Surfaces, &'a [Sources]);

/// The steps of all crates. If a crate's public API names types of a dependency that breaks, the crate breaks too: the
/// types of the new version are different types.
pub(super) fn of(facts: &[RustFact], before: Crates<'_>, after: Crates<'_>) -> Vec<CrateBump> {
    let mut bumps: BTreeMap<String, CrateBump> = after
        .0
        .keys()
        .map(|package| (package.clone(), own(package, facts, before, after)))
        .collect();
    // Each round passes breaks on to the next dependents. The longest chain has as many crates as there are.
    for _ in 0..bumps.len() {
        let breaking: Vec<String> = bumps
            .values()
            .filter(|bump| bump.bump == Bump::Major)
            .map(|bump| bump.package.clone())
            .collect();
        for surface in after.0.values() {
            let Some(own) = bumps.get_mut(&surface.package) else {
                continue;
            };
            for package in &breaking {
                if !surface.dependencies.contains(package) {
                    continue;
                }
                let (bump, why) = if names(surface, package) {
                    (Bump::Major, format!("its public API names `{package}`, which breaks"))
                } else {
                    (Bump::Patch, format!("it depends on `{package}`, which breaks"))
                };
                if bump > own.bump {
                    *own = CrateBump::new(&surface.package, bump, why);
                }
            }
        }
    }
    bumps.into_values().filter(|bump| bump.bump != Bump::None).collect()
}

/// The step that a crate needs for its own changes.
fn own(package: &str, facts: &[RustFact], before: Crates<'_>, after: Crates<'_>) -> CrateBump {
    if !before.0.contains_key(package) {
        return CrateBump::new(package, Bump::None, "new");
    }
    let own = || facts.iter().filter(|fact| fact.package == package);
    if let Some(level) = own().map(|fact| fact.level).max() {
        let mut of_level = own().filter(|fact| fact.level == level);
        let first = of_level.next();
        let example = first.map_or_else(String::new, |fact| format!("{}: {}", fact.item, fact.change));
        let more = match of_level.count() {
            0 => String::new(),
            more => format!(", and {more} more"),
        };
        return CrateBump::new(package, Bump::of(level), format!("{level} change: {example}{more}"));
    }
    let sources = |all: &[Sources]| all.iter().find(|sources| sources.package == package).cloned();
    if sources(before.1) == sources(after.1) {
        CrateBump::new(package, Bump::None, "unchanged")
    } else {
        CrateBump::new(package, Bump::Patch, "its sources changed, but not its public API")
    }
}

/// Whether a public API names an item of another crate.
fn names(surface: &Surface, package: &str) -> bool {
    let path = format!("{}::", package.replace('-', "_"));
    surface.facts.values().any(|fact| {
        let texts = [Some(&fact.text), fact.context.as_ref()];
        texts.into_iter().flatten().any(|text| {
            text.match_indices(&path)
                // `core::` is also the end of `my_core::`.
                .any(|(place, _)| !text[..place].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
        })
    })
}
