//! One call of a lifecycle, and what has to be true after it.

use std::time::Duration;

use account_provisioning::{Call, Error, List, Mode, Paged};
use futures::TryStreamExt as _;
use futures::future::BoxFuture;
use serde_json::Value;

use crate::path::Path;

/// What a call is, as far as the oracle treats it differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Changes nothing.
    Read,
    /// Must not be applied twice.
    Create,
    /// A login, which must not even be sent twice.
    Login,
    /// Sets or deletes: applying it again changes nothing more.
    Set,
}

/// What a successful call says about the state.
#[derive(Clone, Debug)]
pub(crate) enum Goal {
    /// There is something at this place.
    Exists(Path),
    /// There is nothing at this place.
    Absent(Path),
    /// This is the value at this place.
    Is(Path, Value),
    /// These are all the keys at this place.
    Keys(Path, Vec<String>),
    /// This is not so, whatever the state is.
    Never(String),
}

/// What a call returns: goals for the state, or an error.
pub(crate) type Outcome = Result<Vec<Goal>, Error>;

/// One call.
pub(crate) struct Step {
    /// The id of the operation that changes something, or that reads.
    pub(crate) operation: &'static str,
    pub(crate) kind: Kind,
    /// What it is about, for the transcript.
    pub(crate) about: String,
    /// Whether it reads page by page, so that an error is about the last page alone.
    pub(crate) pages: bool,
    /// Where it may add one entry.
    pub(crate) adds: Option<Path>,
    /// What else it may change.
    pub(crate) may: Vec<Path>,
    /// Sends the call, with a time limit for its attempts.
    pub(crate) send: Box<dyn FnOnce(Duration) -> BoxFuture<'static, Outcome> + Send>,
}

impl Step {
    /// A call whose result turns into goals.
    pub(crate) fn call<O, M>(
        kind: Kind,
        operation: &'static str,
        call: Call<O, M>,
        goals: impl FnOnce(M::Output) -> Vec<Goal> + Send + 'static,
    ) -> Self
    where
        O: Send + 'static,
        M: Mode<O> + Send + 'static,
        M::Output: Send,
    {
        Self::new(kind, operation, move |limit| {
            Box::pin(async move { call.attempt_timeout(limit).await.map(goals) })
        })
    }

    /// A list that is read to its end, page by page.
    pub(crate) fn list<L: List>(
        operation: &'static str,
        list: Call<L, Paged>,
        goals: impl FnOnce(Vec<L::Item>) -> Vec<Goal> + Send + 'static,
    ) -> Self
    where
        Call<L, Paged>: Send + 'static,
        L::Item: Send,
    {
        let step = Self::new(Kind::Read, operation, move |limit| {
            // Nothing is fetched ahead, so that the order of the requests is the same in every run.
            let items = list.attempt_timeout(limit).stream_ahead(0);
            Box::pin(async move { items.try_collect::<Vec<_>>().await.map(goals) })
        });
        Self { pages: true, ..step }
    }

    pub(crate) fn new(
        kind: Kind,
        operation: &'static str,
        send: impl FnOnce(Duration) -> BoxFuture<'static, Outcome> + Send + 'static,
    ) -> Self {
        Self {
            operation,
            kind,
            about: String::new(),
            pages: false,
            adds: None,
            may: Vec::new(),
            send: Box::new(send),
        }
    }

    pub(crate) fn about(mut self, about: impl Into<String>) -> Self {
        self.about = about.into();
        self
    }

    pub(crate) fn adds(mut self, place: Path) -> Self {
        self.adds = Some(place);
        self
    }

    pub(crate) fn may(mut self, places: impl IntoIterator<Item = Path>) -> Self {
        self.may.extend(places);
        self
    }
}
