//! The version that each crate gets, and why.

use std::collections::BTreeMap;

use account_provisioning_wire_diff::Level;

use crate::bump::{Bump, CrateBump};
use crate::review::{Entry, Review};
use crate::{Failure, Tree};

pub(super) use crate::coverage::GENERATED;
/// The crates that contain code that is generated from the documents with their overlays.
const OVERLAID: [&str; 2] = ["account-provisioning", GENERATED];
/// The crates that follow the documents alone.
const FAITHFUL: [&str; 2] = ["account-provisioning-emulator", "account-provisioning-spec"];

/// The versions of a review.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Versions {
    /// The version before; `None` if the tree has no manifest.
    pub from: Option<String>,
    /// The version after, which all crates share.
    pub to: Option<String>,
    /// Whether the version before is not released yet, so that it can stay.
    pub unreleased: bool,
    /// The step that each crate needs, sorted by name. Crates that need none are left out.
    pub bumps: Vec<CrateBump>,
}

impl Versions {
    /// The largest step that a crate needs.
    #[must_use]
    pub fn bump(&self) -> Bump {
        self.bumps.iter().map(|bump| bump.bump).max().unwrap_or_default()
    }
}

pub(super) fn of(before: &Tree, review: &Review) -> Result<Versions, Failure> {
    let mut bumps: BTreeMap<String, CrateBump> = BTreeMap::new();
    let entries = review.entries();
    // What absorbs a change of the wire leaves nothing but other documentation. What is generated may break for more.
    let overlaid = |entry: &Entry| match entry.absorbed {
        Some(_) => Some(Level::Docs),
        None if entry.is_of_rust() => None,
        None => entry.wire.or(Some(entry.level)),
    };
    let faithful = |entry: &Entry| entry.wire;
    let wire = OVERLAID
        .map(|package| (package, worst(&entries, overlaid)))
        .into_iter()
        .chain(FAITHFUL.map(|package| (package, worst(&entries, faithful))));
    let wire = wire.filter_map(|(package, worst)| {
        let (level, why) = worst?;
        Some(CrateBump::new(package, Bump::of(level), why))
    });
    for bump in review.rust.bumps.iter().cloned().chain(wire) {
        let known = bumps.entry(bump.package.clone()).or_insert_with(|| bump.clone());
        if bump.bump > known.bump {
            *known = bump;
        }
    }
    let from = before.read("Cargo.toml")?.as_deref().and_then(version);
    let unreleased = match (&from, before.read("CHANGELOG.md")?) {
        (Some(version), Some(changelog)) => changelog.contains(&format!("## {version} (unreleased)")),
        _ => false,
    };
    let mut versions = Versions {
        to: from.clone(),
        from,
        unreleased,
        bumps: bumps.into_values().filter(|bump| bump.bump != Bump::None).collect(),
    };
    if !unreleased {
        let step = versions.bump();
        versions.to = versions.to.map(|from| next(&from, step));
    }
    Ok(versions)
}

/// The worst level of entries, with the first entry of that level.
fn worst(entries: &[Entry], level: impl Fn(&Entry) -> Option<Level>) -> Option<(Level, String)> {
    let worst = entries.iter().filter_map(&level).max()?;
    let mut of_level = entries.iter().filter(|entry| level(entry) == Some(worst));
    let first = of_level.next()?;
    let more = match of_level.count() {
        0 => String::new(),
        more => format!(" (and {more} more)"),
    };
    Some((worst, format!("{}: {}{more}", first.of, first.fact)))
}

/// The version under `[workspace.package]` of a manifest.
fn version(manifest: &str) -> Option<String> {
    let manifest: toml::Table = manifest.parse().ok()?;
    let version = manifest.get("workspace")?.get("package")?.get("version")?;
    version.as_str().map(str::to_owned)
}

/// The next version. Before 1.0, cargo counts one position lower.
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
