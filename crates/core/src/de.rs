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

/// Reads an integer that may arrive as the text of one; null and the empty text are none.
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
/// for json in [r#"{"count":"25"}"#, r#"{"count":25}"#] {
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
        other => item(other).map(Some),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

    use super::null_as_default;

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
}
