//! Numbered pages, and the faults that change them.

use crate::document::PageSize;
use crate::fault::Effect;
use crate::input::Input;
use crate::quirk::{CLAMPED_PAGE_SIZE, Quirk, Quirks};
use crate::refusal::Refusal;

/// The page sizes of an API.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PageSizes {
    /// When neither the request nor the document sets a size.
    pub(crate) default: usize,
    pub(crate) max: usize,
    /// For cursor lists, when neither the request nor the document sets a size.
    pub(crate) cursor: usize,
}

/// The names of the parameters for the page size.
pub(crate) const SIZE_PARAMETERS: &[&str] = &["page_size", "per_page", "limit"];

impl PageSizes {
    /// Returns the sizes of one operation: those that its document states, or else those of the API.
    pub(crate) fn of(self, stated: PageSize) -> Self {
        Self {
            default: stated.default.unwrap_or(self.default),
            max: stated.max.unwrap_or(self.max),
            cursor: stated.default.unwrap_or(self.cursor),
        }
    }
}

/// The page sizes and the page fault of one call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paging {
    pub(crate) default_size: usize,
    pub(crate) max_size: usize,
    /// The page size of cursor lists.
    pub(crate) cursor_size: usize,
    /// A fault that changes the page.
    pub(crate) fault: PageFault,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PageFault {
    None,
    First,
    Previous,
    CursorCycle,
    EmptyPage,
}

impl PageFault {
    pub(crate) fn of(effect: Option<&Effect>) -> Self {
        match effect {
            Some(Effect::IgnoredPage) => Self::First,
            Some(Effect::RepeatedPage) => Self::Previous,
            Some(Effect::CursorCycle) => Self::CursorCycle,
            Some(Effect::EmptyPage) => Self::EmptyPage,
            _ => Self::None,
        }
    }
}

/// A page of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Page {
    skip: usize,
    take: usize,
}

impl Page {
    /// The whole list.
    pub(crate) const ALL: Self = Self {
        skip: 0,
        take: usize::MAX,
    };

    /// Reads `page` and the size parameter, both at least 1. Defaults to the first page of the default size.
    pub(crate) fn read(input: &Input, size: &str, quirks: &Quirks, paging: Paging) -> Result<Self, Refusal> {
        let number = at_least_1(input, "page")?.unwrap_or(1);
        let size = at_least_1(input, size)?.unwrap_or(paging.default_size);
        let number = match paging.fault {
            _ if quirks.has(Quirk::PageIgnored) => 1,
            PageFault::First => 1,
            PageFault::Previous => number.saturating_sub(1).max(1),
            _ => number,
        };
        let cap = if quirks.has(Quirk::PageSizeClamped) {
            CLAMPED_PAGE_SIZE
        } else {
            paging.max_size
        };
        let size = size.min(cap).max(1);
        Ok(Self {
            skip: (number - 1).saturating_mul(size),
            take: size,
        })
    }

    /// Returns the number of the page, counted from 1.
    pub(crate) fn number(self) -> usize {
        self.skip / self.take + 1
    }

    /// Returns the size of a full page.
    pub(crate) fn size(self) -> usize {
        self.take
    }

    /// Returns the page's part of a list.
    pub(crate) fn cut<T>(self, list: &[T]) -> &[T] {
        let start = self.skip.min(list.len());
        let end = start.saturating_add(self.take).min(list.len());
        &list[start..end]
    }
}

fn at_least_1(input: &Input, name: &str) -> Result<Option<usize>, Refusal> {
    match input.query_int(name) {
        None if input.query(name).is_none() => Ok(None),
        Some(number) if number >= 1 => Ok(Some(usize::try_from(number).unwrap_or(usize::MAX))),
        _ => Err(Refusal::invalid(format!(
            "the query parameter {name} must be a whole number from 1"
        ))),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    fn page(query: &[(&str, &str)], fault: PageFault) -> Result<Page, Refusal> {
        let mut input = Input::default();
        for (name, value) in query {
            input.query.push(((*name).to_owned(), (*value).to_owned()));
        }
        Page::read(
            &input,
            "page_size",
            &Quirks::default(),
            Paging {
                default_size: 2,
                max_size: 3,
                cursor_size: 2,
                fault,
            },
        )
    }

    #[test]
    fn page_past_the_end_is_empty_and_a_size_past_the_maximum_is_capped() {
        let list = [1, 2, 3, 4, 5];
        assert_eq!(page(&[], PageFault::None).unwrap().cut(&list), [1, 2]);
        assert_eq!(page(&[("page", "3")], PageFault::None).unwrap().cut(&list), [5]);
        assert!(page(&[("page", "4")], PageFault::None).unwrap().cut(&list).is_empty());
        assert!(
            page(&[("page", "9223372036854775807")], PageFault::None)
                .unwrap()
                .cut(&list)
                .is_empty()
        );
        assert_eq!(
            page(&[("page_size", "9")], PageFault::None).unwrap().cut(&list),
            [1, 2, 3]
        );
        assert!(page(&[("page", "0")], PageFault::None).is_err());
    }

    #[test]
    fn page_bent_is_the_first_or_the_previous() {
        let list = [1, 2, 3, 4, 5];
        assert_eq!(page(&[("page", "3")], PageFault::First).unwrap().cut(&list), [1, 2]);
        assert_eq!(page(&[("page", "3")], PageFault::Previous).unwrap().cut(&list), [3, 4]);
    }
}
