//! What became of each attempt of a call.

use std::time::Duration;

use http::StatusCode;

/// The attempts of one call, in the order in which they were sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attempts {
    // Most calls have one attempt, which needs no allocation.
    last: Option<AttemptRecord>,
    earlier: Vec<AttemptRecord>,
}

impl Attempts {
    /// How many times the request was sent; 0 if the call failed before that.
    #[must_use]
    pub fn count(&self) -> u32 {
        u32::try_from(self.earlier.len()).unwrap_or(u32::MAX) + u32::from(self.last.is_some())
    }

    /// The attempts, the first one first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &AttemptRecord> {
        self.earlier.iter().chain(&self.last)
    }

    /// The attempt that ended the call; `None` if nothing was sent.
    #[must_use]
    pub fn last(&self) -> Option<&AttemptRecord> {
        self.last.as_ref()
    }

    pub(crate) fn push(&mut self, attempt: AttemptRecord) {
        self.earlier.extend(self.last.replace(attempt));
    }
}

/// What became of one attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AttemptRecord {
    /// The status of the response; `None` if there was none.
    pub status: Option<StatusCode>,
    /// How long the call waited before this attempt: zero before the first one.
    pub waited: Duration,
    /// How long the attempt took, from sending to the end of the body.
    pub took: Duration,
    /// Why the attempt failed, as the error says it; `None` for the one that succeeded.
    pub reason: Option<String>,
}
