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

    /// Says why the last attempt failed, unless that is known: its response came, and turned out to be none.
    pub(crate) fn set_reason(&mut self, reason: String) {
        if let Some(last) = &mut self.last {
            last.reason.get_or_insert(reason);
        }
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
    /// Why the attempt failed, as its error said it; `None` for one that succeeded. An attempt whose response can't be read
    /// failed, whatever its status is.
    pub reason: Option<String>,
}
