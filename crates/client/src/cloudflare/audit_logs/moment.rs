//! A bound of a period.

use chrono::{DateTime, NaiveDate, NaiveTime, SecondsFormat, Utc};

/// A day or a moment that bounds a period of the audit log; made of a [`NaiveDate`] or a [`DateTime<Utc>`].
///
/// A day travels as a date, which the service takes in UTC; a moment as of RFC 3339.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AuditMoment {
    /// The beginning of a day, in UTC.
    Day(NaiveDate),
    /// A moment.
    At(DateTime<Utc>),
}

impl AuditMoment {
    /// The moment that is meant.
    #[must_use]
    pub fn instant(&self) -> DateTime<Utc> {
        match self {
            Self::Day(day) => day.and_time(NaiveTime::MIN).and_utc(),
            Self::At(moment) => *moment,
        }
    }

    /// The bound as it is sent.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Day(day) => day.to_string(),
            Self::At(moment) => moment.to_rfc3339_opts(SecondsFormat::AutoSi, true),
        }
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
