//! The step that each crate's version takes for what changed in Rust.

use std::collections::BTreeMap;

use super::RustFact;
use crate::review::{Bump, CrateBump};
use crate::surface::{Sources, Surface, Surfaces};

/// A tree's crates, read and unread.
type Crates<'a> = (&'a Surfaces, &'a [Sources]);

/// The steps that facts ask for, that of a public dependency among them: a type of a crate's new, incompatible version is
/// another type than before, and so is everything that names it.
pub(super) fn of(facts: &[RustFact], before: Crates<'_>, after: Crates<'_>) -> Vec<CrateBump> {
    let mut bumps: BTreeMap<String, CrateBump> = after
        .0
        .keys()
        .map(|package| (package.clone(), own(package, facts, before, after)))
        .collect();
    // A break travels up; the longest way is no longer than the number of crates.
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
            for package in breaking
                .iter()
                .filter(|package| surface.dependencies.contains(*package))
            {
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

fn own(package: &str, facts: &[RustFact], before: Crates<'_>, after: Crates<'_>) -> CrateBump {
    if !before.0.contains_key(package) {
        return CrateBump::new(package, Bump::None, "new");
    }
    let own: Vec<&RustFact> = facts.iter().filter(|fact| fact.package == package).collect();
    if let Some(level) = own.iter().map(|fact| fact.level).max() {
        let of_level: Vec<&&RustFact> = own.iter().filter(|fact| fact.level == level).collect();
        let example = of_level
            .first()
            .map_or_else(String::new, |fact| format!("{}: {}", fact.item, fact.change));
        let more = match of_level.len() {
            1 => String::new(),
            more => format!(", and {} more", more - 1),
        };
        return CrateBump::new(
            package,
            Bump::of(level),
            format!("{} change: {example}{more}", level.as_str()),
        );
    }
    let sources = |all: &[Sources]| all.iter().find(|sources| sources.package == package).cloned();
    if sources(before.1) == sources(after.1) {
        CrateBump::new(package, Bump::None, "unchanged")
    } else {
        CrateBump::new(package, Bump::Patch, "its sources changed, and its public API did not")
    }
}

/// Whether a surface names anything of another crate.
fn names(surface: &Surface, package: &str) -> bool {
    let path = format!("{}::", package.replace('-', "_"));
    surface.facts.values().any(|fact| {
        let parts = [Some(&fact.text), fact.context.as_ref()];
        parts.into_iter().flatten().any(|text| {
            text.match_indices(&path)
                // `core::` also ends a longer name.
                .any(|(place, _)| !text[..place].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
        })
    })
}
