//! Times, in all the forms in which services write them.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize as _, Deserializer};
use serde_json::Value;

use super::whole;

/// Reads a time of a response, in whichever form it comes. `null` and a time that can't be read are `None`: a time that the
/// service writes in an odd way never costs the rest of a response.
///
/// These forms can be read:
/// - RFC 3339, such as `2023-11-14T22:13:20Z`;
/// - a number of seconds since 1970-01-01T00:00:00Z, with or without a fraction, up to the end of the year 9999;
/// - a larger number: milliseconds, up to the same time;
/// - either number as text.
///
/// # Errors
/// Only those of malformed JSON.
///
/// # Examples
/// ```
/// use chrono::{DateTime, Utc};
///
/// #[derive(serde::Deserialize)]
/// struct Role {
///     #[serde(default, deserialize_with = "account_provisioning_core::de::optional_time")]
///     created_at: Option<DateTime<Utc>>,
/// }
///
/// for json in ["1700000000", "1700000000.0", "1700000000000", r#""1700000000""#, r#""2023-11-14T22:13:20Z""#] {
///     let role: Role = serde_json::from_str(&format!(r#"{{"created_at":{json}}}"#))?;
///     assert_eq!(role.created_at.unwrap().to_rfc3339(), "2023-11-14T22:13:20+00:00");
/// }
/// for json in ["null", r#""yesterday""#, "true"] {
///     let role: Role = serde_json::from_str(&format!(r#"{{"created_at":{json}}}"#))?;
///     assert_eq!(role.created_at, None);
/// }
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn optional_time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<DateTime<Utc>>, D::Error> {
    deserializer.deserialize_any(OptionalTime)
}

/// The last second of the year 9999, as a number of seconds. A larger number counts milliseconds.
const LAST_SECOND: i64 = 253_402_300_799;

/// Reads a time in any form that leaves no doubt about it.
pub(crate) fn time(value: &Value) -> Option<DateTime<Utc>> {
    match value {
        Value::Number(number) => match whole(number) {
            Some(number) => from_number(number),
            None => from_fraction(number.as_f64()?),
        },
        Value::String(text) => from_text(text),
        _ => None,
    }
}

fn from_text(text: &str) -> Option<DateTime<Utc>> {
    rfc3339(text.as_bytes()).or_else(|| match text.parse() {
        Ok(number) => from_number(number),
        Err(_) => text.parse().ok(),
    })
}

/// Reads the form that services write, `2023-11-14T22:13:20Z` with up to nine digits of a fraction, several times as fast as
/// chrono reads any form. `None` for every other text, also for one that chrono can read.
fn rfc3339(text: &[u8]) -> Option<DateTime<Utc>> {
    let (text, fraction) = text.strip_suffix(b"Z")?.split_at_checked(19)?;
    let [
        y1,
        y2,
        y3,
        y4,
        b'-',
        m1,
        m2,
        b'-',
        d1,
        d2,
        b'T',
        h1,
        h2,
        b':',
        n1,
        n2,
        b':',
        s1,
        s2,
    ] = *text
    else {
        return None;
    };
    let year = number(&[y1, y2, y3, y4])?;
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, number(&[m1, m2])?, number(&[d1, d2])?)?;
    let nanos = match fraction {
        [] => 0,
        [b'.', digits @ ..] if (1..=9).contains(&digits.len()) => {
            let missing = u32::try_from(9 - digits.len()).ok()?;
            number(digits)? * 10_u32.pow(missing)
        }
        _ => return None,
    };
    let time = date.and_hms_nano_opt(number(&[h1, h2])?, number(&[n1, n2])?, number(&[s1, s2])?, nanos)?;
    Some(time.and_utc())
}

/// Reads up to nine digits.
fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |number, digit| {
        digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0'))
    })
}

struct OptionalTime;

