//! Times that are sent as whole seconds since 1970-01-01T00:00:00Z.
//!
//! Generated types use this module in `#[serde(with = …)]`: their fields are `DateTime<Utc>`, and the JSON has numbers. They
//! read the other forms of [`optional_time`](crate::de::optional_time) too. A time that can't be read is an error here; in
//! responses, it is `None`.

use chrono::{DateTime, Utc};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serializer};
use serde_json::Value;

use crate::de;

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
/// assert!(serde_json::from_str::<Role>(r#"{"created_at":"soon"}"#).is_err());
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn serialize<S: Serializer>(moment: &DateTime<Utc>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_i64(moment.timestamp())
}

/// Reads a time as seconds, or in another form of [`optional_time`](crate::de::optional_time).
///
/// # Errors
/// The errors of the deserializer, when the value is no time or is outside the range of dates. The error does not show the
/// value.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime<Utc>, D::Error> {
    moment(&Value::deserialize(deserializer)?)
}

fn moment<E: Error>(value: &Value) -> Result<DateTime<Utc>, E> {
    de::time(value).ok_or_else(|| E::custom("no time: expected seconds since 1970 within the range of a date"))
}

/// The same for a time that may be missing or `null`.
pub mod option {
    use chrono::{DateTime, Utc};
    use serde::{Deserialize, Deserializer, Serializer};
    use serde_json::Value;

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

    /// Reads a time as seconds or in another form, and `null` as `None`.
    ///
    /// # Errors
    /// The same as [`super::deserialize`].
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<DateTime<Utc>>, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::Null => Ok(None),
            value => super::moment(&value).map(Some),
        }
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
        for number in [i64::MAX, i64::MIN, 253_402_300_800_000, -253_402_300_800] {
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
    fn other_forms_are_read_and_what_is_no_time_is_refused() {
        for (text, micros) in [
            ("1700000000.0", 1_700_000_000_000_000),
            ("1700000000.25", 1_700_000_000_250_000),
            ("1700000000123", 1_700_000_000_123_000),
            ("1700000000123.0", 1_700_000_000_123_000),
            (r#""1700000000""#, 1_700_000_000_000_000),
            (r#""2023-11-14T23:13:20.5+01:00""#, 1_700_000_000_500_000),
        ] {
            let policy: Policy = serde_json::from_str(&format!(r#"{{"at":{text}}}"#)).unwrap();
            assert_eq!(policy.at.timestamp_micros(), micros, "{text}");
        }
        for text in [
            "null",
            "true",
            "{}",
            "18446744073709551615",
            "1e300",
            r#""""#,
            r#""soon""#,
            r#""2023-11-14""#,
        ] {
            assert!(
                serde_json::from_str::<Policy>(&format!(r#"{{"at":{text}}}"#)).is_err(),
                "{text}"
            );
        }
    }
}
