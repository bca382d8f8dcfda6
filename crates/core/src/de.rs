//! Deserialisation helpers that generated response types name in `#[serde(deserialize_with = …)]`.

use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

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

/// Reads a list that may arrive as its only item; null is empty.
///
/// # Errors
/// The deserializer's own error when the value is no list, no item and not null, or when an item is no `T`.
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
    // A list of items that are lists themselves could not be told from one item; no document has one.
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

/// Reads an integer that may arrive as the text of one, or as a number with a point that is whole; null and the empty text
/// are none.
///
/// # Errors
/// The deserializer's own error when the value is neither, or a number that `i64` cannot hold.
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
        // What it holds is not shown: it came from a server.
        Value::String(text) => text
            .parse()
            .map(Some)
            .map_err(|_| D::Error::custom("a text that is no integer")),
        Value::Number(number) => whole(&number)
            .map(Some)
            .ok_or_else(|| D::Error::custom("a number that is no integer")),
        other => item(other).map(Some),
    }
}

/// The integer that a number is, up to what a floating point number holds exactly.
fn whole(number: &serde_json::Number) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    number.as_i64().or_else(|| {
        let float = number.as_f64()?;
        #[expect(clippy::cast_possible_truncation, reason = "it is whole, and far within the range")]
        (float.fract() == 0.0 && float.abs() <= EXACT).then_some(float as i64)
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

    use super::{integer_or_text, null_as_default, one_or_many};

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
        assert!(error.contains("no integer") && !error.contains("canary"), "{error}");
        assert!(read("1.5").is_err() && read("[1]").is_err() && read("9223372036854775808").is_err());
    }
}
