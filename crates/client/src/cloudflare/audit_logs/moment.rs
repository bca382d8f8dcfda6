//! The beginning or the end of a period.

use chrono::{DateTime, NaiveDate, NaiveTime, SecondsFormat, Utc};

/// A day or a moment at which a period of the audit log begins or ends; made from a [`NaiveDate`] or a [`DateTime<Utc>`].
///
/// A day is sent as a date, which the service reads in UTC. A moment is sent in the form of RFC 3339.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AuditMoment {
    /// The beginning of a day, in UTC.
    Day(NaiveDate),
    /// A moment.
    At(DateTime<Utc>),
}

impl AuditMoment {
    /// The exact moment; of a day, its beginning.
    #[must_use]
    pub fn instant(&self) -> DateTime<Utc> {
        match self {
            Self::Day(day) => day.and_time(NaiveTime::MIN).and_utc(),
            Self::At(moment) => *moment,
        }
    }

    /// Returns the day or the moment as it is sent.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Day(day) => day.to_string(),
            Self::At(moment) => moment.to_rfc3339_opts(SecondsFormat::AutoSi, true),
        }
    }

    /// Reads a day or a moment as it is sent.
    pub(super) fn read(text: &str) -> Option<Self> {
        let day = text.parse().map(Self::Day);
        day.or_else(|_| text.parse().map(Self::At)).ok()
    }
}

impl From<NaiveDate> for AuditMoment {
    fn from(day: NaiveDate) -> Self {
        Self::Day(day)
    }
}

impl From<DateTime<Utc>> for AuditMoment {
    fn from(moment: DateTime<Utc>) -> Self {
        Self::At(moment)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

    use chrono::{DateTime, NaiveDate, Utc};

    use super::AuditMoment;

    #[test]
    fn moments_that_are_written_are_read_as_they_were() {
        for moment in [
            AuditMoment::Day(NaiveDate::from_ymd_opt(2024, 10, 31).unwrap()),
            AuditMoment::Day(NaiveDate::MIN),
            AuditMoment::At(DateTime::<Utc>::UNIX_EPOCH),
            AuditMoment::At(DateTime::<Utc>::MIN_UTC),
            AuditMoment::At("2024-10-30T12:01:02.000004Z".parse().unwrap()),
            AuditMoment::At("+12024-10-30T12:01:02Z".parse().unwrap()),
        ] {
            assert_eq!(AuditMoment::read(&moment.text()), Some(moment), "{moment:?}");
        }
        assert_eq!(AuditMoment::read(""), None);
    }

    #[test]
    fn moments_are_written_as_dates_or_as_of_rfc_3339() {
        let day = NaiveDate::from_ymd_opt(2024, 10, 31).unwrap();
        assert_eq!(AuditMoment::from(day).text(), "2024-10-31");
        assert_eq!(
            AuditMoment::from(day).instant(),
            "2024-10-31T00:00:00Z".parse::<DateTime<Utc>>().unwrap()
        );
        for written in [
            "2024-10-30T00:00:00Z",
            "2024-10-30T12:01:02.003Z",
            "2024-10-30T12:01:02.000004Z",
        ] {
            let moment: DateTime<Utc> = written.parse().unwrap();
            assert_eq!(AuditMoment::from(moment).text(), written);
        }
    }
}
