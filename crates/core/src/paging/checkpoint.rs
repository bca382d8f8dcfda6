//! Where reading a list stands.

use serde::{Deserialize, Serialize};

use super::{PageRule, PagingStop, Position};
use crate::Error;
use crate::error::MakeError as _;

/// Where reading a list stands: store it, and go on from there in another process.
///
/// It holds the place and the page size, not the filters: resume with the same filters that the list was begun with.
/// Items that appear or vanish in the pages before the checkpoint move the others, as with any paged reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    operation: String,
    /// Which of the requests that a long list of identifiers was split into.
    pub(super) segment: usize,
    pub(super) position: Position,
    pub(super) page_size: u32,
    /// How many items of the page at `position` were handed out.
    pub(super) skip: usize,
    /// How many items of the segment stand in pages before `position`.
    pub(super) before: u64,
    pub(super) read: u64,
}

impl Checkpoint {
    /// The beginning of a list.
    pub(super) fn start(rule: &PageRule, page_size: u32) -> Self {
        let operation = rule.operation.to_owned();
        Self {
            operation,
            segment: 0,
            position: rule.start(),
            page_size,
            skip: 0,
            before: 0,
            read: 0,
        }
    }

    /// The `operationId` of the list operation.
    #[must_use]
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// How many items had been handed out.
    #[must_use]
    pub fn read(&self) -> u64 {
        self.read
    }

    /// Refuses a checkpoint of another list.
    pub(super) fn check(&self, rule: &PageRule, segments: usize) -> Result<(), Error> {
        if self.operation != rule.operation {
            return Err(Error::invalid_input(format!(
                "the checkpoint is one of {}, but the list is {}: resume the list that it was taken from",
                crate::error::excerpt::one_line(&self.operation, 60),
                rule.operation
            )));
        }
        let fits = std::mem::discriminant(&self.position) == std::mem::discriminant(&rule.start());
        let sized = (self.page_size == 0) == (rule.page_size == 0);
        if !fits || !sized || self.segment >= segments || self.position == Position::Number(0) {
            let message = "the checkpoint doesn't fit the list: resume with the filters that the list was begun with";
            return Err(Error::invalid_input(message));
        }
        Ok(())
    }
}

/// How far a list was read before reading failed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PagingFailure {
    /// Why reading stopped.
    pub stop: PagingStop,
    /// How many items were handed out.
    pub read: u64,
    /// Where to go on.
    pub checkpoint: Checkpoint,
}

impl PagingFailure {
    /// Describes where reading stopped.
    #[must_use]
    pub(crate) fn new(stop: PagingStop, checkpoint: Checkpoint) -> Self {
        Self {
            stop,
            read: checkpoint.read,
            checkpoint,
        }
    }
}
