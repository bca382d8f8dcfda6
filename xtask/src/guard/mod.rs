//! What continuous integration refuses beside what does not compile: files that nothing reads, names that no person chose,
//! things that are generated and that nothing reaches, and types whose auto traits nobody pinned.

mod gaps;
mod names;
mod options;
mod pins;
mod snapshots;

use std::fmt;

use crate::files::Output;
use crate::{Failure, Tree, Workspace, coverage, surface};

pub use gaps::{ALLOWED, Allowed};

/// One thing that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Violation {
    /// What it is about: a file, a path in Rust, an operation.
    pub subject: String,
    /// What is wrong, and what to do about it.
    pub message: String,
}

impl Violation {
    fn new(subject: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            subject: subject.into(),
            message: message.into(),
        }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.subject, self.message)
    }
}

/// Checks a workspace, with the gaps of coverage that are allowed.
///
/// # Errors
/// Sources that cannot be read.
pub fn check(workspace: &Workspace, allowed: &[Allowed]) -> Result<Vec<Violation>, Failure> {
    let tree = Tree::working(workspace.root());
    let outputs = workspace.outputs()?;
    let sources = surface::sources(&tree, None)?;
    let surfaces = surface::surfaces(&sources, None)?;
    let mut found = stale(&tree, &outputs)?;
    found.extend(snapshots::check(&tree, &outputs)?);
    for surface in surfaces.values() {
        found.extend(names::check(surface));
    }
    for sources in &sources {
        if let Some(surface) = surfaces.get(&sources.package) {
            found.extend(pins::check(sources, surface));
        }
    }
    found.extend(gaps::check(&sources, &surfaces, &tree, allowed)?);
    if let Some(client) = sources.iter().find(|sources| sources.package == coverage::ERGONOMIC) {
        found.extend(options::check(client)?);
    }
    found.sort();
    found.dedup();
    Ok(found)
}

/// The generated files that are not what the sources make.
fn stale(tree: &Tree, outputs: &[Output]) -> Result<Vec<Violation>, Failure> {
    let mut found = Vec::new();
    for output in outputs {
        let Some(made) = &output.content else { continue };
        let there = tree.read(&output.path)?.unwrap_or_default();
        if there != *made && there.replace("\r\n", "\n") != *made {
            found.push(Violation::new(&output.path, "stale; run `cargo xtask generate`"));
        }
    }
    Ok(found)
}
