//! Deserialization helpers that generated response types use in `#[serde(deserialize_with = …)]`.

mod body;
mod time;

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeOwned, Error, IntoDeserializer as _, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

pub use self::body::from_body;
pub(crate) use self::body::text_of;
pub use self::time::optional_time;
pub(crate) use self::time::time;

/// Reads a value, and `null` as the default of the type: an empty list, an empty map, `false`.
///
/// Generated types use it with `#[serde(default)]` for arrays in responses: a list that is `null`, `[]` or missing is
/// decoded as an empty list.
///
/// # Errors
/// The deserializer's error when the value is neither `null` nor a `T`.
///
/// # Examples
/// ```
/// #[derive(serde::Deserialize)]
/// struct Page {
///     #[serde(default, deserialize_with = "account_provisioning_core::de::null_as_default")]
///     users: Vec<String>,
/// }
///
/// for json in [r#"{"users":null}"#, r#"{"users":[]}"#, "{}"] {
///     assert!(serde_json::from_str::<Page>(json)?.users.is_empty());
/// }
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn null_as_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}

/// Reads a list, which may also be sent as its only item; `null` is the empty list.
///
/// # Errors
/// The deserializer's error when the value is neither a list of `T`, nor a `T`, nor `null`.
///
/// # Examples
/// ```
/// #[derive(serde::Deserialize)]
/// struct Group {
///     #[serde(default, deserialize_with = "account_provisioning_core::de::one_or_many")]
///     scope: Vec<String>,
/// }
///
/// for json in [r#"{"scope":["zone"]}"#, r#"{"scope":"zone"}"#] {
///     assert_eq!(serde_json::from_str::<Group>(json)?.scope, ["zone"]);
/// }
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn one_or_many<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    // This does not work for items that are lists themselves; no document has such a list.
    let item = match Value::deserialize(deserializer)? {
        Value::Null => return Ok(Vec::new()),
        Value::Array(items) => return items.into_iter().map(item).collect(),
        one => one,
    };
    Ok(vec![self::item(item)?])
}

fn item<T: DeserializeOwned, E: Error>(value: Value) -> Result<T, E> {
    T::deserialize(value).map_err(E::custom)
}

/// Reads an integer, which may also be sent as a string or as a number such as `25.0`; `null` and the empty string are
/// `None`.
///
/// # Errors
/// The deserializer's error when the value is anything else, or a number outside the range of `i64`.
///
/// # Examples
/// ```
/// #[derive(serde::Deserialize)]
/// struct Page {
///     #[serde(default, deserialize_with = "account_provisioning_core::de::integer_or_text")]
///     count: Option<i64>,
/// }
///
/// for json in [r#"{"count":"25"}"#, r#"{"count":25}"#, r#"{"count":25.0}"#] {
///     assert_eq!(serde_json::from_str::<Page>(json)?.count, Some(25));
/// }
/// assert_eq!(serde_json::from_str::<Page>("{}")?.count, None);
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn integer_or_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Null => Ok(None),
        Value::String(text) if text.is_empty() => Ok(None),
        // The error does not show the text, because it came from a server.
        Value::String(text) => text
            .parse()
            .map(Some)
            .map_err(|_| D::Error::custom("a string that is not an integer")),
        Value::Number(number) => whole(&number)
            .map(Some)
            .ok_or_else(|| D::Error::custom("a number that is not an integer")),
        other => item(other).map(Some),
    }
}

/// Converts a number to an integer, as far as floating point numbers are exact.
fn whole(number: &serde_json::Number) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    number.as_i64().or_else(|| {
        let float = number.as_f64()?;
        #[expect(clippy::cast_possible_truncation, reason = "it is whole and well within the range")]
        (float.fract() == 0.0 && float.abs() <= EXACT).then_some(float as i64)
    })
}

/// Reads a text as a value that is made of any text, such as an open enumeration. No copy of the text is made for it.
///
/// # Errors
/// The deserializer's error when the value is not a string.
///
/// # Examples
/// ```
/// #[derive(Debug, PartialEq)]
/// enum Status {
///     Active,
///     Unknown(String),
/// }
///
/// impl From<&str> for Status {
///     fn from(text: &str) -> Self {
///         match text {
///             "active" => Self::Active,
///             other => Self::Unknown(other.to_owned()),
///         }
///     }
/// }
///
/// #[derive(serde::Deserialize)]
/// struct User {
///     #[serde(deserialize_with = "account_provisioning_core::de::from_text")]
///     status: Status,
/// }
///
/// let user: User = serde_json::from_str(r#"{"status":"active"}"#)?;
/// assert_eq!(user.status, Status::Active);
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn from_text<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: for<'a> From<&'a str>,
{
    deserializer.deserialize_str(FromText(PhantomData))
}

struct FromText<T>(PhantomData<T>);

impl<T: for<'a> From<&'a str>> Visitor<'_> for FromText<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        Ok(T::from(text))
    }
}

