//! A list as a stream of pages: the engine under every list.

use std::collections::VecDeque;
use std::fmt;
use std::hash::Hasher;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use futures::Stream;
use futures::future::BoxFuture;

use super::guard::Guard;
use super::task::Task;
use super::{
    Checkpoint, Items, Page, PageRequest, PageRule, PageSource, PageStyle, PagingEnd, PagingFailure, PagingStop,
    Position,
};
use crate::error::MakeError as _;
use crate::{Error, ErrorKind, Result};

/// How many pages are fetched ahead when the first page tells how many there are.
const AHEAD_WITH_TOTAL: usize = 3;
/// How many pages are fetched ahead otherwise.
const AHEAD: usize = 1;

/// A list as a stream of pages, each fetched once and handed out in order.
///
/// At most one page more than are fetched ahead is held in memory.
#[must_use = "a stream sends nothing until it is read"]
pub struct Pages<T> {
    source: Arc<dyn PageSource<T>>,
    rule: PageRule,
    page_size: u32,
    ahead: Option<usize>,
    /// The page after the last one that was asked for, when it is known.
    next: Option<Position>,
    segment: usize,
    waiting: VecDeque<(Position, Task<Page<T>>)>,
    guard: Guard,
    /// Items of this segment in the pages that were handed out.
    segment_read: u64,
    /// The last page that the total speaks of.
    last_planned: Option<u32>,
    /// Items to drop from the first page, which a checkpoint says were handed out before.
    skip: usize,
    at: Checkpoint,
    state: State,
}

#[derive(Debug)]
enum State {
    Reading,
    Failing(Box<Error>),
    Ended(PagingEnd),
    Failed,
}

