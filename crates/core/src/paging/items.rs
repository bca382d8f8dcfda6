//! A list as a stream of items.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_util::Stream;

use super::{Checkpoint, Pages, PagingEnd};
use crate::Result;

/// A list as a stream of items. It fetches pages as they are read, and a few pages ahead.
///
/// No request is sent before the first item is polled. Dropping the stream cancels its requests. An error ends the stream;
/// [`Error::paging`](crate::Error::paging) says how far the list was read and has the checkpoint to resume from.
#[derive(Debug)]
#[must_use = "a stream sends nothing until it is read"]
pub struct Items<T> {
    pages: Pages<T>,
    page: std::vec::IntoIter<T>,
}

impl<T: Send + 'static> Items<T> {
    pub(super) fn new(pages: Pages<T>) -> Self {
        Self {
            pages,
            page: Vec::new().into_iter(),
        }
    }

    /// The position after the last returned item.
    #[must_use]
    pub fn checkpoint(&self) -> Checkpoint {
        self.pages.checkpoint_before(self.page.len())
    }

    /// Why the list has ended; `None` before its end and after an error.
    #[must_use]
    pub fn end(&self) -> Option<PagingEnd> {
        self.pages.end().filter(|_| self.page.len() == 0)
    }
}

impl<T: Send + 'static> Stream for Items<T> {
    type Item = Result<T>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            if let Some(item) = this.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut this.pages).poll_next(cx)) {
                Some(Ok(page)) => this.page = page.into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.page.len(), None)
    }
}

impl<T> Unpin for Items<T> {}
