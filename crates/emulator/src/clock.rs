//! The time the emulator lives in.

use std::time::Duration;

use chrono::{DateTime, SubsecRound as _, TimeDelta, Utc};

/// The system's clock, perhaps shifted, or a clock that stands still until told to move.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Clock {
    System { ahead: TimeDelta },
    Manual(DateTime<Utc>),
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

    /// The time as records keep it: whole seconds, like the vendor's own timestamps.
    pub(crate) fn stamp(&self) -> DateTime<Utc> {
        self.now().trunc_subsecs(0)
    }

    /// Moves the time ahead: a system clock keeps running, a manual one stands at the new time.
    pub(crate) fn advance(&mut self, by: Duration) {
        let by = TimeDelta::from_std(by).unwrap_or(TimeDelta::MAX);
        match self {
            Self::System { ahead } => *ahead = ahead.checked_add(&by).unwrap_or(TimeDelta::MAX),
            Self::Manual(time) => *time = time.checked_add_signed(by).unwrap_or(DateTime::<Utc>::MAX_UTC),
        }
    }
}
