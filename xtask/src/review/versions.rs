//! The version that each crate gets, and why.

use std::collections::BTreeMap;

use account_provisioning_wire_diff::Level;

use crate::bump::{Bump, CrateBump};
use crate::review::api::ApiReview;
use crate::review::line::Line;
use crate::rust_facts::RustFacts;
use crate::{Failure, Tree};

/// The crates that a change of a document reaches: they contain the documents, or code that is generated from them.
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

/// The worst level on the wire, with the first fact of that level.
fn wire(apis: &[ApiReview]) -> Option<(Level, String)> {
    let lines: Vec<Line> = apis.iter().flat_map(ApiReview::lines).collect();
    let worst = lines.iter().map(|line| line.level).max()?;
    let mut of_level = lines.iter().filter(|line| line.level == worst);
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
