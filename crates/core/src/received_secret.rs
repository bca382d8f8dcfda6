//! Secrets that a server returns: the secret of a new key, the value of a token.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Secret;
use crate::secret::REDACTED;

/// A secret in a response. Only [`expose_secret`](Self::expose_secret) returns the text; it is redacted everywhere else.
///
/// Unlike a [`Secret`], it is also redacted by `Serialize`, which writes the text `[redacted]`. A response can be logged,
/// cached or printed as JSON without revealing the secret. Reading such JSON back is an error: `Deserialize` refuses the
/// text `[redacted]`.
///
/// # Examples
/// ```
/// use account_provisioning_core::ReceivedSecret;
///
/// let secret: ReceivedSecret = serde_json::from_str("\"wJalrXUtnFEMI\"")?;
/// assert_eq!(secret.expose_secret(), "wJalrXUtnFEMI");
/// assert_eq!(serde_json::to_string(&secret)?, "\"[redacted]\"");
/// assert!(serde_json::from_str::<ReceivedSecret>("\"[redacted]\"").is_err());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone)]
pub struct ReceivedSecret(Secret);

impl ReceivedSecret {
    /// Wraps a secret as if a server had sent it. Useful in tests that mock responses.
    pub fn new(secret: impl Into<Secret>) -> Self {
        Self(secret.into())
    }

    /// Returns the secret. Take care where you show it.
    pub fn expose_secret(&self) -> &str {
        self.0.expose_secret()
    }

    /// Converts it into a [`Secret`] that can be sent, for example as the credentials of another client.
    pub fn into_secret(self) -> Secret {
        self.0
    }
}

impl From<String> for ReceivedSecret {
    fn from(secret: String) -> Self {
        Self::new(secret)
    }
}

impl From<ReceivedSecret> for Secret {
    fn from(received: ReceivedSecret) -> Self {
        received.into_secret()
    }
}

impl fmt::Debug for ReceivedSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReceivedSecret([redacted])")
    }
}

impl Serialize for ReceivedSecret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(REDACTED)
    }
}

impl<'de> Deserialize<'de> for ReceivedSecret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Secret::deserialize(deserializer).map(Self)
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for ReceivedSecret {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ReceivedSecret".into()
    }

    fn schema_id() -> std::borrow::Cow<'static, str> {
        concat!(module_path!(), "::ReceivedSecret").into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Secret::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

    use super::ReceivedSecret;

    const CANARY: &str = "canary-4711";

    #[test]
    fn received_secret_in_debug_and_json_is_redacted() {
        let secret = ReceivedSecret::new(CANARY);
        assert_eq!(format!("{secret:?}"), "ReceivedSecret([redacted])");
        assert_eq!(serde_json::to_string(&[secret]).unwrap(), r#"["[redacted]"]"#);
    }

    #[test]
    fn received_secret_written_as_json_is_refused_when_it_is_read_back() {
        let json = serde_json::to_string(&ReceivedSecret::new(CANARY)).unwrap();
        assert!(serde_json::from_str::<ReceivedSecret>(&json).is_err());
    }

    #[test]
    fn received_secret_from_a_response_can_be_exposed_and_passed_on() {
        let secret: ReceivedSecret = serde_json::from_str(&format!("\"{CANARY}\"")).unwrap();
        assert_eq!(secret.clone().expose_secret(), CANARY);
        assert_eq!(secret.into_secret().expose_secret(), CANARY);
    }

    #[test]
    fn received_secret_that_is_a_number_is_refused_without_its_value() {
        let error = serde_json::from_str::<ReceivedSecret>("4711").unwrap_err().to_string();
        assert!(!error.contains("4711"), "{error}");
    }

    #[cfg(feature = "schemars")]
    #[test]
    fn received_secret_schema_is_a_password_string() {
        let schema = schemars::schema_for!(ReceivedSecret);
        assert_eq!(schema.get("format").unwrap(), "password");
    }
}
