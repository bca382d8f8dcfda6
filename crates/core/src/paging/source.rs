//! The source of the pages of a list.

use std::borrow::Cow;
use std::hash::Hasher;

use futures_util::future::BoxFuture;

use super::{Page, PageRule, Position};
use crate::Result;

/// A list operation with its filters, which can fetch pages.
pub trait PageSource<T>: Send + Sync + 'static {
    /// How the operation is paged.
    fn rule(&self) -> PageRule;

    /// The name of the list, by which a checkpoint is told from those of other lists. Defaults to the `operationId`.
    fn name(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.rule().operation)
    }

    /// The page size that the caller set.
    fn page_size(&self) -> Option<u32>;

    /// How many segments the list is split into, because the vendor limits the number of ids per request; at least 1.
    fn segments(&self) -> usize {
        1
    }

    /// What a segment asks for, if it asks for items by key, such as an id.
    fn asked_for(&self, segment: usize) -> Option<AskedFor> {
        let _ = segment;
        None
    }

    /// The key by which an item was asked for, in a form in which equal keys are equal texts; `None` if it has none.
    fn key(&self, item: &T) -> Option<String> {
        let _ = item;
        None
    }

    /// Writes the identity of an item to the hash of its page.
    fn identify(&self, item: &T, hasher: &mut dyn Hasher);

    /// Fetches one page.
    fn fetch(&self, request: PageRequest) -> BoxFuture<'static, Result<Page<T>>>;
}

/// Which page to fetch.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PageRequest {
    /// The segment of the list, counted from 0.
    pub segment: usize,
    /// The position of the page in the segment.
    pub position: Position,
    /// The page size; 0 if the operation has none.
    pub page_size: u32,
}

impl PageRequest {
    /// Makes the request for one page.
    #[must_use]
    pub const fn new(segment: usize, position: Position, page_size: u32) -> Self {
        Self {
            segment,
            position,
            page_size,
        }
    }
}

/// The keys that a segment asks for. Reading it ends when all of them were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AskedFor {
    /// How many different keys there are.
    pub keys: usize,
    /// Whether a key belongs to one item at most, as an id does. If several items can share a key, such as an e-mail
    /// address, a full page can hide another item with a key that was found already.
    pub unique: bool,
}

impl AskedFor {
    /// So many different keys.
    #[must_use]
    pub const fn new(keys: usize, unique: bool) -> Self {
        Self { keys, unique }
    }
}
