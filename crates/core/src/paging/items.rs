//! A list as a stream of items.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures::Stream;

use super::{Checkpoint, Pages, PagingEnd};
use crate::Result;

/// A list as a stream of items, fetched page by page as it is read and a little ahead.
///
/// Nothing is sent before the first item is asked for; dropping the stream stops what is under way. After an error the
/// stream has ended: [`Error::paging`](crate::Error::paging) says how far it came and holds the checkpoint to go on from.
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

    /// The place after the last item that was handed out.
    #[must_use]
    pub fn checkpoint(&self) -> Checkpoint {
        self.pages.checkpoint_before(self.page.len())
    }

    /// Why the list came to its end; `None` while it hasn't, and after an error.
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
