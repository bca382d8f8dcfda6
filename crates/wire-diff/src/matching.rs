//! Finding what belongs together in two lists.

/// Moves the pairs out of both lists that `same` accepts, each item once.
pub(super) fn take<T>(before: &mut Vec<T>, after: &mut Vec<T>, pairs: &mut Vec<(T, T)>, same: impl Fn(&T, &T) -> bool) {
    let mut left = Vec::new();
    for old in before.drain(..) {
        match after.iter().position(|new| same(&old, new)) {
            Some(found) => pairs.push((old, after.remove(found))),
            None => left.push(old),
        }
    }
    *before = left;
}
