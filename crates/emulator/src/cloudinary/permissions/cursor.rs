//! Pages of cursor lists, and the faults that change them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use super::super::context::Context;
use crate::fault::cursor;
use crate::paging::PageFault;
use crate::quirk::{CLAMPED_PAGE_SIZE, Quirk};
use crate::refusal::Refusal;

/// A page of a cursor list.
#[derive(Debug)]
pub(super) struct CursorPage {
    skip: usize,
    take: usize,
    /// How many empty pages led here, so that an empty page can return a new cursor for the same place.
    empty_pages: usize,
    fault: PageFault,
    empty_at_end: bool,
}

impl CursorPage {
    /// Reads the cursor from the query or the body. An empty cursor counts as none.
    pub(super) fn read(context: &Context<'_>, list: &str) -> Result<Self, Refusal> {
        let cap = match context.quirks.has(Quirk::PageSizeClamped) {
            true => CLAMPED_PAGE_SIZE,
            false => usize::MAX,
        };
        let (skip, empty_pages) = match cursor(context.input).filter(|text| !text.is_empty()) {
            None => (0, 0),
            Some(text) => decode(text, list).ok_or_else(|| {
                Refusal::invalid("cursor is none that this list has handed out; take it from the page before")
            })?,
        };
        Ok(Self {
            skip,
            empty_pages,
            take: context.paging.cursor_size.min(cap).max(1),
            fault: context.paging.fault,
            empty_at_end: context.quirks.has(Quirk::EmptyCursorAtEnd),
        })
    }

    /// Returns a page with the whole list, and ignores the cursor.
    pub(super) fn all(context: &Context<'_>) -> Self {
        Self {
            skip: 0,
            empty_pages: 0,
            take: usize::MAX,
            fault: context.paging.fault,
            empty_at_end: context.quirks.has(Quirk::EmptyCursorAtEnd),
        }
    }

    /// Returns the page's part of the rows, and the next cursor.
    pub(super) fn cut<T>(self, rows: Vec<T>, list: &str) -> (Vec<T>, Option<String>) {
        let total = rows.len();
        if self.fault == PageFault::EmptyPage {
            return (
                Vec::new(),
                Some(encode(list, self.skip, self.empty_pages.saturating_add(1))),
            );
        }
        let page: Vec<T> = rows.into_iter().skip(self.skip).take(self.take).collect();
        let end = self.skip.saturating_add(self.take);
        let next = match self.fault {
            // The cursor leads to the second page, then to the third, and then back to the second.
            PageFault::CursorCycle if self.skip <= self.take => Some(end.min(self.take.saturating_mul(2))),
            PageFault::CursorCycle => Some(self.take),
            _ => (end < total).then_some(end),
        };
        let next = match next {
            Some(place) => Some(encode(list, place, 0)),
            None => self.empty_at_end.then(String::new),
        };
        (page, next)
    }
}

/// Adds the next cursor to a response.
pub(super) fn with_next(mut reply: Value, next: Option<String>) -> Value {
    if let Some(next) = next {
        reply["next_cursor"] = next.into();
    }
    reply
}

fn encode(list: &str, place: usize, empty_pages: usize) -> String {
    URL_SAFE_NO_PAD.encode(format!("{list}:{place}:{empty_pages}"))
}

fn decode(text: &str, list: &str) -> Option<(usize, usize)> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
    let (place, empty_pages) = text.strip_prefix(list)?.strip_prefix(':')?.split_once(':')?;
    Some((place.parse().ok()?, empty_pages.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(skip: usize, fault: PageFault) -> CursorPage {
        CursorPage {
            skip,
            take: 2,
            empty_pages: 0,
            fault,
            empty_at_end: false,
        }
    }

    #[test]
    fn cursor_decodes_for_its_own_list_alone() {
        let cursor = encode("policies", 4, 1);
        assert_eq!(decode(&cursor, "policies"), Some((4, 1)));
        assert_eq!(decode(&cursor, "inspect"), None);
        assert_eq!(decode("policies:4:1", "policies"), None);
    }

    #[test]
    fn cut_in_a_cycle_goes_on_between_two_cursors() {
        let next = |skip| page(skip, PageFault::CursorCycle).cut(vec![1, 2, 3], "l").1;
        assert_eq!(next(0), Some(encode("l", 2, 0)));
        assert_eq!(next(2), Some(encode("l", 4, 0)));
        assert_eq!(next(4), Some(encode("l", 2, 0)));
    }

    #[test]
    fn cut_of_an_empty_page_stays_in_its_place_under_a_new_cursor() {
        assert_eq!(
            page(2, PageFault::EmptyPage).cut(vec![1, 2, 3], "l"),
            (vec![], Some(encode("l", 2, 1)))
        );
        assert_eq!(page(2, PageFault::None).cut(vec![1, 2, 3], "l"), (vec![3], None));
    }
}
