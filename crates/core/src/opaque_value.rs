//! Values whose form the vendor does not document.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::error::excerpt::type_name;
use crate::secret::{REDACTED, not_redacted};

/// A received value whose form the vendor does not document.
///
/// It may contain a secret: the user of an impersonation has a PIN in it. So it is treated like a
/// [`ReceivedSecret`](crate::ReceivedSecret): `Debug` only shows its JSON type, `Serialize` writes the text `[redacted]`, and
/// it can't be compared with `==`. Only [`expose_value`](Self::expose_value) and
/// [`into_exposed_value`](Self::into_exposed_value) return the value. Take the fields that you need out of it, and don't
/// print all of it.
///
/// Any JSON value can be deserialized, except the text `[redacted]`.
///
/// # Examples
/// ```
/// use account_provisioning_core::OpaqueValue;
///
/// let company: OpaqueValue = serde_json::from_str(r#"{ "id": 7 }"#)?;
/// assert_eq!(company.expose_value()["id"], 7);
/// assert_eq!(format!("{company:?}"), "OpaqueValue(an object)");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone)]
pub struct OpaqueValue(Value);

impl OpaqueValue {
    /// Wraps a value as if a server had sent it. Useful in tests that mock responses.
    pub fn new(value: impl Into<Value>) -> Self {
        Self(value.into())
    }

    /// Returns the value with every secret in it. Take care where you show it.
    #[must_use]
    pub fn expose_value(&self) -> &Value {
        &self.0
    }

    /// Converts into the value with every secret in it. Take care where you show it.
    #[must_use]
    pub fn into_exposed_value(self) -> Value {
        self.0
    }
}

impl fmt::Debug for OpaqueValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OpaqueValue({})", type_name(&self.0))
    }
}

impl Serialize for OpaqueValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(REDACTED)
    }
}

impl<'de> Deserialize<'de> for OpaqueValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        value.as_str().map_or(Ok(()), not_redacted)?;
        Ok(Self(value))
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for OpaqueValue {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "OpaqueValue".into()
    }

    fn schema_id() -> std::borrow::Cow<'static, str> {
        concat!(module_path!(), "::OpaqueValue").into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        true.into()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

    use super::OpaqueValue;

    #[test]
    fn opaque_value_of_any_form_decodes_and_shows_its_type_alone() {
        for (json, shown) in [
            ("\"canary\"", "a string"),
            ("4711", "a number"),
            ("{\"pin\":\"canary\"}", "an object"),
            ("[\"canary\"]", "an array"),
            ("true", "a boolean"),
            ("null", "null"),
        ] {
            let value: OpaqueValue = serde_json::from_str(json).unwrap();
            assert_eq!(format!("{value:?}"), format!("OpaqueValue({shown})"));
            assert_eq!(serde_json::to_string(&value).unwrap(), "\"[redacted]\"");
            assert_eq!(value.expose_value().to_string(), json);
        }
    }

    #[test]
    fn opaque_value_written_as_json_is_refused_when_it_is_read_back() {
        let json = serde_json::to_string(&OpaqueValue::new(7)).unwrap();
        assert!(serde_json::from_str::<OpaqueValue>(&json).is_err());
    }
}
