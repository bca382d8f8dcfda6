//! Messages of a service: errors, and notes that come with a value.

use serde_json::Value;

/// One message of a service: one of several errors, or a note in a successful response.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct VendorMessage {
    /// The numeric code of the message, if there is one.
    pub code: Option<i64>,
    /// The text of the message, if there is one.
    pub message: Option<String>,
    /// Where the vendor documents the message.
    pub documentation_url: Option<String>,
    /// The part of the request that the message is about, as a JSON pointer.
    pub pointer: Option<String>,
}

impl VendorMessage {
    /// Makes a message from its code and its text.
    #[must_use]
    pub fn new(code: Option<i64>, message: Option<String>) -> Self {
        Self {
            code,
            message,
            ..Self::default()
        }
    }

    /// Adds where the vendor documents the message.
    #[must_use]
    pub fn with_documentation_url(mut self, url: Option<String>) -> Self {
        self.documentation_url = url;
        self
    }

    /// Adds the part of the request that the message is about, as a JSON pointer.
    #[must_use]
    pub fn with_pointer(mut self, pointer: Option<String>) -> Self {
        self.pointer = pointer;
        self
    }

    /// Reads `{code, message, documentation_url, source: {pointer}}`. Parts that are missing or have another type are left
    /// out.
    #[must_use]
    pub fn from_json(value: &Value) -> Self {
        let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
        let code = value.get("code");
        let code = code.and_then(|code| code.as_i64().or_else(|| code.as_str()?.trim().parse().ok()));
        Self {
            code,
            message: text(value.get("message")).or_else(|| text(Some(value))),
            documentation_url: text(value.get("documentation_url")),
            pointer: text(value.get("source").and_then(|source| source.get("pointer"))),
        }
    }

    /// The texts in the message, which may repeat what the client sent.
    pub(crate) fn texts_mut(&mut self) -> impl Iterator<Item = &mut String> {
        let texts = [&mut self.message, &mut self.documentation_url, &mut self.pointer];
        texts.into_iter().flatten()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::VendorMessage;

    #[test]
    fn vendor_message_read_keeps_each_part_and_leaves_out_what_is_of_another_type() {
        let whole = VendorMessage::from_json(&json!({
            "code": 1000, "message": "no", "documentation_url": "https://docs.example", "source": {"pointer": "/name"}
        }));
        let parts = (
            whole.code,
            whole.message.as_deref(),
            whole.documentation_url.as_deref(),
            whole.pointer.as_deref(),
        );
        assert_eq!(
            parts,
            (Some(1000), Some("no"), Some("https://docs.example"), Some("/name"))
        );
        let bare = VendorMessage::from_json(&json!({"message": "no"}));
        assert_eq!(bare, VendorMessage::new(None, Some("no".to_owned())));
        let odd = VendorMessage::from_json(&json!({"code": "70003", "message": 7, "source": null}));
        assert_eq!(odd, VendorMessage::new(Some(70003), None));
        let large = VendorMessage::from_json(&json!({"code": 9_007_199_254_740_993_i64}));
        assert_eq!(large.code, Some(9_007_199_254_740_993));
        assert_eq!(VendorMessage::from_json(&json!("no")).message.as_deref(), Some("no"));
    }
}
