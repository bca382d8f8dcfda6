//! The emulator's clock.

use std::time::Duration;

use chrono::{DateTime, SubsecRound as _, TimeDelta, Utc};

/// The system clock with an offset, or a clock that does not move until it is advanced.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Clock {
    System { ahead: TimeDelta },
    Manual(DateTime<Utc>),
}

/// Writes a time as the `Date` header has it.
pub(crate) fn http_date(time: DateTime<Utc>) -> String {
    time.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

impl Clock {
    pub(crate) const SYSTEM: Self = Self::System {
        ahead: TimeDelta::zero(),
    };

    pub(crate) fn now(&self) -> DateTime<Utc> {
        match self {
            Self::System { ahead } => Utc::now()
                .checked_add_signed(*ahead)
                .unwrap_or(DateTime::<Utc>::MAX_UTC),
            Self::Manual(time) => *time,
        }
    }

    /// Returns the time in whole seconds, as the vendors' timestamps have it.
    pub(crate) fn stamp(&self) -> DateTime<Utc> {
        self.now().trunc_subsecs(0)
    }

    /// Moves the time forward: a system clock keeps running, a manual one stops at the new time.
    pub(crate) fn advance(&mut self, by: Duration) {
        let by = TimeDelta::from_std(by).unwrap_or(TimeDelta::MAX);
        match self {
            Self::System { ahead } => *ahead = ahead.checked_add(&by).unwrap_or(TimeDelta::MAX),
            Self::Manual(time) => *time = time.checked_add_signed(by).unwrap_or(DateTime::<Utc>::MAX_UTC),
        }
    }
}
