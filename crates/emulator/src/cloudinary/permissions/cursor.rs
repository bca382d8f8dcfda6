//! Pages of cursor lists, and the faults that change them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use super::super::context::Context;
use crate::fault::cursor;
use crate::paging::PageFault;
use crate::quirk::{CLAMPED_PAGE_SIZE, Quirk};
use crate::refusal::Refusal;

/// Where a row is in its list. Places grow along the list, and neither insertions nor removals change them.
pub(super) type Place = [u64; 3];

/// The place of a row in a list that is in the order of one number.
pub(super) const fn place(number: u64) -> Place {
    [0, 0, number]
}

/// A page of a cursor list.
#[derive(Debug)]
pub(super) struct CursorPage {
    cursor: Cursor,
    take: usize,
    fault: PageFault,
    empty_at_end: bool,
}

/// The content of a cursor. The page begins behind a row, which may have been removed in the meantime.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Cursor {
    /// The last row of the page before; `None` for the first page.
    after: Option<Place>,
    /// The number of the page, counted from 0.
    page: usize,
    /// How many empty pages led here, so that an empty page can return a new cursor for the same place.
    empty_pages: usize,
}

impl CursorPage {
    /// Reads the cursor from the query or the body. An empty cursor counts as none.
    pub(super) fn read(context: &Context<'_>, list: &str) -> Result<Self, Refusal> {
        let cap = match context.quirks.has(Quirk::PageSizeClamped) {
            true => CLAMPED_PAGE_SIZE,
            false => usize::MAX,
        };
        let cursor = match cursor(context.input).filter(|text| !text.is_empty()) {
            None => Cursor::default(),
            Some(text) => Cursor::decode(text, list).ok_or_else(|| {
                Refusal::invalid("cursor is none that this list has handed out; take it from the page before")
                    .named("cursor", text)
            })?,
        };
        Ok(Self {
            cursor,
            take: context.paging.cursor_size.min(cap).max(1),
            fault: context.paging.fault,
            empty_at_end: context.quirks.has(Quirk::EmptyCursorAtEnd),
        })
    }

    /// Returns a page with the whole list, and ignores the cursor.
    pub(super) fn all(context: &Context<'_>) -> Self {
        Self {
            cursor: Cursor::default(),
            take: usize::MAX,
            fault: context.paging.fault,
            empty_at_end: context.quirks.has(Quirk::EmptyCursorAtEnd),
        }
    }

    /// Returns the page's part of the rows, which are in the order of their places, and the next cursor.
    pub(super) fn cut<T>(self, rows: Vec<(Place, T)>, list: &str) -> (Vec<T>, Option<String>) {
        let Cursor {
            after,
            page,
            empty_pages,
        } = self.cursor;
        // The places of the last rows of the first page and of this page.
        let first_end = rows.get(..self.take).unwrap_or(&rows).last().map(|(place, _)| *place);
        let mut rest = rows.into_iter().skip_while(|(place, _)| Some(*place) <= after);
        let (places, found): (Vec<Place>, Vec<T>) = rest.by_ref().take(self.take).unzip();
        let end = places.last().copied().or(after);
        let next = |after, page, empty_pages| {
            Cursor {
                after,
                page,
                empty_pages,
            }
            .encode(list)
        };
        match self.fault {
            PageFault::EmptyPage => (Vec::new(), Some(next(after, page, empty_pages.saturating_add(1)))),
            // The cursor leads to the second page, then to the third, and then back to the second.
            PageFault::CursorCycle if page < 2 => (found, Some(next(end, page + 1, 0))),
            PageFault::CursorCycle => (found, Some(next(first_end, 1, 0))),
            _ if rest.next().is_some() => (found, Some(next(end, page.saturating_add(1), 0))),
            _ => (found, self.empty_at_end.then(String::new)),
        }
    }
}

impl Cursor {
    fn encode(self, list: &str) -> String {
        let [a, b, c] = self.after.unwrap_or_default();
        let behind = u8::from(self.after.is_some());
        URL_SAFE_NO_PAD.encode(format!(
            "{list}:{behind}:{a}:{b}:{c}:{}:{}",
            self.page, self.empty_pages
        ))
    }

    fn decode(text: &str, list: &str) -> Option<Self> {
        let text = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        let numbers = text.strip_prefix(list)?.strip_prefix(':')?.split(':');
        let numbers = numbers.map(str::parse).collect::<Result<Vec<u64>, _>>().ok()?;
        let [behind, a, b, c, page, empty_pages] = numbers[..] else {
            return None;
        };
        Some(Self {
            after: (behind == 1).then_some([a, b, c]),
            page: usize::try_from(page).ok()?,
            empty_pages: usize::try_from(empty_pages).ok()?,
        })
    }
}

/// Adds the next cursor to a response.
pub(super) fn with_next(mut reply: Value, next: Option<String>) -> Value {
    if let Some(next) = next {
        reply["next_cursor"] = next.into();
    }
    reply
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(cursor: Cursor, fault: PageFault, rows: &[u64]) -> (Vec<u64>, Option<Cursor>) {
        let page = CursorPage {
            cursor,
            take: 2,
            fault,
            empty_at_end: false,
        };
        let rows = rows.iter().map(|number| (place(*number), *number)).collect();
        let (found, next) = page.cut(rows, "l");
        (found, next.and_then(|next| Cursor::decode(&next, "l")))
    }

    fn cursor(after: u64, page: usize, empty_pages: usize) -> Cursor {
        Cursor {
            after: Some(place(after)),
            page,
            empty_pages,
        }
    }

    #[test]
    fn cursor_decodes_for_its_own_list_alone() {
        for known in [Cursor::default(), cursor(4, 2, 1)] {
            let text = known.encode("policies");
            assert_eq!(Cursor::decode(&text, "policies"), Some(known));
            assert_eq!(Cursor::decode(&text, "inspect"), None);
        }
        assert_eq!(Cursor::decode("policies:1:0:0:4:2:1", "policies"), None);
    }

    #[test]
    fn cut_goes_on_behind_the_last_row_whatever_was_removed() {
        let none = PageFault::None;
        assert_eq!(cut(cursor(2, 1, 0), none, &[1, 2, 3, 4, 5]).0, [3, 4]);
        assert_eq!(
            cut(cursor(2, 1, 0), none, &[3, 4, 5]),
            (vec![3, 4], Some(cursor(4, 2, 0)))
        );
        assert_eq!(cut(cursor(2, 1, 0), none, &[1, 5]), (vec![5], None));
        assert_eq!(cut(cursor(2, 1, 0), none, &[]), (vec![], None));
    }

    #[test]
    fn cut_in_a_cycle_goes_on_between_two_cursors() {
        let next = |cursor, rows: &[u64]| cut(cursor, PageFault::CursorCycle, rows).1;
        let rows = [1, 2, 3];
        assert_eq!(next(Cursor::default(), &rows), Some(cursor(2, 1, 0)));
        assert_eq!(next(cursor(2, 1, 0), &rows), Some(cursor(3, 2, 0)));
        assert_eq!(next(cursor(3, 2, 0), &rows), Some(cursor(2, 1, 0)));
    }

    #[test]
    fn cut_of_an_empty_page_stays_in_its_place_under_a_new_cursor() {
        let empty = cut(cursor(2, 1, 0), PageFault::EmptyPage, &[1, 2, 3]);
        assert_eq!(empty, (vec![], Some(cursor(2, 1, 1))));
        assert_eq!(cut(cursor(2, 1, 1), PageFault::None, &[1, 2, 3]), (vec![3], None));
    }
}
