//! Following the audit log as entries come in.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use account_provisioning_api::cloudflare::ClientInfo as _;
use account_provisioning_core::{CallOptions, Clock, Error, Items, Result, Sleep};
use chrono::{DateTime, TimeDelta, Utc};
use futures::Stream;
use futures::future::BoxFuture;

use super::super::target::Target;
use super::super::{AuditLog, SortDirection, paging};
use super::{AuditCheckpoint, AuditMoment, ListAuditLogs};
use crate::call::Call;

const EVERY: Duration = Duration::from_secs(60);
/// The shortest wait between two windows: without one, a log that nothing comes to would be asked for without a pause.
const LEAST: Duration = Duration::from_secs(1);
const OVERLAP: TimeDelta = TimeDelta::minutes(5);
/// What is asked for beyond the floor, in case the service rounds the bound or leaves it out. What comes of it is dropped.
const MARGIN: TimeDelta = TimeDelta::seconds(1);

/// The audit log as a stream that doesn't end; made by [`follow`](Call::<ListAuditLogs>::follow).
///
/// The log is read in windows, oldest entries first: each begins a little ([`overlap`](Self::overlap)) before the newest
/// entry so far, so that entries that the service logs late are found, and ends now. Then the stream waits
/// ([`every`](Self::every)) and reads the next. Entries that windows have in common are told by their ids: the service
/// hands out each at least once, and this stream exactly once, also when it is resumed from a
/// [`checkpoint`](Self::checkpoint) that was taken before a crash (then, what was handed out after the checkpoint is
/// handed out again).
///
/// Nothing is sent before the first entry is asked for. The stream ends after its first error, behind the retries of a
/// call; the checkpoint leads on.
#[must_use = "a stream sends nothing until it is read"]
pub struct FollowAuditLogs {
    list: Option<ListAuditLogs>,
    options: CallOptions,
    time: Option<(Arc<dyn Clock>, Arc<dyn Sleep>)>,
    every: Duration,
    overlap: TimeDelta,
    once: bool,
    at: Option<AuditCheckpoint>,
    /// The floor that the window under way began with.
    from: DateTime<Utc>,
    phase: Phase,
}

enum Phase {
    Starting,
    Reading(Box<Items<AuditLog>>),
    Waiting(BoxFuture<'static, ()>),
    Failing(Box<Error>),
    Ended,
}

impl Call<ListAuditLogs> {
    /// Goes on reading as entries come in, from [`since`](Self::since) on or from a
    /// [checkpoint](FollowAuditLogs::resume): a stream that doesn't end. The filters and the page size apply.
    ///
    /// A problem with an argument is the stream's first item; `before`, `direction` and `cursor` are refused, since
    /// following sets them.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudflare::{self, AuditCheckpoint};
    /// # use futures::TryStreamExt;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudflare = cloudflare::Client::builder().api_token(emulator.cloudflare().api_token()).base_url(emulator.cloudflare().base_url()).build()?;
    /// # let account = cloudflare.account(emulator.cloudflare().account_id());
    /// # let stored: Option<AuditCheckpoint> = None;
    /// let an_hour_ago = chrono::Utc::now() - chrono::TimeDelta::hours(1);
    /// let mut entries = account.audit_logs().list().since(an_hour_ago).follow().until_now();
    /// if let Some(checkpoint) = stored {
    ///     entries = entries.resume(checkpoint);
    /// }
    /// while let Some(entry) = entries.try_next().await? {
    ///     println!("{}", entry.id);
    /// }
    /// let to_store = entries.checkpoint(); // serde
    /// # Ok(())
    /// # }
    /// ```
    pub fn follow(self) -> FollowAuditLogs {
        let Self { operation, options } = self;
        let (list, problem) = match operation {
            Ok(list) => {
                let problem = refused(&list);
                (Some(list), problem)
            }
            Err(problem) => (None, Some(problem)),
        };
        let start = list.as_ref().and_then(|list| {
            let since = list.since?.instant();
            Some(AuditCheckpoint::start(list.target.account.clone(), since))
        });
        FollowAuditLogs {
            time: list.as_ref().map(|list| time_of(&list.target)),
            list,
            options,
            every: EVERY,
            overlap: OVERLAP,
            once: false,
            at: start,
            from: DateTime::<Utc>::MIN_UTC,
            phase: problem.map_or(Phase::Starting, |problem| Phase::Failing(Box::new(problem))),
        }
    }
}

fn time_of(target: &Target) -> (Arc<dyn Clock>, Arc<dyn Sleep>) {
    let transport = target.client.low_level().inner();
    (Arc::clone(transport.clock()), Arc::clone(transport.sleeper()))
}

/// What following sets itself.
fn refused(list: &ListAuditLogs) -> Option<Error> {
    let given = [
        ("before", list.before.is_some()),
        ("direction", list.direction.is_some()),
        ("cursor", list.chosen.cursor.is_some()),
    ];
    let (field, _) = given.into_iter().find(|(_, given)| *given)?;
    Some(Error::invalid_input(format!(
        "`{field}`: following the log sets it itself; leave it out, or read a period with `stream`"
    )))
}

impl FollowAuditLogs {
    /// Sets how long to wait between two windows. Defaults to 60 s; at least 1 s, which a shorter one is raised
    /// to. Waits pass on the client's [`Sleep`](crate::time::Sleep).
    pub fn every(mut self, wait: Duration) -> Self {
        self.every = wait.max(LEAST);
        self
    }

