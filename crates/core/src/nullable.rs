//! A value that can be sent as `null`, for fields where `null` and a missing field mean different things.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A value or an explicit JSON `null`.
///
/// Generated request bodies use `Option<Nullable<T>>`: `None` is not sent and keeps the field on the server, `Some(Null)`
/// clears it, and `Some(Value(v))` sets it.
///
/// The type is made for requests. Deserialized as `Option<Nullable<T>>`, a `null` becomes `None`, because serde's `Option`
/// reads it first; deserialized as `Nullable<T>` it stays `Null`.
///
/// # Examples
/// ```
/// use account_provisioning_core::Nullable;
///
/// #[derive(serde::Serialize)]
/// struct Update {
///     #[serde(skip_serializing_if = "Option::is_none")]
///     description: Option<Nullable<String>>,
/// }
///
/// let json = |description| serde_json::to_string(&Update { description });
/// assert_eq!(json(None)?, "{}");
/// assert_eq!(json(Some(Nullable::Null))?, r#"{"description":null}"#);
/// assert_eq!(json(Some("new".to_owned().into()))?, r#"{"description":"new"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(
    clippy::exhaustive_enums,
    reason = "JSON has no third state between null and a value"
)]
pub enum Nullable<T> {
    /// An explicit `null`: clears the field on the server.
    Null,
    /// A value.
    Value(T),
}

impl<T> Nullable<T> {
    /// Whether this is [`Null`](Self::Null).
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Borrows the value; `None` when null.
    pub const fn as_option(&self) -> Option<&T> {
        match self {
            Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }

    /// Takes the value; `None` when null.
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T: Serialize> Serialize for Nullable<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_option().serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Nullable<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::<T>::deserialize(deserializer)?.map_or(Self::Null, Self::Value))
    }
}

#[cfg(feature = "schemars")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for Nullable<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        <Option<T>>::schema_name()
    }

    fn schema_id() -> std::borrow::Cow<'static, str> {
        <Option<T>>::schema_id()
    }

    fn inline_schema() -> bool {
        <Option<T>>::inline_schema()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        <Option<T>>::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

    use super::Nullable;

    #[test]
    fn nullable_written_and_read_keeps_null_and_value_apart() {
        for (value, json) in [(Nullable::Null, "null"), (Nullable::Value(7), "7")] {
            assert_eq!(serde_json::to_string(&value).unwrap(), json);
            assert_eq!(serde_json::from_str::<Nullable<i32>>(json).unwrap(), value);
        }
    }

    #[test]
    fn nullable_of_the_wrong_type_is_refused() {
        assert!(serde_json::from_str::<Nullable<i32>>("\"seven\"").is_err());
    }

    #[test]
    fn nullable_as_option_shows_null_as_none() {
        assert_eq!(Nullable::from(7).as_option(), Some(&7));
        assert_eq!(Nullable::from(7).into_option(), Some(7));
        assert_eq!(Nullable::<i32>::Null.into_option(), None);
        assert!(Nullable::<i32>::Null.is_null() && !Nullable::Value(7).is_null());
    }

    #[cfg(feature = "schemars")]
    #[test]
    fn nullable_schema_admits_null_beside_the_value() {
        let schema = serde_json::to_value(schemars::schema_for!(Nullable<String>)).unwrap();
        assert_eq!(schema["type"], serde_json::json!(["string", "null"]));
    }
}
