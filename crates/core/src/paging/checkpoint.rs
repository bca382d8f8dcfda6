//! How far a list has been read.

use serde::{Deserialize, Serialize};

use super::{PageRule, PagingStop, Position};
use crate::Error;
use crate::error::MakeError as _;

/// How far a list has been read. Store it to resume the list in another process.
///
/// It contains the position and the page size, but not the filters: resume with the same filters. Items that are added or
/// removed before the checkpoint shift the others, as always when a list is read in pages.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Checkpoint {
    operation: String,
    /// The segment of the list, if many ids were split into several segments.
    pub(super) segment: usize,
    pub(super) position: Position,
    pub(super) page_size: u32,
    /// How many items of the page at `position` were returned.
    pub(super) skip: usize,
    /// How many items of the segment are in pages before `position`.
    pub(super) before: u64,
    pub(super) read: u64,
}

impl Checkpoint {
    /// The start of a list.
    pub(super) fn start(list: &str, rule: &PageRule, page_size: u32) -> Self {
        Self {
            operation: list.to_owned(),
            segment: 0,
            position: rule.start(),
            page_size,
            skip: 0,
            before: 0,
            read: 0,
        }
    }

    /// The `operationId` of the list operation; method and path of a list with any path.
    #[must_use]
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// How many items were returned so far.
    #[must_use]
    pub fn read(&self) -> u64 {
        self.read
    }

    /// Returns an error for a checkpoint of another list.
    pub(super) fn check(&self, list: &str, rule: &PageRule, segments: usize) -> Result<(), Error> {
        if self.operation != list {
            return Err(Error::invalid_input(format!(
                "the checkpoint belongs to {}, but the list is {}: resume the list that the checkpoint was taken from",
                crate::error::excerpt::one_line(&self.operation, 60),
                crate::error::excerpt::one_line(list, 60)
            )));
        }
        let fits = std::mem::discriminant(&self.position) == std::mem::discriminant(&rule.start());
        let sized = (self.page_size == 0) == (rule.page_size == 0);
        if !fits || !sized || self.segment >= segments || self.position == Position::Number(0) {
            let message =
                "the checkpoint doesn't fit the list: resume with the same filters that the list was started with";
            return Err(Error::invalid_input(message));
        }
        Ok(())
    }
}

/// How far a list was read before it failed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PagingFailure {
    /// Why reading stopped.
    pub stop: PagingStop,
    /// How many items were returned.
    pub read: u64,
    /// Where to resume.
    pub checkpoint: Checkpoint,
}

impl PagingFailure {
    /// Describes how far the list was read.
    #[must_use]
    pub(crate) fn new(stop: PagingStop, checkpoint: Checkpoint) -> Self {
        Self {
            stop,
            read: checkpoint.read,
            checkpoint,
        }
    }
}
