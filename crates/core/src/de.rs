//! Deserialisation helpers that generated response types name in `#[serde(deserialize_with = …)]`.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error as DeError, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};

/// Reads a value, with `null` read as the type's default: an empty list, an empty map, `false`.
///
/// Generated response arrays use it together with `#[serde(default)]`, so that a list the server sends as
/// `null`, as `[]` or not at all decodes to the same empty list.
///
/// # Errors
/// The deserializer's own error when the value is neither `null` nor a `T`.
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

/// Reads a text that a service sends as a string or as a whole number, such as an id; a number becomes its digits.
///
/// # Errors
/// For a value of another type, which the error doesn't show.
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
    T: From<String>,
{
    deserializer.deserialize_any(TextOrNumber(PhantomData))
}

/// Reads what [`text_or_number`] reads, with `null` read as `None`; a field that may be absent adds `default`.
///
/// # Errors
/// As [`text_or_number`].
pub fn optional_text_or_number<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: From<String>,
{
    deserializer.deserialize_option(OptionalTextOrNumber(PhantomData))
}

/// Serde's own messages for a value of the wrong type quote the value, which may be a secret.
struct TextOrNumber<T>(PhantomData<T>);

impl<T: From<String>> Visitor<'_> for TextOrNumber<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string or a whole number")
    }

    fn visit_str<E>(self, text: &str) -> Result<T, E> {
        Ok(T::from(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<T, E> {
        Ok(T::from(text))
    }

    fn visit_i64<E>(self, number: i64) -> Result<T, E> {
        Ok(T::from(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<T, E> {
        Ok(T::from(number.to_string()))
    }

    fn visit_f64<E: DeError>(self, _: f64) -> Result<T, E> {
        Err(E::invalid_type(Unexpected::Other("a number that is not whole"), &self))
    }

    fn visit_bool<E: DeError>(self, _: bool) -> Result<T, E> {
        Err(E::invalid_type(Unexpected::Other("a boolean"), &self))
    }
}

struct OptionalTextOrNumber<T>(PhantomData<T>);

impl<'de, T: From<String>> Visitor<'de> for OptionalTextOrNumber<T> {
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

    use super::{null_as_default, optional_text_or_number, text_or_number};
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
}
