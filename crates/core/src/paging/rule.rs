//! How a list operation is paged, and why reading a list stops.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How a list operation is paged. Each API has a table of its rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PageRule {
    /// The `operationId` of the list operation.
    pub operation: &'static str,
    /// How one page leads to the next.
    pub style: PageStyle,
    /// The default page size; 0 if the operation has none.
    pub page_size: u32,
    /// The highest page number that the vendor accepts, if there is one.
    pub last_page: Option<u32>,
}

impl PageRule {
    /// A list that is returned as a whole.
    #[must_use]
    pub const fn single(operation: &'static str) -> Self {
        Self {
            operation,
            style: PageStyle::Single,
            page_size: 0,
            last_page: None,
        }
    }

    /// A list with numbered pages, counted from 1. It ends when the total is reached, or with an empty page if there is no
    /// total. Totals that contradict each other or the received items count as none.
    #[must_use]
    pub const fn numbered(operation: &'static str, page_size: u32, last_page: Option<u32>) -> Self {
        Self {
            operation,
            style: PageStyle::Numbered,
            page_size,
            last_page,
        }
    }

    /// A list in which each page has the cursor of the next.
    #[must_use]
    pub const fn cursor(operation: &'static str, page_size: u32) -> Self {
        Self {
            operation,
            style: PageStyle::Cursor,
            page_size,
            last_page: None,
        }
    }

    /// The position of the first page.
    #[must_use]
    pub const fn start(&self) -> Position {
        match self.style {
            PageStyle::Single => Position::Only,
            PageStyle::Numbered => Position::Number(1),
            PageStyle::Cursor => Position::Cursor(None),
        }
    }
}

/// How one page leads to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PageStyle {
    /// The list is returned as a whole.
    Single,
    /// Pages are numbered, starting with 1.
    Numbered,
    /// Each page has the cursor of the next.
    Cursor,
}

/// The position of a page in its list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Position {
    /// The only page.
    Only,
    /// The page with this number, counted from 1.
    Number(u32),
    /// The page with this cursor; `None` is the first page.
    Cursor(Option<String>),
}

/// Why a list has ended normally.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PagingEnd {
    /// The list was returned as a whole.
    SinglePage,
    /// A page was empty.
    EmptyPage,
    /// All items of the total were read.
    TotalReached,
    /// It was the last of the number of pages that the service named.
    LastPage,
    /// The page had no cursor for a next page.
    NoCursor,
    /// All items that were asked for by id, name or e-mail address were read.
    AllFound,
}

/// Why a list could not be read to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PagingStop {
    /// The service sent the same page twice, so it ignores the page number or the cursor.
    RepeatedPage,
    /// The service returned the same cursor twice.
    RepeatedCursor,
    /// A page was empty, was the only page or had no cursor for a next page, although the service says that there are more
    /// items; or a list without pages came with the cursor of a next page.
    MissingItems,
    /// A hundred pages in a row were empty, each with a new cursor. A few empty pages are normal for a service that filters
    /// the items of each page. Resume from the checkpoint to read on.
    EmptyPages,
    /// The list has more pages than the vendor returns.
    PageLimit,
    /// A request for a page failed, as the error describes.
    Interrupted,
}

impl fmt::Display for PagingStop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::RepeatedPage => "the service sent the same page again",
            Self::RepeatedCursor => "the service returned the same cursor again",
            Self::MissingItems => "the service says that there are more items than it returned",
            Self::EmptyPages => "the service sent 100 empty pages in a row",
            Self::PageLimit => "the list has more pages than the service returns",
            Self::Interrupted => "a page could not be fetched",
        })
    }
}
