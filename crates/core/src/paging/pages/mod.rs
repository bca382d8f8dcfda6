//! A list as a stream of pages.

mod accept;

use std::collections::VecDeque;
use std::fmt;
use std::hash::Hasher;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use futures_util::Stream;
use futures_util::future::BoxFuture;

use super::asked::Found;
use super::guard::Guard;
use super::task::Task;
use super::{
    Checkpoint, Items, Page, PageRequest, PageRule, PageSource, PageStyle, PagingEnd, PagingFailure, PagingStop,
    Position,
};
use crate::error::MakeError as _;
use crate::{Error, ErrorKind, Result};

/// How many pages are fetched ahead if the first page says how many there are.
const AHEAD_WITH_TOTAL: usize = 7;
/// How many pages are fetched ahead otherwise.
const AHEAD: usize = 1;

/// A list as a stream of pages, each fetched once and returned in order.
///
/// Apart from the pages that are fetched ahead, at most one page is in memory.
#[must_use = "a stream sends nothing until it is read"]
pub struct Pages<T> {
    source: Arc<dyn PageSource<T>>,
    rule: PageRule,
    page_size: u32,
    ahead: Option<usize>,
    /// The page to request next, if it is known.
    next: Option<Position>,
    segment: usize,
    /// The pages that were requested but not returned yet.
    in_flight: VecDeque<(Position, Task<Page<T>>)>,
    guard: Guard,
    /// What was found of the keys that this segment asks for.
    found: Found,
    /// How many items of this segment were received.
    segment_read: u64,
    /// The number of the last page, as far as the service says how many there are.
    last_known_page: Option<u32>,
    /// How many items of the first page were returned before the checkpoint, and are left out.
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

/// Starts to read a list, or resumes it from a checkpoint. No request is sent before the first page is polled.
///
/// `ahead` is how many pages are fetched before they are polled. Defaults to 7 for a list whose first page has a total,
/// and to 1 otherwise, because further requests could be past the end. With the page that is waited for, one more request
/// is under way.
pub fn read_pages<T: Send + 'static>(
    source: Arc<dyn PageSource<T>>,
    from: Option<Checkpoint>,
    ahead: Option<usize>,
) -> Pages<T> {
    let rule = source.rule();
    let page_size = source.page_size().unwrap_or(rule.page_size);
    let problem = from
        .as_ref()
        .and_then(|from| from.check(&source.name(), &rule, source.segments()).err());
    let at = from.unwrap_or_else(|| Checkpoint::start(&source.name(), &rule, page_size));
    Pages {
        next: Some(at.position.clone()),
        segment: at.segment,
        segment_read: at.before,
        skip: at.skip,
        page_size: at.page_size,
        in_flight: VecDeque::new(),
        guard: Guard::default(),
        found: Found::default(),
        last_known_page: None,
        state: problem.map_or(State::Reading, |error| State::Failing(Box::new(error))),
        source,
        rule,
        ahead,
        at,
    }
}

/// A list that immediately fails, for example because of an invalid argument.
pub fn failed_pages<T: Send + 'static>(error: Error) -> Pages<T> {
    let mut pages = read_pages(Arc::new(NoPages), None, None);
    pages.state = State::Failing(Box::new(error));
    pages
}

impl<T: Send + 'static> Pages<T> {
    /// The same list as a stream of items.
    pub fn items(self) -> Items<T> {
        Items::new(self)
    }

    /// The position after the last returned page.
    #[must_use]
    pub fn checkpoint(&self) -> Checkpoint {
        self.at.clone()
    }

    /// Why the list has ended; `None` before its end and after an error.
    #[must_use]
    pub fn end(&self) -> Option<PagingEnd> {
        match self.state {
            State::Ended(end) => Some(end),
            _ => None,
        }
    }

    /// The position before the last `unread` items of the last page.
    pub(super) fn checkpoint_before(&self, unread: usize) -> Checkpoint {
        let mut at = self.at.clone();
        at.skip = at.skip.saturating_sub(unread);
        at.read = at.read.saturating_sub(unread as u64);
        at
    }

    /// Requests pages until `count` pages are in flight or no further page is known.
    fn fill(&mut self, count: usize) -> Result<()> {
        while self.in_flight.len() < count {
            let Some(position) = self.next.take() else {
                return Ok(());
            };
            let request = PageRequest {
                segment: self.segment,
                position: position.clone(),
                page_size: self.page_size,
            };
            let task = Task::spawn(self.source.fetch(request))?;
            self.next = self.known_after(&position);
            self.in_flight.push_back((position, task));
        }
        Ok(())
    }

    /// The page after `position`, if the number of pages is known.
    fn known_after(&self, position: &Position) -> Option<Position> {
        match (position, self.last_known_page) {
            (Position::Number(number), Some(last)) if *number < last => Some(Position::Number(number + 1)),
            _ => None,
        }
    }

    /// How many pages to fetch ahead.
    fn pages_ahead(&self) -> usize {
        match self.last_known_page {
            Some(_) => self.ahead.unwrap_or(AHEAD_WITH_TOTAL),
            None => self.ahead.unwrap_or(AHEAD).min(AHEAD),
        }
    }

    fn stop(&self, stop: PagingStop, remedy: &str) -> Error {
        let message = format!("stopped after {} items: {stop}; {remedy}", self.at.read);
        let error = Error::new(ErrorKind::Paging, message).with_operation(self.rule.operation);
        error.with_paging(PagingFailure::new(stop, self.at.clone()))
    }

    fn fail(&mut self, error: Error) -> Poll<Option<Result<Page<T>>>> {
        self.in_flight.clear();
        self.state = State::Failed;
        // An error without an operation is about an argument: nothing was read, so there is nothing to resume.
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
            if let Err(error) = this.fill(this.pages_ahead().saturating_add(1)) {
                return this.fail(error.with_operation(this.rule.operation));
            }
            let Some((_, task)) = this.in_flight.front_mut() else {
                return Poll::Ready(None);
            };
            let fetched = ready!(Pin::new(task).poll(cx));
            let Some((position, _)) = this.in_flight.pop_front() else {
                return Poll::Ready(None);
            };
            let fetched = fetched.map_err(|error| error.with_operation(this.rule.operation));
            match fetched.and_then(|page| this.accept(position, page)) {
                Err(error) => return this.fail(error),
                Ok(None) => {}
                Ok(Some(page)) => {
                    if matches!(this.state, State::Reading)
                        && let Err(error) = this.fill(this.pages_ahead())
                    {
                        this.state = State::Failing(Box::new(error));
                    }
                    // A page without items (the last one, or one that was read before the checkpoint) is not returned.
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
            .field("in_flight", &self.in_flight.len())
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

impl<T> Unpin for Pages<T> {}

/// The source of a list that fails before it requests a page.
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
