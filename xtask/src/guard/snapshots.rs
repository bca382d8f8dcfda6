//! Snapshots that wait for a decision, and snapshots that no test asserts.

use super::Violation;
use crate::files::Output;
use crate::{Failure, Tree};

pub(super) fn check(tree: &Tree, outputs: &[Output]) -> Result<Vec<Violation>, Failure> {
    let mut found = Vec::new();
    for path in tree.list("")? {
        if path.ends_with(".snap.new") || path.ends_with(".pending-snap") {
            let remedy = "a snapshot that waits for a decision; accept it with `cargo xtask generate`, or delete it";
            found.push(Violation::new(path, remedy));
        } else if path.ends_with(".snap")
            && !outputs
                .iter()
                .any(|output| output.path == path && output.content.is_some())
        {
            // The test of the snapshots asserts those that the sources make, and no other.
            found.push(Violation::new(path, "a snapshot that no test asserts; delete it"));
        }
    }
    Ok(found)
}
