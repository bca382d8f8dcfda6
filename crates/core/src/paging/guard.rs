//! Detects repeated pages and cursors, so reading a list can't loop endlessly.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hasher};

use super::{Page, PageSource};

/// After how many consecutive empty pages a list with cursors stops. The text of
/// [`PagingStop::EmptyPages`](super::PagingStop::EmptyPages) contains the number.
const EMPTY_PAGES: u32 = 100;

/// Hashes of the pages and cursors of one segment: eight bytes each, without their content.
#[derive(Debug, Default)]
pub(super) struct Guard {
    pages: HashSet<u64>,
    cursors: HashSet<u64>,
    /// How many pages in a row were empty.
    empty: u32,
}

impl Guard {
    /// Records a page. Returns `false` if the same page was seen before; an empty page always counts as new.
    pub(super) fn is_new_page<T: 'static>(&mut self, source: &dyn PageSource<T>, page: &Page<T>) -> bool {
        if page.is_empty() {
            self.empty = self.empty.saturating_add(1);
            return true;
        }
        self.empty = 0;
        let mut hasher = DefaultHasher::new();
        for item in page {
            source.identify(item, &mut hasher);
            hasher.write_u8(0xff);
        }
        self.pages.insert(hasher.finish())
    }

    /// How many different pages with items there were.
    pub(super) fn pages(&self) -> usize {
        self.pages.len()
    }

    /// Records a cursor. Returns `false` if it was seen before.
    pub(super) fn is_new_cursor(&mut self, cursor: &str) -> bool {
        let mut hasher = DefaultHasher::new();
        hasher.write(cursor.as_bytes());
        self.cursors.insert(hasher.finish())
    }

    /// Whether there were so many empty pages in a row that a new cursor is no sign of progress.
    pub(super) fn has_too_many_empty_pages(&self) -> bool {
        self.empty >= EMPTY_PAGES
    }
}
