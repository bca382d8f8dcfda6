//! One page of a list.

/// One page of a list, with what the service says about the whole list.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Page<T> {
    /// The items, in the order of the response.
    pub items: Vec<T>,
    /// The number of the page, counted from 1; `None` if pages have no numbers.
    pub number: Option<u32>,
    /// The requested page size; `None` if the operation has no page size.
    pub page_size: Option<u32>,
    /// How many items the whole list has; `None` if the service doesn't say.
    pub total: Option<u64>,
    /// How many pages the whole list has; `None` if the service doesn't say.
    pub total_pages: Option<u32>,
    /// The cursor of the next page; `None` on the last page, and if there are no cursors.
    pub next_cursor: Option<String>,
}

impl<T> Page<T> {
    /// Makes a page that only has items. Also useful in tests.
    #[must_use]
    pub fn new(items: Vec<T>) -> Self {
        Self {
            items,
            number: None,
            page_size: None,
            total: None,
            total_pages: None,
            next_cursor: None,
        }
    }

    /// How many items the page contains.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether the page contains no item.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Iterates over the items in order.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }
}

impl<T> IntoIterator for Page<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Page<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// How the crates of this SDK make pages; no part of what the ergonomic crate offers.
pub trait MakePage: Sized {
    /// Sets the number and the requested size of the page.
    #[must_use]
    fn numbered(self, number: u32, page_size: u32) -> Self;

    /// Sets how many items the whole list has.
    #[must_use]
    fn with_total(self, total: Option<u64>) -> Self;

    /// Sets how many pages the whole list has. It ends a numbered list whose pages have no total of items.
    #[must_use]
    fn with_total_pages(self, pages: Option<u32>) -> Self;

    /// Sets the cursor of the next page. An empty cursor counts as `None`.
    #[must_use]
    fn with_next_cursor(self, cursor: Option<String>) -> Self;
}

impl<T> MakePage for Page<T> {
    fn numbered(mut self, number: u32, page_size: u32) -> Self {
        self.number = Some(number);
        self.page_size = Some(page_size);
        self
    }

    fn with_total(mut self, total: Option<u64>) -> Self {
        self.total = total;
        self
    }

    fn with_total_pages(mut self, pages: Option<u32>) -> Self {
        self.total_pages = pages;
        self
    }

    fn with_next_cursor(mut self, cursor: Option<String>) -> Self {
        self.next_cursor = cursor.filter(|cursor| !cursor.is_empty());
        self
    }
}
