//! What was seen of a list, so that reading it can't go in circles.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hasher};

use super::{Page, PageSource};

/// Hashes of the pages and cursors of one segment: eight bytes for each, and none of their content.
#[derive(Debug, Default)]
pub(super) struct Guard {
    pages: HashSet<u64>,
    cursors: HashSet<u64>,
}

impl Guard {
    /// Takes note of a page; false when it came before. An empty page is never a repetition.
    pub(super) fn admit_page<T: 'static>(&mut self, source: &dyn PageSource<T>, page: &Page<T>) -> bool {
        if page.is_empty() {
            return true;
        }
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
}
