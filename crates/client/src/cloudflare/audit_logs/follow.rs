//! Following the audit log as entries come in.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use account_provisioning_core::time::{Clock, Sleep};
use account_provisioning_core::{Checkpoint, Error, Items, MakeError as _, PagingStop, Result};
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::Stream;
use futures_util::future::BoxFuture;
use serde::Deserialize as _;
use serde_json::Value;

use super::super::requests::ListAuditLogs;
use super::super::{AuditLog, SortOrder, paging};
use super::checkpoint::Window;
use super::{AuditCheckpoint, AuditMoment};
use crate::call::sealed::Sealed;
use crate::json::JsonList;
use crate::list::{Last, List, Pager};

const EVERY: Duration = Duration::from_secs(60);
/// The shortest wait between two windows: without a wait, a log without new entries would be requested over and over.
const LEAST: Duration = Duration::from_secs(1);
const OVERLAP: TimeDelta = TimeDelta::minutes(5);
/// How much earlier than the floor a window begins, in case the service rounds its beginning or leaves it out. Entries
/// before the floor are dropped.
const MARGIN: TimeDelta = TimeDelta::seconds(1);
/// How far two clocks are apart without it meaning anything.
const TOLERANCE: TimeDelta = TimeDelta::seconds(5);
/// How far in the future following can begin. It waits for such a time, since the clock that it comes from may be fast.
const AHEAD: TimeDelta = TimeDelta::minutes(5);

/// An entry of the audit log, as a model or as JSON. Implemented by this crate alone.
pub trait AuditEntry: Sized + Send + Sealed + 'static {
    /// The list of such entries.
    #[doc(hidden)]
    type List: List<Item = Self>;

    /// The request inside the list.
    #[doc(hidden)]
    fn request(list: &mut Self::List) -> &mut ListAuditLogs;

    /// The id and the time of the entry.
    #[doc(hidden)]
    fn place(&self) -> (Cow<'_, str>, Option<DateTime<Utc>>);
}

fn time(entry: &AuditLog) -> Option<DateTime<Utc>> {
    entry.action.as_ref().and_then(|action| action.time)
}

impl Sealed for AuditLog {}

impl AuditEntry for AuditLog {
    type List = ListAuditLogs;

    fn request(list: &mut ListAuditLogs) -> &mut ListAuditLogs {
        list
    }

    fn place(&self) -> (Cow<'_, str>, Option<DateTime<Utc>>) {
        (Cow::Borrowed(&self.id), time(self))
    }
}

impl Sealed for Value {}

impl AuditEntry for Value {
    type List = JsonList<ListAuditLogs>;

    fn request(list: &mut JsonList<ListAuditLogs>) -> &mut ListAuditLogs {
        &mut list.0
    }

    fn place(&self) -> (Cow<'_, str>, Option<DateTime<Utc>>) {
        // The page was readable as models, so each of its entries is.
        match AuditLog::deserialize(self) {
            Ok(entry) => (Cow::Owned(entry.id.clone()), time(&entry)),
            Err(_) => (Cow::Owned(self.to_string()), None),
        }
    }
}

/// The audit log as a stream that doesn't end; made by [`follow`](crate::Call::follow).
///
/// Its entries are [`AuditLog`]s. After [`json`](crate::Call::json), they are JSON, with the fields that this version doesn't
/// know.
///
/// The log is read in windows, oldest entries first. Each window begins a little ([`overlap`](Self::overlap)) before the
/// newest entry so far, to find entries that the service logs late, and ends now. Then the stream waits
/// ([`every`](Self::every)) and reads the next window. Entries that windows have in common are recognised by their ids: the
/// service returns each at least once, and this stream exactly once. That also holds when the stream is resumed from a
/// [`checkpoint`](Self::checkpoint) that was taken before a crash; entries returned after the checkpoint are then returned
/// again.
///
/// "Now" is the service's time, by the `Date` of its responses, if the client's clock is slower. An entry whose time is in
/// the future is returned, and moves no window. A beginning more than five minutes in the future is an input error. Pages
/// without entries are read past, however many there are, with a pause of a second after each hundred.
///
/// Nothing is sent before the first entry is asked for. The stream ends after its first error, which comes after the
/// retries of a call; resume from the checkpoint to continue.
#[must_use = "a stream sends nothing until it is read"]
pub struct FollowAuditLogs<T: AuditEntry = AuditLog> {
    list: Pager<T::List>,
    clock: Arc<dyn Clock>,
    sleep: Arc<dyn Sleep>,
    every: Duration,
    overlap: TimeDelta,
    once: bool,
    /// How far the log was followed; `None` only when an argument is wrong.
    at: Option<AuditCheckpoint>,
    window: Window,
    /// Whether the current window is the first one, which begins without knowing the service's time.
    first: bool,
    /// The last response of the current window.
    last: Last,
    /// How much later the service's clock is than the client's; `None` before the first window.
    ahead: Option<TimeDelta>,
    /// The pages of the current window at which a hundred empty ones had been read.
    pauses: HashSet<Checkpoint>,
    phase: Phase<T>,
}

