//! Finds the corresponding items of two lists.

use std::mem;

/// The items of two lists: pairs that correspond to each other, and the rest.
#[derive(Debug)]
pub(crate) struct Matching<T> {
    pub(crate) removed: Vec<T>,
    pub(crate) added: Vec<T>,
    pub(crate) pairs: Vec<(T, T)>,
}

impl<T> Matching<T> {
    /// Starts without pairs.
    pub(crate) fn new(before: Vec<T>, after: Vec<T>) -> Self {
        Self {
            removed: before,
            added: after,
            pairs: Vec::new(),
        }
    }

    /// Pairs the items that are left and that `same` accepts. Each item belongs to at most one pair.
    pub(crate) fn pair(&mut self, same: impl Fn(&T, &T) -> bool) {
        for old in mem::take(&mut self.removed) {
            match self.added.iter().position(|new| same(&old, new)) {
                Some(found) => self.pairs.push((old, self.added.remove(found))),
                None => self.removed.push(old),
            }
        }
    }
}
