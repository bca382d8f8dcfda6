//! Checks for continuous integration that the compiler does not make: stale and unused files, names that a generator
//! made up, operations and parameters that no method covers, and types whose auto traits no test asserts.

mod gaps;
mod names;
mod options;
mod pins;
mod snapshots;
mod violation;

use crate::{Failure, Tree, Workspace, coverage, files, surface};

pub use gaps::{ALLOWED, Allowed};
pub use violation::Violation;

/// Checks a workspace. `allowed` are the gaps in coverage that are intended.
///
/// # Errors
/// The sources cannot be read.
pub fn check(workspace: &Workspace, allowed: &[Allowed]) -> Result<Vec<Violation>, Failure> {
    let tree = Tree::working(workspace.root());
    let outputs = workspace.outputs()?;
    let sources = surface::sources(&tree, None)?;
    let surfaces = surface::surfaces(&sources, None)?;
    let mut found = snapshots::check(&tree, &outputs)?;
    for (output, _) in files::stale(workspace.root(), &outputs)? {
        if output.content.is_some() {
            found.push(Violation::new(&output.path, "stale; run `cargo xtask generate`"));
        }
    }
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
