//! Times that are sent as whole seconds since 1970-01-01T00:00:00Z.
//!
//! Generated types use this module in `#[serde(with = …)]`: their fields are `DateTime<Utc>`, and the JSON has numbers. A
//! number outside the range of `DateTime` is a decode error.

use chrono::{DateTime, Utc};
use serde::de::{Error, Unexpected};
use serde::{Deserialize, Deserializer, Serializer};

/// Writes a time as whole seconds; a fraction of a second is dropped.
///
/// # Errors
/// The errors of the serializer.
///
/// # Examples
/// ```
/// use account_provisioning_core::epoch_seconds;
/// use chrono::{DateTime, Utc};
///
/// #[derive(serde::Serialize, serde::Deserialize)]
/// struct Role {
///     #[serde(with = "epoch_seconds")]
///     created_at: DateTime<Utc>,
/// }
///
/// let text = r#"{"created_at":1700000000}"#;
/// let role: Role = serde_json::from_str(text)?;
/// assert_eq!(role.created_at.to_rfc3339(), "2023-11-14T22:13:20+00:00");
/// assert_eq!(serde_json::to_string(&role)?, text);
/// assert!(serde_json::from_str::<Role>(r#"{"created_at":9223372036854775807}"#).is_err());
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn serialize<S: Serializer>(moment: &DateTime<Utc>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_i64(moment.timestamp())
}

/// Reads whole seconds.
///
/// # Errors
/// The errors of the deserializer, when the value is not a whole number or is outside the range of `DateTime`.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime<Utc>, D::Error> {
    moment(i64::deserialize(deserializer)?)
}

fn moment<E: Error>(seconds: i64) -> Result<DateTime<Utc>, E> {
    DateTime::from_timestamp(seconds, 0).ok_or_else(|| {
        E::invalid_value(
            Unexpected::Signed(seconds),
            &"seconds since 1970 within the range of a date",
        )
    })
}

/// The same for a time that may be missing or `null`.
pub mod option {
    use chrono::{DateTime, Utc};
    use serde::{Deserialize, Deserializer, Serializer};

    /// Writes a time as whole seconds, and `None` as `null`.
    ///
    /// # Errors
    /// The errors of the serializer.
    pub fn serialize<S: Serializer>(moment: &Option<DateTime<Utc>>, serializer: S) -> Result<S::Ok, S::Error> {
        match moment {
            Some(moment) => super::serialize(moment, serializer),
            None => serializer.serialize_none(),
        }
    }

    /// Reads whole seconds, and `null` as `None`.
    ///
    /// # Errors
    /// The same as [`super::deserialize`].
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<DateTime<Utc>>, D::Error> {
        Option::<i64>::deserialize(deserializer)?.map(super::moment).transpose()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

    use chrono::{DateTime, Utc};

    #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
    struct Policy {
        #[serde(with = "super")]
        at: DateTime<Utc>,
        #[serde(default, with = "super::option", skip_serializing_if = "Option::is_none")]
        maybe: Option<DateTime<Utc>>,
    }

    #[test]
    fn seconds_go_both_ways_before_and_after_1970() {
        for seconds in [0, -1, 1, 1_700_000_000, -62_135_596_800, 253_402_300_799] {
            let text = format!(r#"{{"at":{seconds},"maybe":{seconds}}}"#);
            let policy: Policy = serde_json::from_str(&text).unwrap();
            assert_eq!(policy.at.timestamp(), seconds);
            assert_eq!(serde_json::to_string(&policy).unwrap(), text);
        }
    }

    #[test]
    fn missing_and_null_are_none() {
        for text in [r#"{"at":1}"#, r#"{"at":1,"maybe":null}"#] {
            let policy: Policy = serde_json::from_str(text).unwrap();
            assert_eq!(policy.maybe, None);
            assert_eq!(serde_json::to_string(&policy).unwrap(), r#"{"at":1}"#);
        }
    }

    #[test]
    fn what_no_date_can_hold_is_an_error_and_no_panic() {
        for number in [i64::MAX, i64::MIN, 8_210_266_876_800, -8_334_601_228_801] {
            for text in [
                format!(r#"{{"at":{number}}}"#),
                format!(r#"{{"at":1,"maybe":{number}}}"#),
            ] {
                let error = serde_json::from_str::<Policy>(&text).unwrap_err().to_string();
                assert!(error.contains("expected seconds since 1970"), "{error}");
            }
        }
    }

    #[test]
    fn other_than_whole_numbers_are_refused() {
        for text in [
            r#"{"at":null}"#,
            r#"{"at":"2024-01-02T03:04:05Z"}"#,
            r#"{"at":1.5}"#,
            r#"{"at":18446744073709551615}"#,
        ] {
            assert!(serde_json::from_str::<Policy>(text).is_err(), "{text}");
        }
    }
}
