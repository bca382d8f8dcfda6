//! Pending snapshots, and snapshots that no test asserts.

use crate::files::Output;
use crate::guard::violation::Violation;
use crate::{Failure, Tree};

pub(super) fn check(tree: &Tree, outputs: &[Output]) -> Result<Vec<Violation>, Failure> {
    let mut found = Vec::new();
    for path in tree.list("")? {
        if path.ends_with(".snap.new") || path.ends_with(".pending-snap") {
            let remedy = "is a pending snapshot; accept it with `cargo xtask generate`, or delete it";
            found.push(Violation::new(path, remedy));
        } else if path.ends_with(".snap")
            && !outputs
                .iter()
                .any(|output| output.path == path && output.content.is_some())
        {
            // The test asserts only the snapshots that the sources make.
            found.push(Violation::new(path, "is a snapshot that no test asserts; delete it"));
        }
    }
    Ok(found)
}
