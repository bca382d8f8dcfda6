//! Which version each crate gets, and why.

use std::collections::BTreeMap;

use super::api::ApiReview;
use super::{Bump, CrateBump};
use crate::rust_facts::RustFacts;
use crate::wire_diff::Level;
use crate::{Failure, Tree};

/// The crates that the wire shows in: generated from the documents, made of the generated, or serving the documents.
const ON_THE_WIRE: [&str; 4] = [
    "account-provisioning",
    "account-provisioning-api",
    "account-provisioning-emulator",
    "account-provisioning-spec",
];

/// The versions of a review.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Versions {
    /// The version before; `None` where the tree has no manifest.
    pub from: Option<String>,
    /// The version after, which all crates share.
    pub to: Option<String>,
    /// Whether the version before has not been released yet, so that nobody has to be told by its number.
    pub unreleased: bool,
    /// The step that each crate asks for, by name; those that ask for none are left out.
    pub bumps: Vec<CrateBump>,
}

impl Versions {
    /// The greatest step that any crate asks for.
    #[must_use]
    pub fn bump(&self) -> Bump {
        self.bumps.iter().map(|bump| bump.bump).max().unwrap_or_default()
    }
}

pub(super) fn of(before: &Tree, apis: &[ApiReview], rust: &RustFacts) -> Result<Versions, Failure> {
    let mut bumps: BTreeMap<String, CrateBump> = BTreeMap::new();
    let wire = wire(apis);
    let wire = ON_THE_WIRE.into_iter().filter_map(|package| {
        let (level, why) = wire.as_ref()?;
        Some(CrateBump::new(package, Bump::of(*level), why.clone()))
    });
    for bump in rust.bumps.iter().cloned().chain(wire) {
        let known = bumps.entry(bump.package.clone()).or_insert_with(|| bump.clone());
        if bump.bump > known.bump {
            *known = bump;
        }
    }
    let bumps: Vec<CrateBump> = bumps.into_values().filter(|bump| bump.bump != Bump::None).collect();
    let from = before.read("Cargo.toml")?.as_deref().and_then(version);
    let unreleased = match (&from, before.read("CHANGELOG.md")?) {
        (Some(version), Some(changelog)) => changelog.contains(&format!("## {version} (unreleased)")),
        _ => false,
    };
    let step = bumps.iter().map(|bump| bump.bump).max().unwrap_or_default();
    let to = from
        .as_deref()
        .map(|from| if unreleased { from.to_owned() } else { next(from, step) });
    Ok(Versions {
        from,
        to,
        unreleased,
        bumps,
    })
}

/// The worst level on the wire, with the fact that stands first in it.
fn wire(apis: &[ApiReview]) -> Option<(Level, String)> {
    let mut found: Vec<(Level, String)> = Vec::new();
    for api in apis {
        found.extend(
            api.headline()
                .map(|(level, line)| (level, format!("{}: {line}", api.name))),
        );
        for fact in &api.facts {
            found.push((fact.level, format!("{}: {fact}", api.name)));
        }
    }
    let worst = found.iter().map(|(level, _)| *level).max()?;
    let mut same = found.into_iter().filter(|(level, _)| *level == worst);
    let (level, line) = same.next()?;
    Some(match same.count() {
        0 => (level, line),
        rest => (level, format!("{line} (and {rest} more)")),
    })
}

/// The version of the workspace, by the line under `[workspace.package]`.
fn version(manifest: &str) -> Option<String> {
    let package = manifest.split("[workspace.package]").nth(1)?;
    let section = package.split("\n[").next()?;
    section.lines().find_map(|line| {
        let (key, value) = line.split_once('=')?;
        (key.trim() == "version").then(|| value.trim().trim_matches('"').to_owned())
    })
}

/// Before 1.0 cargo takes the second number for the first, and the third for the second.
fn next(version: &str, bump: Bump) -> String {
    let numbers: Vec<u64> = version.split('.').map_while(|part| part.parse().ok()).collect();
    let [major, minor, patch] = numbers[..] else {
        return version.to_owned();
    };
    let (major, minor, patch) = match (bump, major) {
        (Bump::None, _) => (major, minor, patch),
        (Bump::Major, 0) => (0, minor + 1, 0),
        (Bump::Minor | Bump::Patch, 0) => (0, minor, patch + 1),
        (Bump::Major, _) => (major + 1, 0, 0),
        (Bump::Minor, _) => (major, minor + 1, 0),
        (Bump::Patch, _) => (major, minor, patch + 1),
    };
    format!("{major}.{minor}.{patch}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn next_before_one_counts_one_place_lower() {
        assert_eq!(next("0.1.4", Bump::Major), "0.2.0");
        assert_eq!(next("0.1.4", Bump::Minor), "0.1.5");
        assert_eq!(next("0.1.4", Bump::Patch), "0.1.5");
        assert_eq!(next("0.1.4", Bump::None), "0.1.4");
    }

    #[test]
    fn next_after_one_counts_as_semantic_versioning_says() {
        assert_eq!(next("1.2.3", Bump::Major), "2.0.0");
        assert_eq!(next("1.2.3", Bump::Minor), "1.3.0");
        assert_eq!(next("1.2.3", Bump::Patch), "1.2.4");
    }

    #[test]
    fn version_of_a_manifest_is_that_of_the_workspace() {
        let manifest = "[workspace]\nmembers = []\n\n[workspace.package]\nedition = \"2024\"\nversion = \"0.3.1\"\n\n[x]\nversion = \"9\"\n";
        assert_eq!(version(manifest).as_deref(), Some("0.3.1"));
        assert_eq!(version("[package]\nversion = \"1.0.0\"\n"), None);
    }
}
