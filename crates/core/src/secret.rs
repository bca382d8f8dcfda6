//! Secrets that users pass to the SDK: API secrets, tokens, passwords.

use std::fmt;

use secrecy::zeroize::Zeroize;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A secret that is sent: a password, a token, the secret part of a key pair.
///
/// It has no `Display`, its `Debug` is redacted, and its memory is overwritten with zeros when it is dropped. Each clone is
/// a copy that is wiped on its own. Only [`expose_secret`](Self::expose_secret) returns the text. Secrets can't be compared
/// with `==`, because the time that such a comparison takes reveals how much of a guess is right.
///
/// `Serialize` writes the secret itself, because generated request bodies use this type. Only serialize it into a request.
/// Secrets in responses are of the type [`ReceivedSecret`](crate::ReceivedSecret), which is redacted when it is serialized.
/// `Deserialize` refuses the text `[redacted]`, which such a serialized secret contains: it is no secret.
///
/// # Examples
/// ```
/// use account_provisioning_core::Secret;
///
/// let secret = Secret::new("wJalrXUtnFEMI");
/// assert_eq!(format!("{secret:?}"), "Secret([redacted])");
/// assert_eq!(secret.expose_secret(), "wJalrXUtnFEMI");
/// ```
#[derive(Clone)]
pub struct Secret(SecretString);

/// What is written in place of a secret.
pub(crate) const REDACTED: &str = "[redacted]";

impl Secret {
    /// Wraps a secret. A `String` is moved in; if it has to be copied, the original is wiped.
    pub fn new(secret: impl Into<Self>) -> Self {
        secret.into()
    }

    /// Returns the secret. Take care where you show it.
    pub fn expose_secret(&self) -> &str {
        self.0.expose_secret()
    }
}

impl From<String> for Secret {
    fn from(mut secret: String) -> Self {
        // Shrinking a string that has spare capacity may move it, and would leave the old bytes in memory.
        if secret.capacity() == secret.len() {
            return Self(SecretString::from(secret));
        }
        let exact = Self::from(secret.as_str());
        secret.zeroize();
        exact
    }
}

impl From<&str> for Secret {
    fn from(secret: &str) -> Self {
        Self(SecretString::from(secret))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret([redacted])")
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.expose_secret())
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // With `deserialize_str`, serde_json itself would refuse a number, with an error that quotes it.
        deserializer.deserialize_any(SecretVisitor)
    }
}

/// Reads a secret without quoting it: serde's own error for a value of the wrong type contains the value.
struct SecretVisitor;

impl serde::de::Visitor<'_> for SecretVisitor {
    type Value = Secret;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a secret as a string")
    }

    fn visit_str<E: serde::de::Error>(self, secret: &str) -> Result<Secret, E> {
        not_redacted(secret)?;
        Ok(Secret::from(secret))
    }

    fn visit_string<E: serde::de::Error>(self, secret: String) -> Result<Secret, E> {
        not_redacted(&secret)?;
        Ok(Secret::from(secret))
    }

    fn visit_bool<E: serde::de::Error>(self, _: bool) -> Result<Secret, E> {
        Err(E::custom("expected a secret as a string, found a boolean"))
    }

    fn visit_i64<E: serde::de::Error>(self, _: i64) -> Result<Secret, E> {
        Err(number())
    }

    fn visit_u64<E: serde::de::Error>(self, _: u64) -> Result<Secret, E> {
        Err(number())
    }

    fn visit_f64<E: serde::de::Error>(self, _: f64) -> Result<Secret, E> {
        Err(number())
    }
}

/// Refuses the text that was written in place of a value.
pub(crate) fn not_redacted<E: serde::de::Error>(text: &str) -> Result<(), E> {
    if text == REDACTED {
        return Err(E::custom(
            "found the text `[redacted]` in place of a value, expected the value: JSON that the SDK wrote of a response \
             contains no secrets",
        ));
    }
    Ok(())
}

fn number<E: serde::de::Error>() -> E {
    E::custom("expected a secret as a string, found a number")
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for Secret {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Secret".into()
    }

    fn schema_id() -> std::borrow::Cow<'static, str> {
        concat!(module_path!(), "::Secret").into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "password" })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

    use super::Secret;

    const CANARY: &str = "canary-4711";

    #[test]
    fn secret_in_debug_of_any_form_is_redacted() {
        let secret = Secret::new(CANARY);
        for text in [
            format!("{secret:?}"),
            format!("{secret:#?}"),
            format!("{:?}", Some(&secret)),
        ] {
            assert!(text.contains("Secret([redacted])"), "{text}");
            assert!(!text.contains(CANARY), "{text}");
        }
    }

    #[test]
    fn secret_from_string_with_spare_capacity_keeps_its_text() {
        let mut spacious = String::with_capacity(1024);
        spacious.push_str(CANARY);
        assert_eq!(Secret::from(spacious).expose_secret(), CANARY);
        assert_eq!(Secret::from(CANARY.to_owned()).clone().expose_secret(), CANARY);
    }

    #[test]
    fn secret_in_request_body_is_written_as_is() {
        let body = serde_json::to_string(&Secret::new(CANARY)).unwrap();
        assert_eq!(body, format!("\"{CANARY}\""));
        let back: Secret = serde_json::from_str(&body).unwrap();
        assert_eq!(back.expose_secret(), CANARY);
    }

    #[test]
    fn secret_that_is_the_redacted_text_is_refused() {
        let error = serde_json::from_str::<Secret>("\"[redacted]\"").unwrap_err();
        assert!(error.to_string().contains("[redacted]"), "{error}");
        let error = serde_json::from_value::<Secret>("[redacted]".into()).unwrap_err();
        assert!(error.to_string().contains("[redacted]"), "{error}");
    }

    #[test]
    fn secret_of_the_wrong_type_is_refused_without_its_value() {
        for (json, found) in [
            ("4711", "number"),
            ("-4711", "number"),
            ("47.11", "number"),
            ("true", "boolean"),
        ] {
            let error = serde_json::from_str::<Secret>(json).unwrap_err().to_string();
            assert!(error.contains(found) && !error.contains(json), "{error}");
        }
    }

    #[cfg(feature = "schemars")]
    #[test]
    fn secret_schema_is_a_password_string() {
        let schema = schemars::schema_for!(Secret);
        assert_eq!(schema.get("type").unwrap(), "string");
        assert_eq!(schema.get("format").unwrap(), "password");
    }
}
