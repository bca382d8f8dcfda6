//! A fetch that runs as a task, and is aborted when nobody waits for it any more.

use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::runtime::Handle;
use tokio::task::JoinHandle;
use tracing::Instrument as _;

use crate::error::MakeError as _;
use crate::{Error, ErrorKind, Result};

/// A spawned fetch. Dropping it aborts the fetch.
///
/// Fetches run as tasks, because a healthy request would time out if a slow reader polled it too rarely.
#[derive(Debug)]
pub(super) struct Task<T>(JoinHandle<Result<T>>);

impl<T: Send + 'static> Task<T> {
    pub(super) fn spawn(work: impl Future<Output = Result<T>> + Send + 'static) -> Result<Self> {
        let runtime = Handle::try_current().map_err(|cause| {
            let message =
                "pages are fetched by tasks of a tokio runtime, but there is none here: read the list inside a tokio runtime";
            Error::new(ErrorKind::Blocking, message).with_source(cause)
        })?;
        Ok(Self(runtime.spawn(work.in_current_span())))
    }
}

impl<T> Future for Task<T> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0).poll(cx).map(|joined| {
            joined.unwrap_or_else(|_| {
                // The cause may contain the message of a panic, which must not be shown.
                Err(Error::new(
                    ErrorKind::Transport,
                    "the task that fetched a page was stopped by its runtime",
                ))
            })
        })
    }
}

impl<T> Drop for Task<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}