impl<T: Send + 'static> Pages<T> {
    /// Begins to read a list, or goes on from a checkpoint. Nothing is sent before the first page is asked for.
    ///
    /// `ahead` is how many pages are fetched before they are asked for. Defaults to 3 for a list whose first page tells
    /// its total, and to 1 otherwise (more would be guesses past the end).
    pub fn new(source: Arc<dyn PageSource<T>>, from: Option<Checkpoint>, ahead: Option<usize>) -> Self {
        let rule = source.rule();
        let page_size = source.page_size().unwrap_or(rule.page_size);
        let problem = from
            .as_ref()
            .and_then(|from| from.check(&rule, source.segments()).err());
        let at = from.unwrap_or_else(|| Checkpoint::start(&rule, page_size));
        Self {
            next: Some(at.position.clone()),
            segment: at.segment,
            segment_read: at.before,
            skip: at.skip,
            page_size: at.page_size,
            waiting: VecDeque::new(),
            guard: Guard::default(),
            last_planned: None,
            state: problem.map_or(State::Reading, |error| State::Failing(Box::new(error))),
            source,
            rule,
            ahead,
            at,
        }
    }

    /// A list that ends at once with an error, such as one about its arguments.
    pub fn failing(error: Error) -> Self {
        let mut pages = Self::new(Arc::new(NoPages), None, None);
        pages.state = State::Failing(Box::new(error));
        pages
    }

    /// The same list as a stream of items.
    pub fn items(self) -> Items<T> {
        Items::new(self)
    }

    /// The place after the last page that was handed out.
    #[must_use]
    pub fn checkpoint(&self) -> Checkpoint {
        self.at.clone()
    }

    /// Why the list came to its end; `None` while it hasn't, and after an error.
    #[must_use]
    pub fn end(&self) -> Option<PagingEnd> {
        match self.state {
            State::Ended(end) => Some(end),
            _ => None,
        }
    }

    /// The place before the last `unread` items of the last page.
    pub(super) fn checkpoint_before(&self, unread: usize) -> Checkpoint {
        let mut at = self.at.clone();
        at.skip = at.skip.saturating_sub(unread);
        at.read = at.read.saturating_sub(unread as u64);
        at
    }

    /// Starts fetches until `room` pages are under way or no further page is known.
    fn fill(&mut self, room: usize) -> Result<()> {
        while self.waiting.len() < room {
            let Some(position) = self.next.take() else {
                return Ok(());
            };
            let request = PageRequest {
                segment: self.segment,
                position: position.clone(),
                page_size: self.page_size,
            };
            let task = Task::spawn(self.source.fetch(request))?;
            self.next = self.planned_after(&position);
            self.waiting.push_back((position, task));
        }
        Ok(())
    }

    /// The page after `position`, as far as the total tells before `position` has come.
    fn planned_after(&self, position: &Position) -> Option<Position> {
        match (position, self.last_planned) {
            (Position::Number(number), Some(last)) if *number < last => Some(Position::Number(number + 1)),
            _ => None,
        }
    }

    fn room_ahead(&self) -> usize {
        match self.last_planned {
            Some(_) => self.ahead.unwrap_or(AHEAD_WITH_TOTAL),
            None => self.ahead.unwrap_or(AHEAD).min(AHEAD),
        }
    }

    /// Takes in the page that came for `position`: checks it, and finds out what follows.
    fn accept(&mut self, position: Position, mut page: Page<T>) -> Result<Option<Page<T>>> {
        let asked_for = self.source.asked_for(self.segment);
        if !self.guard.admit_page(&*self.source, &page) {
            if asked_for.is_some() {
                // Asked by identifier, the vendor may ignore the page number: everything had come with the page before.
                return self.end_segment(PagingEnd::AllFound).map(|()| None);
            }
            let remedy = match position {
                Position::Cursor(_) => "it may ignore the cursor",
                _ => "it may ignore the page number",
            };
            return Err(self.stop(PagingStop::RepeatedPage, remedy));
        }
        if page.is_empty() && self.says_more(&position, &page) {
            return Err(self.stop(PagingStop::MissingItems, "read the list again, or ask the vendor"));
        }
        let before = self.segment_read;
        self.segment_read = self.segment_read.saturating_add(page.len() as u64);
        let end = self.end_after(&position, &page, asked_for);
        let handed_out_before = std::mem::take(&mut self.skip).min(page.len());
        let len = page.len();
        page.items.drain(..handed_out_before);
        let read = self.at.read.saturating_add(page.len() as u64);
        self.at.segment = self.segment;
        self.at.position = position.clone();
        self.at.before = before;
        self.at.skip = len;
        self.at.read = read;
        match end {
            Some(PagingEnd::SinglePage) if self.says_more(&position, &page) => {
                let remedy = "they can't be asked for: the operation takes no page";
                self.state = State::Failing(Box::new(self.stop(PagingStop::MissingItems, remedy)));
            }
            Some(end) => self.end_segment(end)?,
            None => self.go_on(position, &page)?,
        }
        Ok(Some(page))
    }

    /// Whether a page speaks of items that come neither in it nor in the pages before it.
    fn says_more(&self, position: &Position, page: &Page<T>) -> bool {
        match (page.total, page.total_pages, position) {
            (Some(total), _, _) => total > self.segment_read,
            (None, Some(pages), Position::Number(number)) => pages > *number,
            (None, Some(pages), Position::Only) => pages > 1,
            (None, ..) => false,
        }
    }

    fn end_after(&mut self, position: &Position, page: &Page<T>, asked_for: Option<usize>) -> Option<PagingEnd> {
        if asked_for.is_some_and(|count| self.segment_read >= count as u64) {
            return Some(PagingEnd::AllFound);
        }
        match self.rule.style {
            PageStyle::Single => Some(PagingEnd::SinglePage),
            PageStyle::Numbered if page.is_empty() => Some(PagingEnd::EmptyPage),
            PageStyle::Numbered => {
                let Some(total) = page.total else {
                    return self.end_by_pages(position, page.total_pages?);
                };
                if self.segment_read >= total {
                    return Some(PagingEnd::TotalReached);
                }
                self.plan(position, page.len() as u64, total);
                None
            }
            PageStyle::Cursor if page.next_cursor.is_none() => Some(PagingEnd::NoCursor),
            PageStyle::Cursor => None,
        }
    }

    /// Finds out from the number of pages whether this was the last one.
    fn end_by_pages(&mut self, position: &Position, pages: u32) -> Option<PagingEnd> {
        let Position::Number(number) = position else {
            return None;
        };
        if *number >= pages {
            return Some(PagingEnd::LastPage);
        }
        self.last_planned = Some(self.rule.last_page.map_or(pages, |limit| pages.min(limit)));
        None
    }

    /// Works out the last page from the total, by the number of items that pages really have: a service may hold fewer
    /// in a page than it was asked for.
    fn plan(&mut self, position: &Position, items: u64, total: u64) {
        let Position::Number(number) = position else { return };
        let left = (total - self.segment_read).div_ceil(items.max(1));
        let last = u64::from(*number).saturating_add(left);
        let last = u32::try_from(last).unwrap_or(u32::MAX);
        self.last_planned = Some(self.rule.last_page.map_or(last, |limit| last.min(limit)));
    }

    fn go_on(&mut self, position: Position, page: &Page<T>) -> Result<()> {
        match position {
            Position::Number(number) if self.rule.last_page.is_some_and(|last| number >= last) => {
                let remedy = format!("raise the page size above {}, or narrow the filters", self.page_size);
                self.state = State::Failing(Box::new(self.stop(PagingStop::PageLimit, &remedy)));
            }
            Position::Number(number) if self.waiting.is_empty() && self.next.is_none() => {
                self.next = Some(Position::Number(number.saturating_add(1)));
            }
            Position::Number(_) | Position::Only => {}
            Position::Cursor(_) => {
                let Some(cursor) = &page.next_cursor else { return Ok(()) };
                if !self.guard.admit_cursor(cursor) {
                    self.state =
                        State::Failing(Box::new(self.stop(PagingStop::RepeatedCursor, "its paging is broken")));
                    return Ok(());
                }
                if self.guard.found_nothing() {
                    let remedy = "narrow the filters, or go on from the checkpoint if its paging isn't broken";
                    self.state = State::Failing(Box::new(self.stop(PagingStop::EmptyPages, remedy)));
                    return Ok(());
                }
                self.next = Some(Position::Cursor(Some(cursor.clone())));
            }
        }
        Ok(())
    }

    fn end_segment(&mut self, end: PagingEnd) -> Result<()> {
        self.waiting.clear();
        self.guard = Guard::default();
        self.segment_read = 0;
        self.last_planned = None;
        self.segment += 1;
        if self.segment >= self.source.segments() {
            self.next = None;
            self.state = State::Ended(end);
        } else {
            self.next = Some(self.rule.start());
        }
        Ok(())
    }

    fn stop(&self, stop: PagingStop, remedy: &str) -> Error {
        let message = format!("stopped after {} items: {stop}; {remedy}", self.at.read);
        let error = Error::new(ErrorKind::Paging, message).with_operation(self.rule.operation);
        error.with_paging(PagingFailure::new(stop, self.at.clone()))
    }

    fn fail(&mut self, error: Error) -> Poll<Option<Result<Page<T>>>> {
        self.waiting.clear();
        self.state = State::Failed;
        // An error without an operation is about the arguments: nothing was read, and nothing can be resumed.
        let error = match error.paging() {
            None if error.operation().is_some() => {
                error.with_paging(PagingFailure::new(PagingStop::Interrupted, self.at.clone()))
            }
            _ => error,
        };
        Poll::Ready(Some(Err(error)))
    }
}

