//! Where pages come from.

use std::hash::Hasher;

use futures::future::BoxFuture;

use super::{Page, PageRule, Position};
use crate::Result;

/// A list operation with its filters, ready to be asked for pages.
pub trait PageSource<T>: Send + Sync + 'static {
    /// How the operation is paged.
    fn rule(&self) -> PageRule;

    /// The page size that the caller asked for.
    fn page_size(&self) -> Option<u32>;

    /// How many requests the list is split into, since the vendor takes so many identifiers at once; at least 1.
    fn segments(&self) -> usize {
        1
    }

    /// How many items a segment can have at most, when it asks for items by identifier.
    fn asked_for(&self, segment: usize) -> Option<usize> {
        let _ = segment;
        None
    }

    /// Adds an item's identity to the fingerprint of its page.
    fn identify(&self, item: &T, hasher: &mut dyn Hasher);

    /// Fetches one page.
    fn fetch(&self, request: PageRequest) -> BoxFuture<'static, Result<Page<T>>>;
}

/// Which page to fetch.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PageRequest {
    /// Which of the list's segments, from 0.
    pub segment: usize,
    /// Where the page stands in the segment.
    pub position: Position,
    /// How many items the page is to hold; 0 where the operation takes no page size.
    pub page_size: u32,
}

impl PageRequest {
    /// Asks for one page.
    #[must_use]
    pub const fn new(segment: usize, position: Position, page_size: u32) -> Self {
        Self {
            segment,
            position,
            page_size,
        }
    }
}
