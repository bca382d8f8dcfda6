//! A fetch that runs on its own, and ends with whoever waits for it.

use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::runtime::Handle;
use tokio::task::JoinHandle;
use tracing::Instrument as _;

use crate::error::MakeError as _;
use crate::{Error, ErrorKind, Result};

/// A spawned fetch; dropping it aborts it.
///
/// Fetches run as tasks, since a request that only a slow reader polls would time out although it is healthy.
#[derive(Debug)]
pub(super) struct Task<T>(JoinHandle<Result<T>>);

impl<T: Send + 'static> Task<T> {
    pub(super) fn spawn(work: impl Future<Output = Result<T>> + Send + 'static) -> Result<Self> {
        let runtime = Handle::try_current().map_err(|cause| {
            let message =
                "pages are fetched by tasks of a tokio runtime, and there is none here: read the list inside one";
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
                // The cause may hold a panic's text, which is not ours to show.
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