impl<T: Send + 'static> Stream for Pages<T> {
    type Item = Result<Page<T>>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            match std::mem::replace(&mut this.state, State::Failed) {
                State::Failing(error) => return this.fail(*error),
                State::Failed => return Poll::Ready(None),
                State::Ended(end) => {
                    this.state = State::Ended(end);
                    return Poll::Ready(None);
                }
                State::Reading => this.state = State::Reading,
            }
            if let Err(error) = this.fill(1) {
                return this.fail(error.with_operation(this.rule.operation));
            }
            let Some((_, task)) = this.waiting.front_mut() else {
                return Poll::Ready(None);
            };
            let fetched = ready!(Pin::new(task).poll(cx));
            let Some((position, _)) = this.waiting.pop_front() else {
                return Poll::Ready(None);
            };
            let fetched = fetched.map_err(|error| error.with_operation(this.rule.operation));
            match fetched.and_then(|page| this.accept(position, page)) {
                Err(error) => return this.fail(error),
                Ok(None) => {}
                Ok(Some(page)) => {
                    if matches!(this.state, State::Reading)
                        && let Err(error) = this.fill(this.room_ahead())
                    {
                        this.state = State::Failing(Box::new(error));
                    }
                    // A page that holds nothing for the reader (the last, or one read before) is not handed out.
                    if !page.is_empty() || matches!(this.rule.style, PageStyle::Single) {
                        return Poll::Ready(Some(Ok(page)));
                    }
                }
            }
        }
    }
}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("operation", &self.rule.operation)
            .field("at", &self.at)
            .field("under_way", &self.waiting.len())
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

impl<T> Unpin for Pages<T> {}

/// The source of a list that is never asked for a page.
struct NoPages;

impl<T: Send + 'static> PageSource<T> for NoPages {
    fn rule(&self) -> PageRule {
        PageRule::single("")
    }

    fn page_size(&self) -> Option<u32> {
        None
    }

    fn identify(&self, _: &T, _: &mut dyn Hasher) {}

    fn fetch(&self, _: PageRequest) -> BoxFuture<'static, Result<Page<T>>> {
        Box::pin(std::future::ready(Ok(Page::new(Vec::new()))))
    }
}
