//! How one list operation is paged, and why reading it stops.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How one list operation is paged. Each API keeps its rules in one table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PageRule {
    /// The `operationId` of the list operation.
    pub operation: &'static str,
    /// What leads from one page to the next.
    pub style: PageStyle,
    /// The page size that is sent unless the caller sets one; 0 where the operation takes none.
    pub page_size: u32,
    /// The last page number that the vendor hands out, where there is one.
    pub last_page: Option<u32>,
}

impl PageRule {
    /// A list that comes whole.
    #[must_use]
    pub const fn single(operation: &'static str) -> Self {
        Self {
            operation,
            style: PageStyle::Single,
            page_size: 0,
            last_page: None,
        }
    }

    /// A list by page number, counted from 1. Where the pages give a total, it ends the list; without, an empty page does.
    #[must_use]
    pub const fn numbered(operation: &'static str, page_size: u32, last_page: Option<u32>) -> Self {
        Self {
            operation,
            style: PageStyle::Numbered,
            page_size,
            last_page,
        }
    }

    /// A list by a cursor that each page gives for the next.
    #[must_use]
    pub const fn cursor(operation: &'static str, page_size: u32) -> Self {
        Self {
            operation,
            style: PageStyle::Cursor,
            page_size,
            last_page: None,
        }
    }

    /// Where the list begins.
    #[must_use]
    pub const fn start(&self) -> Position {
        match self.style {
            PageStyle::Single => Position::Only,
            PageStyle::Numbered => Position::Number(1),
            PageStyle::Cursor => Position::Cursor(None),
        }
    }
}

/// What leads from one page to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PageStyle {
    /// The list comes whole.
    Single,
    /// Pages are numbered from 1.
    Numbered,
    /// Each page gives the cursor of the next.
    Cursor,
}

/// Where a page stands in its list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Position {
    /// The only page.
    Only,
    /// The page with this number, from 1.
    Number(u32),
    /// The page that this cursor stands for; `None` is the first.
    Cursor(Option<String>),
}

/// Why reading a list came to its regular end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PagingEnd {
    /// The list came whole.
    SinglePage,
    /// A page was empty.
    EmptyPage,
    /// As many items were read as the service said there are.
    TotalReached,
    /// It was the last page of as many as the service said there are.
    LastPage,
    /// The page gave no cursor for a next one.
    NoCursor,
    /// Everything that was asked for by identifier has come.
    AllFound,
}

/// Why a list could not be read to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PagingStop {
    /// The service sent a page again that it had sent before: it ignores the page number or the cursor.
    RepeatedPage,
    /// The service gave a cursor again that it had given before.
    RepeatedCursor,
    /// A page was empty, or the only one, although the service says that there are more items.
    MissingItems,
    /// A hundred pages in a row were empty, each with a new cursor. A few are usual where a service filters after it has
    /// cut the pages; if there is more behind so many, the checkpoint leads on.
    EmptyPages,
    /// There are more pages than the vendor hands out.
    PageLimit,
    /// A request for a page failed; the error itself says how.
    Interrupted,
}

impl fmt::Display for PagingStop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::RepeatedPage => "the service sent the same page again",
            Self::RepeatedCursor => "the service gave the same cursor again",
            Self::MissingItems => "the service says that there are more items than it handed out",
            Self::EmptyPages => "the service sent 100 empty pages in a row",
            Self::PageLimit => "the list has more pages than the service hands out",
            Self::Interrupted => "a page could not be fetched",
        })
    }
}
