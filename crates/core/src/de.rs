//! Deserialisation helpers that generated response types name in `#[serde(deserialize_with = …)]`.

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
