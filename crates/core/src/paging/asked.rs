//! Which of the keys that a segment asks for were found.

use std::collections::HashSet;

use super::{AskedFor, Page, PageSource};

/// The keys of the items of one segment: no more than were asked for.
#[derive(Debug, Default)]
pub(super) struct Found {
    keys: HashSet<String>,
    /// Whether a key came more than once.
    shared: bool,
}

impl Found {
    /// Records the items of a page.
    pub(super) fn add<T: 'static>(&mut self, source: &dyn PageSource<T>, page: &Page<T>) {
        for key in page.iter().filter_map(|item| source.key(item)) {
            self.shared |= !self.keys.insert(key);
        }
    }

    /// Whether every key that was asked for was found.
    pub(super) fn has_every_key(&self, asked: AskedFor) -> bool {
        self.keys.len() >= asked.keys
    }

    /// Whether nothing that was asked for can be on a later page. `full` says whether the last page was full.
    pub(super) fn is_all(&self, asked: AskedFor, full: bool) -> bool {
        self.has_every_key(asked) && (asked.unique || !full && !self.shared)
    }
}
