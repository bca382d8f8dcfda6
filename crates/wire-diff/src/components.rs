//! Components under another name.

use super::schema::{View, alike};
use super::walk::Walk;

/// Whether a component goes by a new name: one name is gone, the other is new, and what they hold is alike.
pub(super) fn renamed(walk: &Walk<'_>, section: &str, before: &str, after: &str) -> bool {
    if walk.after.has(section, before) || walk.before.has(section, after) {
        return false;
    }
    if section != "schemas" {
        return true;
    }
    let old = walk.before.resolve(walk.before.section(section).at(before));
    let new = walk.after.resolve(walk.after.section(section).at(after));
    old.node.value == new.node.value || alike(&View::of(walk.before, old), &View::of(walk.after, new))
}
