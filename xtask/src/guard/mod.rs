//! Checks for continuous integration that the compiler does not make: stale and unused files, names that a generator
//! made up, operations that lack a method, a row of a table, documentation or a test, lists that lack an API, names of
//! other clients that a search doesn't find, and types whose auto traits no test asserts.

mod aliases;
mod deprecated;
mod examples;
mod gaps;
mod lacks;
mod lists;
mod methods;
mod names;
mod options;
mod pins;
mod snapshots;
mod violation;

use crate::{Failure, Tree, Workspace, coverage, files, surface};

pub use gaps::{ALLOWED, Allowed};
pub use violation::Violation;

/// Checks only what is read as text, which takes a moment: what operations lack besides their methods, and counts. The
/// result is part of that of [`check`]. Each violation is passed to `found` as soon as it is known.
///
/// # Errors
/// The sources cannot be read.
pub fn check_texts(workspace: &Workspace, mut found: impl FnMut(Violation)) -> Result<(), Failure> {
    lacks::check(&Tree::working(workspace.root()), &mut found)
}

/// Checks a workspace. `allowed` are the gaps in coverage that are intended.
///
/// # Errors
/// The sources cannot be read.
pub fn check(workspace: &Workspace, allowed: &[Allowed]) -> Result<Vec<Violation>, Failure> {
    let tree = Tree::working(workspace.root());
    let made = workspace.made()?;
    let outputs = made.outputs;
    let sources = surface::sources(&tree, Some(made.code))?;
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
    lacks::check(&tree, &mut |violation| found.push(violation))?;
    found.extend(gaps::check(&sources, &surfaces, &tree, allowed)?);
    if let Some(client) = sources.iter().find(|sources| sources.package == coverage::ERGONOMIC) {
        found.extend(options::check(client)?);
        found.extend(deprecated::check(client, &tree)?);
    }
    found.sort();
    found.dedup();
    Ok(found)
}