enum Phase<T> {
    Starting,
    Reading(Box<Items<T>>),
    /// Between two windows.
    Waiting(BoxFuture<'static, ()>),
    /// After a hundred empty pages.
    Pausing(BoxFuture<'static, ()>, Box<Checkpoint>),
    Failing(Box<Error>),
    Ended,
}

/// Where following begins, unless it is resumed from a checkpoint.
fn start(list: &ListAuditLogs) -> Result<AuditCheckpoint> {
    let given = [
        ("before", !list.before.is_empty()),
        ("sort_order", list.direction.is_some()),
        ("cursor", list.cursor.is_some()),
    ];
    if let Some((field, _)) = given.into_iter().find(|(_, given)| *given) {
        return Err(Error::invalid_input(format!(
            "`{field}`: following the log sets it itself; leave it out, or read a period with `stream`"
        )));
    }
    let since = AuditMoment::read(&list.since)
        .ok_or_else(|| Error::invalid_input("`since`: it is neither a day nor a moment; give one of them"))?;
    Ok(AuditCheckpoint::start(list.account_id.clone(), since.instant()))
}

impl<T: AuditEntry> FollowAuditLogs<T> {
    pub(super) fn new(list: Pager<T::List>) -> Self {
        let (transport, request, _) = list.clone().into_parts();
        let (at, phase) = match request.and_then(|mut list| start(T::request(&mut list))) {
            Ok(start) => (Some(start), Phase::Starting),
            Err(problem) => (None, Phase::Failing(Box::new(problem))),
        };
        Self {
            list,
            clock: Arc::clone(transport.clock()),
            sleep: Arc::clone(transport.sleeper()),
            every: EVERY,
            overlap: OVERLAP,
            once: false,
            at,
            window: Window {
                from: DateTime::<Utc>::MIN_UTC,
                end: DateTime::<Utc>::MIN_UTC,
                overlap: OVERLAP,
            },
            first: true,
            last: Last::default(),
            ahead: None,
            pauses: HashSet::new(),
            phase,
        }
    }

    /// Sets how long to wait between two windows. Defaults to 60 s; a wait of less than 1 s becomes 1 s. Waits use the
    /// client's [`Sleep`](crate::time::Sleep).
    pub fn every(mut self, wait: Duration) -> Self {
        self.every = wait.max(LEAST);
        self
    }

    /// Sets how long before the newest entry so far a window begins, for entries that are logged late. Defaults to 5
    /// minutes. A longer overlap finds later entries, and reads more entries again.
    pub fn overlap(mut self, reach: Duration) -> Self {
        self.overlap = TimeDelta::from_std(reach).unwrap_or(TimeDelta::MAX);
        self
    }

    /// Ends the stream when it has caught up, instead of waiting for more: for programs that run now and then and store
    /// the checkpoint in between. Defaults to a stream that doesn't end.
    pub fn until_now(mut self) -> Self {
        self.once = true;
        self
    }

    /// Continues at a checkpoint, instead of at the beginning of the list's period. Give the list the filters that the
    /// checkpoint was taken with.
    ///
    /// A checkpoint of another account is refused: the error is the stream's first item.
    pub fn resume(mut self, from: AuditCheckpoint) -> Self {
        if let Some(at) = &self.at
            && let Err(problem) = from.check(at.account())
            && matches!(self.phase, Phase::Starting)
        {
            self.phase = Phase::Failing(Box::new(problem));
        }
        self.at = Some(from);
        self
    }

    /// Returns the place after the last entry that was returned; `None` when an argument is wrong, so that there is nothing
    /// to follow.
    ///
    /// This copies up to some ten thousand ids: take and store a checkpoint for each page or minute, not for each entry.
    #[must_use]
    pub fn checkpoint(&self) -> Option<AuditCheckpoint> {
        self.at.clone()
    }

    /// The later of the client's time and the service's, as far as it is known.
    fn now(&self) -> DateTime<Utc> {
        let ahead = self.ahead.unwrap_or_default().max(TimeDelta::zero());
        let now = self.clock.now();
        now.checked_add_signed(ahead).unwrap_or(now)
    }

    /// Starts to read the next window; waits when it would be empty.
    fn begin(&mut self) -> Result<Phase<T>> {
        let Some(at) = &self.at else {
            return Ok(Phase::Ended);
        };
        let (from, now) = (at.since(), self.now());
        if from > now && self.ahead.is_some() {
            if from.signed_duration_since(now) > AHEAD {
                return Err(Error::invalid_input(format!(
                    "`since`: following begins at {}, but it is {} now: begin at a time that is not in the future, or without this checkpoint",
                    AuditMoment::At(from).text(),
                    AuditMoment::At(now).text()
                ))
                .with_operation(paging::AUDIT_LOGS.operation));
            }
            return Ok(self.rest());
        }
        self.window = Window {
            from,
            // The service's time is not known before its first response, so a future that may be none is asked about.
            end: from.max(now),
            overlap: self.overlap,
        };
        self.first = self.ahead.is_none();
        self.pauses.clear();
        Ok(self.read(None))
    }

    /// Reads the current window, from its beginning or from one of its pages.
    fn read(&self, page: Option<Checkpoint>) -> Phase<T> {
        let Window { from, end, .. } = self.window;
        let since = from.checked_sub_signed(MARGIN).unwrap_or(from);
        let list = self.list.clone().with(|list| {
            let list = T::request(list);
            list.since = AuditMoment::At(since).text();
            list.before = AuditMoment::At(end).text();
            list.direction = Some(SortOrder::Asc);
        });
        Phase::Reading(Box::new(list.read_noting(page, None, Arc::clone(&self.last)).items()))
    }

    /// Compares the clocks by the last response. Without a date in it, the client's clock is right.
    fn compare_clocks(&mut self) {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(last) = &*last else { return };
        let date = last.meta.headers.get("date").and_then(|date| date.to_str().ok());
        let ahead = date
            .and_then(|date| DateTime::parse_from_rfc2822(date).ok())
            .map(|date| date.signed_duration_since(last.received))
            .filter(|ahead| ahead.abs() > TOLERANCE);
        self.ahead = Some(ahead.unwrap_or_default());
    }

    /// The window, which doesn't end later than now by the service's clock: entries of a later time are wrong.
    fn credible(&self) -> Window {
        let behind = self.ahead.unwrap_or_default().min(TimeDelta::zero());
        let end = self.window.end.checked_add_signed(behind).unwrap_or(self.window.end);
        Window { end, ..self.window }
    }

    /// Whether an entry is new.
    fn admit(&mut self, entry: &T) -> Result<bool> {
        let (id, time) = entry.place();
        if self.ahead.is_none() {
            self.compare_clocks();
        }
        let window = self.credible();
        let Some(at) = &mut self.at else { return Ok(false) };
        at.admit(&id, time, &window)
            .map_err(|problem| problem.with_operation(paging::AUDIT_LOGS.operation))
    }

    /// What follows a window that was read to its end.
    fn end_window(&mut self) -> Phase<T> {
        self.compare_clocks();
        let window = self.credible();
        if let Some(at) = &mut self.at {
            at.complete(&window);
        }
        // The first window ended too early if the client's clock is slow.
        let slow = self.ahead.unwrap_or_default() > TimeDelta::zero();
        if self.first && (slow || self.window.from > self.now()) {
            return Phase::Starting;
        }
        self.rest()
    }

    /// Waits for the next window, or ends.
    fn rest(&self) -> Phase<T> {
        if self.once {
            Phase::Ended
        } else {
            Phase::Waiting(self.sleep.sleep(self.every))
        }
    }

    /// What follows a failure: a pause after a hundred empty pages, unless they go in a circle.
    fn after(&mut self, problem: Error) -> Result<Phase<T>> {
        match problem.paging() {
            Some(failure)
                if failure.stop == PagingStop::EmptyPages && self.pauses.insert(failure.checkpoint.clone()) =>
            {
                let page = Box::new(failure.checkpoint.clone());
                Ok(Phase::Pausing(self.sleep.sleep(LEAST), page))
            }
            _ => Err(problem),
        }
    }

    fn fail(&mut self, problem: Error) -> Poll<Option<Result<T>>> {
        self.phase = Phase::Ended;
        Poll::Ready(Some(Err(problem)))
    }
}

impl<T: AuditEntry> Stream for FollowAuditLogs<T> {
    type Item = Result<T>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            match &mut this.phase {
                Phase::Starting => match this.begin() {
                    Ok(phase) => this.phase = phase,
                    Err(problem) => return this.fail(problem),
                },
                Phase::Reading(items) => match ready!(Pin::new(&mut **items).poll_next(cx)) {
                    Some(Ok(entry)) => match this.admit(&entry) {
                        Ok(true) => return Poll::Ready(Some(Ok(entry))),
                        Ok(false) => {}
                        Err(problem) => return this.fail(problem),
                    },
                    Some(Err(problem)) => match this.after(problem) {
                        Ok(phase) => this.phase = phase,
                        Err(problem) => return this.fail(problem),
                    },
                    None => this.phase = this.end_window(),
                },
                Phase::Waiting(sleep) => {
                    ready!(sleep.as_mut().poll(cx));
                    this.phase = Phase::Starting;
                }
                Phase::Pausing(sleep, page) => {
                    ready!(sleep.as_mut().poll(cx));
                    let page = (**page).clone();
                    this.phase = this.read(Some(page));
                }
                Phase::Failing(_) => {
                    if let Phase::Failing(problem) = std::mem::replace(&mut this.phase, Phase::Ended) {
                        return Poll::Ready(Some(Err(*problem)));
                    }
                }
                Phase::Ended => return Poll::Ready(None),
            }
        }
    }
}

impl<T: AuditEntry> fmt::Debug for FollowAuditLogs<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FollowAuditLogs")
            .field("every", &self.every)
            .field("overlap", &self.overlap)
            .field("until_now", &self.once)
            .field("read", &self.at.as_ref().map(AuditCheckpoint::read))
            .finish_non_exhaustive()
    }
}

impl<T: AuditEntry> Unpin for FollowAuditLogs<T> {}