/// Reads a text that a service sends as a string or as a whole number, such as an id. A number becomes its digits.
///
/// # Errors
/// When the value has another type, or when a `T` can't be read from its text. The error does not show the value.
///
/// # Examples
/// ```
/// #[derive(serde::Deserialize)]
/// struct Company {
///     #[serde(deserialize_with = "account_provisioning_core::de::text_or_number")]
///     id: String,
/// }
///
/// for json in [r#"{"id":"7"}"#, r#"{"id":7}"#] {
///     assert_eq!(serde_json::from_str::<Company>(json)?.id, "7");
/// }
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn text_or_number<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    deserializer.deserialize_any(TextOrNumber(PhantomData))
}

/// Reads the same as [`text_or_number`], and `null` as `None`. Use it with `#[serde(default)]` for a field that may be
/// missing.
///
/// # Errors
/// The same as [`text_or_number`].
pub fn optional_text_or_number<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    deserializer.deserialize_option(OptionalTextOrNumber(PhantomData))
}

/// Reads a text without quoting it: serde's own errors for a value of the wrong type contain the value, which may be a
/// secret.
struct TextOrNumber<T>(PhantomData<T>);

impl<T: DeserializeOwned> Visitor<'_> for TextOrNumber<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string or a whole number")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        self.visit_string(text.to_owned())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<T, E> {
        T::deserialize(text.into_deserializer())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        self.visit_string(number.to_string())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        self.visit_string(number.to_string())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<T, E> {
        Err(E::invalid_type(Unexpected::Other("a number that is not whole"), &self))
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<T, E> {
        Err(E::invalid_type(Unexpected::Other("a boolean"), &self))
    }
}

struct OptionalTextOrNumber<T>(PhantomData<T>);

impl<'de, T: DeserializeOwned> Visitor<'de> for OptionalTextOrNumber<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string, a whole number or null")
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        text_or_number(deserializer).map(Some)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

    use super::{integer_or_text, null_as_default, one_or_many, optional_text_or_number, text_or_number};
    use crate::ReceivedSecret;

    fn read(json: &str) -> Result<Vec<u8>, serde_json::Error> {
        null_as_default(&mut serde_json::Deserializer::from_str(json))
    }

    #[test]
    fn null_as_default_reads_null_as_empty_and_values_as_they_are() {
        assert_eq!(read("null").unwrap(), Vec::<u8>::new());
        assert_eq!(read("[1,2]").unwrap(), [1, 2]);
    }

    #[test]
    fn null_as_default_refuses_another_type_and_a_null_inside() {
        assert!(read("{}").is_err());
        assert!(read("[null]").is_err());
    }

    #[test]
    fn text_or_number_keeps_texts_and_the_digits_of_numbers() {
        let text = |json: &str| text_or_number::<_, String>(&mut serde_json::Deserializer::from_str(json)).unwrap();
        for (json, expected) in [
            ("\"0042\"", "0042"),
            ("42", "42"),
            ("-1", "-1"),
            ("18446744073709551615", "18446744073709551615"),
        ] {
            assert_eq!(text(json), expected);
        }
        let option = |json: &str| optional_text_or_number(&mut serde_json::Deserializer::from_str(json)).unwrap();
        assert_eq!((option("null"), option("7")), (None, Some("7".to_owned())));
    }

    #[test]
    fn text_or_number_of_another_type_is_refused_without_its_value() {
        for json in ["47.11", "true", "[4711]", "{\"4711\":0}"] {
            let read = optional_text_or_number::<_, ReceivedSecret>(&mut serde_json::Deserializer::from_str(json));
            let error = read.unwrap_err().to_string();
            assert!(error.contains("expected a string or a whole number"), "{error}");
            assert!(!error.contains(json) && !error.contains("4711"), "{error}");
        }
    }

    #[test]
    fn text_or_number_of_a_secret_refuses_the_redacted_text() {
        let read = text_or_number::<_, ReceivedSecret>(&mut serde_json::Deserializer::from_str("\"[redacted]\""));
        assert!(read.is_err());
    }

    #[test]
    fn one_or_many_reads_a_list_an_item_and_null() {
        let read = |json: &str| one_or_many::<_, u8>(&mut serde_json::Deserializer::from_str(json));
        assert_eq!(read("[1,2]").unwrap(), [1, 2]);
        assert_eq!(read("[]").unwrap(), Vec::<u8>::new());
        assert_eq!(read("1").unwrap(), [1]);
        assert_eq!(read("null").unwrap(), Vec::<u8>::new());
        assert!(read("[null]").is_err() && read("{}").is_err());
    }

    #[test]
    fn integer_or_text_reads_both_and_refuses_all_else_without_showing_it() {
        let read = |json: &str| integer_or_text(&mut serde_json::Deserializer::from_str(json));
        assert_eq!(read("7").unwrap(), Some(7));
        assert_eq!(read(r#""-7""#).unwrap(), Some(-7));
        assert_eq!(read(r#""""#).unwrap(), None);
        assert_eq!(read("null").unwrap(), None);
        let error = read(r#""canary""#).unwrap_err().to_string();
        assert!(error.contains("not an integer") && !error.contains("canary"), "{error}");
        assert!(read("1.5").is_err() && read("[1]").is_err() && read("9223372036854775808").is_err());
    }
}
