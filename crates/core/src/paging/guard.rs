//! What was seen of a list, so that reading it can't go in circles.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hasher};

use super::{Page, PageSource};

/// After how many empty pages in a row a list by cursor stops. [`PagingStop::EmptyPages`](super::PagingStop::EmptyPages)
/// tells the number.
const EMPTY_PAGES: u32 = 100;

/// Hashes of the pages and cursors of one segment: eight bytes for each, and none of their content.
#[derive(Debug, Default)]
pub(super) struct Guard {
    pages: HashSet<u64>,
    cursors: HashSet<u64>,
    /// How many of the last pages were empty.
    empty: u32,
}

impl Guard {
    /// Takes note of a page; false when it came before. An empty page is never a repetition.
    pub(super) fn admit_page<T: 'static>(&mut self, source: &dyn PageSource<T>, page: &Page<T>) -> bool {
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

    /// Takes note of a cursor; false when it came before.
    pub(super) fn admit_cursor(&mut self, cursor: &str) -> bool {
        let mut hasher = DefaultHasher::new();
        hasher.write(cursor.as_bytes());
        self.cursors.insert(hasher.finish())
    }

    /// Whether so many empty pages came in a row that new cursors are no sign of progress.
    pub(super) fn found_nothing(&self) -> bool {
        self.empty >= EMPTY_PAGES
    }
}
