//! What to do with a received page: check it, and find out what comes next.

use super::{Pages, State};
use crate::Result;
use crate::paging::asked::Found;
use crate::paging::guard::Guard;
use crate::paging::totals::Totals;
use crate::paging::{AskedFor, Page, PageStyle, PagingEnd, PagingStop, Position};

/// What to do about a list that is returned as a whole and isn't whole.
const NO_PARAMETER: &str = "the operation has no parameter to ask for the others";

impl<T: Send + 'static> Pages<T> {
    /// Checks the page that was received for `position`, and finds out what comes next.
    pub(super) fn accept(&mut self, position: Position, mut page: Page<T>) -> Result<Option<Page<T>>> {
        let asked_for = self.source.asked_for(self.segment);
        if !self.guard.is_new_page(&*self.source, &page) {
            // A page that is exactly full may not be the only one. A shorter one is the last, and a longer one shows that the
            // service doesn't count pages here.
            let may_go_on = page.len() == self.page_size as usize;
            let is_all = |asked| self.found.has_every_key(asked) || !may_go_on;
            if self.guard.pages() == 1 && asked_for.is_some_and(is_all) {
                // The vendor may ignore the page number if items are asked for by key: the first page had all items.
                self.end_segment(PagingEnd::AllFound);
                return Ok(None);
            }
            let remedy = match position {
                Position::Cursor(_) => "it may ignore the cursor",
                _ => "it may ignore the page number",
            };
            return Err(self.stop(PagingStop::RepeatedPage, remedy));
        }
        let before = self.segment_read;
        self.segment_read = self.segment_read.saturating_add(page.len() as u64);
        self.found.add(&*self.source, &page);
        let totals = Totals::of(&page, &position, self.segment_read);
        let end = self.end_after(&position, &page, totals, asked_for);
        if page.is_empty() && end.is_some() && totals.announce_more() {
            return Err(self.stop(PagingStop::MissingItems, "read the list again, or ask the vendor"));
        }
        let returned_before = std::mem::take(&mut self.skip).min(page.len());
        let len = page.len();
        page.items.drain(..returned_before);
        let read = self.at.read.saturating_add(page.len() as u64);
        self.at.segment = self.segment;
        self.at.position = position.clone();
        self.at.before = before;
        self.at.skip = len;
        self.at.read = read;
        match end {
            Some(PagingEnd::SinglePage) if totals.announce_more() || page.next_cursor.is_some() => {
                self.fail_next(PagingStop::MissingItems, NO_PARAMETER);
            }
            Some(PagingEnd::NoCursor) if totals.announce_more() => {
                self.fail_next(PagingStop::MissingItems, "read the list again, or ask the vendor");
            }
            Some(end) => self.end_segment(end),
            None => self.prepare_next(position, &page),
        }
        Ok(Some(page))
    }

    /// Why the list ends after this page, if it does.
    fn end_after(
        &mut self,
        position: &Position,
        page: &Page<T>,
        totals: Totals,
        asked_for: Option<AskedFor>,
    ) -> Option<PagingEnd> {
        let full = self.page_size > 0 && page.len() >= self.page_size as usize;
        if asked_for.is_some_and(|asked| self.found.is_all(asked, full)) {
            return Some(PagingEnd::AllFound);
        }
        match self.rule.style {
            PageStyle::Single => Some(PagingEnd::SinglePage),
            PageStyle::Numbered if page.is_empty() => Some(PagingEnd::EmptyPage),
            PageStyle::Numbered => match totals {
                Totals::AllItems => Some(PagingEnd::TotalReached),
                Totals::AllPages => Some(PagingEnd::LastPage),
                Totals::ItemsLeft(left) => {
                    self.plan_pages(position, page.len() as u64, left);
                    None
                }
                Totals::PagesUpTo(last) => {
                    self.last_known_page = Some(self.rule.last_page.map_or(last, |limit| last.min(limit)));
                    None
                }
                Totals::None => None,
            },
            PageStyle::Cursor if page.next_cursor.is_none() => Some(PagingEnd::NoCursor),
            PageStyle::Cursor => None,
        }
    }

    /// Calculates the last page from the number of items that are left and of those in this page, because pages may be
    /// smaller than requested.
    fn plan_pages(&mut self, position: &Position, items: u64, left: u64) {
        let Position::Number(number) = position else { return };
        let last = u64::from(*number).saturating_add(left.div_ceil(items.max(1)));
        let last = u32::try_from(last).unwrap_or(u32::MAX);
        self.last_known_page = Some(self.rule.last_page.map_or(last, |limit| last.min(limit)));
    }

    /// Finds out which page to request next.
    fn prepare_next(&mut self, position: Position, page: &Page<T>) {
        match position {
            Position::Number(number) if self.rule.last_page.is_some_and(|last| number >= last) => {
                let remedy = format!("raise the page size above {}, or narrow the filters", self.page_size);
                self.fail_next(PagingStop::PageLimit, &remedy);
            }
            Position::Number(number) if self.in_flight.is_empty() && self.next.is_none() => {
                self.next = Some(Position::Number(number.saturating_add(1)));
            }
            Position::Number(_) | Position::Only => {}
            Position::Cursor(_) => {
                let Some(cursor) = &page.next_cursor else { return };
                if !self.guard.is_new_cursor(cursor) {
                    self.fail_next(PagingStop::RepeatedCursor, "its paging is broken");
                } else if self.guard.has_too_many_empty_pages() {
                    self.fail_next(
                        PagingStop::EmptyPages,
                        "narrow the filters, or resume from the checkpoint if its paging isn't broken",
                    );
                } else {
                    self.next = Some(Position::Cursor(Some(cursor.clone())));
                }
            }
        }
    }

    /// Returns the page that was just received, and then fails.
    fn fail_next(&mut self, stop: PagingStop, remedy: &str) {
        self.state = State::Failing(Box::new(self.stop(stop, remedy)));
    }

    /// Goes to the next segment, or ends the list.
    fn end_segment(&mut self, end: PagingEnd) {
        self.in_flight.clear();
        self.guard = Guard::default();
        self.found = Found::default();
        self.segment_read = 0;
        self.last_known_page = None;
        self.segment += 1;
        if self.segment >= self.source.segments() {
            self.next = None;
            self.state = State::Ended(end);
        } else {
            self.next = Some(self.rule.start());
        }
    }
}
