//! The files that a crate's surface is read from.

use std::collections::{BTreeMap, BTreeSet};

use super::{auto_traits, requirements};
use crate::{Failure, Tree};

/// The sources of one crate, in memory.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Sources {
    /// The name of its package.
    pub package: String,
    /// Its `Cargo.toml`, with the versions that it has from the workspace.
    pub manifest: toml::Table,
    /// Its sources and the pins of its auto traits, by their paths from its own directory: `src/lib.rs`.
    pub files: BTreeMap<String, String>,
    /// What its build writes, by the name of the file that `include!` takes from `OUT_DIR`.
    pub generated: BTreeMap<String, String>,
}

impl Sources {
    /// Reads the crate in a directory; `None` when there is none.
    ///
    /// # Errors
    /// A file that cannot be read, or a manifest that is none.
    pub fn read(tree: &Tree, directory: &str) -> Result<Option<Self>, Failure> {
        let path = format!("{directory}/Cargo.toml");
        let Some(text) = tree.read(&path)? else {
            return Ok(None);
        };
        let mut files = BTreeMap::new();
        for path in tree.list(directory)? {
            let name = &path[directory.len() + 1..];
            if path.ends_with(".rs")
                && (name.starts_with("src/") || auto_traits::is_pins(name))
                && let Some(text) = tree.read(&path)?
            {
                files.insert(name.to_owned(), text);
            }
        }
        let mut sources = Self::new(&path, &text, files)?;
        if let Some(workspace) = tree.read("Cargo.toml")? {
            let workspace = workspace
                .parse()
                .map_err(|error| Failure::new(format!("Cargo.toml: {error}")))?;
            requirements::inherit(&mut sources.manifest, &workspace);
        }
        Ok(Some(sources))
    }

    /// The crate made of a manifest and files.
    ///
    /// # Errors
    /// A manifest that is none.
    pub fn new(path: &str, manifest: &str, files: BTreeMap<String, String>) -> Result<Self, Failure> {
        let manifest: toml::Table = manifest
            .parse()
            .map_err(|error| Failure::new(format!("{path}: {error}")))?;
        let package = manifest
            .get("package")
            .and_then(|package| package.get("name"))
            .and_then(toml::Value::as_str)
            .ok_or_else(|| Failure::new(format!("{path}: names no package; give it `[package] name`")))?;
        Ok(Self {
            package: package.to_owned(),
            manifest,
            files,
            generated: BTreeMap::new(),
        })
    }

    /// The crate as paths name it.
    #[must_use]
    pub fn ident(&self) -> String {
        self.package.replace('-', "_")
    }

    /// The crates that its paths can begin with.
    pub(super) fn externs(&self) -> BTreeSet<String> {
        let dependencies = self.manifest.get("dependencies").and_then(toml::Value::as_table);
        let own = dependencies
            .into_iter()
            .flat_map(|table| table.keys())
            .map(|name| name.replace('-', "_"));
        own.chain(["std", "core", "alloc"].map(str::to_owned)).collect()
    }
}