    /// Sets how far a window reaches back before the newest entry so far, for entries that are logged late. Defaults to
    /// 5 minutes. A longer one finds more and costs reading more again.
    pub fn overlap(mut self, reach: Duration) -> Self {
        self.overlap = TimeDelta::from_std(reach).unwrap_or(TimeDelta::MAX);
        self
    }

    /// Ends the stream when it has caught up, instead of waiting for more: for programs that run now and then and store
    /// the checkpoint in between. Defaults to not ending.
    pub fn until_now(mut self) -> Self {
        self.once = true;
        self
    }

    /// Goes on where a checkpoint says, in place of [`since`](Call::<ListAuditLogs>::since). Give the list the filters
    /// that the checkpoint was taken with.
    ///
    /// A checkpoint of another account is refused: the error is the stream's first item.
    pub fn resume(mut self, from: AuditCheckpoint) -> Self {
        if let Some(list) = &self.list
            && let Err(problem) = from.check(&list.target.account)
            && matches!(self.phase, Phase::Starting)
        {
            self.phase = Phase::Failing(Box::new(problem));
        }
        self.at = Some(from);
        self
    }

    /// The place after the last entry that was handed out; `None` when there is neither a beginning nor a checkpoint to
    /// start from.
    ///
    /// This copies up to some ten thousand ids: take and store one for each page or minute, not for each entry.
    #[must_use]
    pub fn checkpoint(&self) -> Option<AuditCheckpoint> {
        self.at.clone()
    }

    /// Begins to read the next window; `None` when it would be empty.
    fn window(&mut self) -> Result<Option<Items<AuditLog>>> {
        let (Some(list), Some((clock, _))) = (&self.list, &self.time) else {
            return Ok(None);
        };
        let Some(at) = &self.at else {
            return Err(Error::invalid_input(
                "`since`: it is missing; give a day or a moment to follow from, or resume from a checkpoint",
            ));
        };
        let now = clock.now();
        self.from = at.since();
        if self.from > now {
            return Ok(None);
        }
        let since = self.from.checked_sub_signed(MARGIN).unwrap_or(self.from);
        let mut list = list.clone();
        list.since = Some(AuditMoment::At(since));
        list.before = Some(AuditMoment::At(now));
        list.direction = Some(SortDirection::Asc);
        let call = Call {
            operation: Ok(list),
            options: self.options.clone(),
        };
        Ok(Some(call.stream()))
    }

    /// Whether an entry is to be handed out.
    fn admit(&mut self, entry: &AuditLog) -> Result<bool> {
        let time = entry.action.as_ref().and_then(|action| action.time);
        let Some(at) = &mut self.at else { return Ok(false) };
        at.admit(&entry.id, time, self.overlap, self.from)
            .map_err(|problem| problem.with_operation(paging::AUDIT_LOGS.operation))
    }

    /// What follows a window that was read to its end.
    fn rest(&self) -> Phase {
        match &self.time {
            Some((_, sleep)) if !self.once => Phase::Waiting(sleep.sleep(self.every)),
            _ => Phase::Ended,
        }
    }

    fn fail(&mut self, problem: Error) -> Poll<Option<Result<AuditLog>>> {
        self.phase = Phase::Ended;
        Poll::Ready(Some(Err(problem)))
    }
}

impl Stream for FollowAuditLogs {
    type Item = Result<AuditLog>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            match &mut this.phase {
                Phase::Starting => match this.window() {
                    Ok(Some(items)) => this.phase = Phase::Reading(Box::new(items)),
                    Ok(None) => this.phase = this.rest(),
                    Err(problem) => return this.fail(problem),
                },
                Phase::Reading(items) => match ready!(Pin::new(&mut **items).poll_next(cx)) {
                    Some(Ok(entry)) => match this.admit(&entry) {
                        Ok(true) => return Poll::Ready(Some(Ok(entry))),
                        Ok(false) => {}
                        Err(problem) => return this.fail(problem),
                    },
                    Some(Err(problem)) => return this.fail(problem),
                    None => this.phase = this.rest(),
                },
                Phase::Waiting(sleep) => {
                    ready!(sleep.as_mut().poll(cx));
                    this.phase = Phase::Starting;
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

impl fmt::Debug for FollowAuditLogs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FollowAuditLogs")
            .field("every", &self.every)
            .field("overlap", &self.overlap)
            .field("until_now", &self.once)
            .field("read", &self.at.as_ref().map(AuditCheckpoint::read))
            .finish_non_exhaustive()
    }
}

impl Unpin for FollowAuditLogs {}