impl<'de> Visitor<'de> for OptionalTime {
    type Value = Option<DateTime<Utc>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a time")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(from_text(text))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(from_number(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(i64::try_from(number).ok().and_then(from_number))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
        Ok(time(&Value::from(number)))
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        // An object is no time. A number is passed as one if serde_json has the feature `arbitrary_precision`.
        Ok(time(&Value::deserialize(MapAccessDeserializer::new(map))?))
    }
}

fn from_number(number: i64) -> Option<DateTime<Utc>> {
    match number.checked_abs()? {
        seconds if seconds <= LAST_SECOND => DateTime::from_timestamp(number, 0),
        _ if number > 0 && number / 1000 <= LAST_SECOND => DateTime::from_timestamp_millis(number),
        _ => None,
    }
}

/// Seconds with a fraction, exact to the microsecond as floating point numbers of today's size are.
fn from_fraction(seconds: f64) -> Option<DateTime<Utc>> {
    #[expect(
        clippy::cast_precision_loss,
        reason = "the limit is far below the largest exact whole number"
    )]
    let limit = LAST_SECOND as f64;
    #[expect(clippy::cast_possible_truncation, reason = "it is within the range")]
    let micros = (seconds.abs() <= limit).then(|| (seconds * 1_000_000.0).round() as i64)?;
    DateTime::from_timestamp_micros(micros)
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};
    use proptest::prelude::{prop_assert_eq, proptest};

    use super::{from_text, rfc3339};

    fn chrono(text: &str) -> Option<DateTime<Utc>> {
        text.parse().ok()
    }

    #[test]
    fn texts_at_the_edges_are_read_as_chrono_reads_them() {
        for text in [
            "2023-11-14T22:13:20Z",
            "2024-02-29T00:00:00Z",
            "2023-02-29T00:00:00Z",
            "2023-11-14T24:00:00Z",
            "2023-11-14T22:60:00Z",
            "2016-12-31T23:59:60Z",
            "2016-12-31T23:59:60.5Z",
            "2023-11-14T22:13:20.Z",
            "2023-11-14T22:13:20.1Z",
            "2023-11-14T22:13:20.123456789Z",
            "2023-11-14T22:13:20.1234567891Z",
            "2023-11-14T22:13:20+01:00",
            "2023-11-14t22:13:20z",
            "2023-11-14 22:13:20Z",
            "0000-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999999Z",
            "2023-13-01T00:00:00Z",
            "2023-00-10T00:00:00Z",
            "2023-1-01T00:00:00Z",
            "+2023-11-14T22:13:20Z",
            "2023-11-14T22:13:2\u{b2}Z",
            "Z",
            "",
        ] {
            assert_eq!(from_text(text), chrono(text), "{text}");
        }
    }

    #[test]
    fn usual_form_takes_the_fast_way() {
        assert!(rfc3339(b"2023-11-14T22:13:20Z").is_some() && rfc3339(b"2023-11-14T22:13:20.5Z").is_some());
    }

    proptest! {
        #[test]
        fn times_that_services_write_are_read_as_chrono_reads_them(
            seconds in -62_167_219_200_i64..253_402_300_800,
            nanos in 0_i64..1_000_000_000,
            digits in 0_usize..=9,
        ) {
            let moment = DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds);
            let mut text = moment.format("%Y-%m-%dT%H:%M:%S").to_string();
            if digits > 0 {
                let fraction = format!("{nanos:09}");
                text = format!("{text}.{}", &fraction[..digits]);
            }
            text.push('Z');
            prop_assert_eq!(rfc3339(text.as_bytes()), chrono(&text));
        }

        #[test]
        fn damaged_times_are_read_as_chrono_reads_them(
            position in 0_usize..20,
            letter in proptest::char::range(' ', '~'),
        ) {
            let mut text = "2023-11-14T22:13:20Z".to_owned();
            text.replace_range(position..=position, &letter.to_string());
            prop_assert_eq!(from_text(&text), chrono(&text));
        }
    }
}
