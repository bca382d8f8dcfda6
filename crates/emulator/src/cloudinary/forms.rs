//! The forms of names and addresses that the vendor demands.

use std::sync::LazyLock;

use jsonschema::Validator;
use serde_json::{Value, json};

/// The rule for cloud names, in words.
///
/// The vendor's pages speak of letters, digits and underscores; cloud names with hyphens exist all the same.
pub(crate) const CLOUD_NAME_RULE: &str = "must be 1 to 100 letters, digits, underscores or hyphens";

pub(crate) fn is_cloud_name(name: &str) -> bool {
    (1..=100).contains(&name.len())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
}

/// Tells whether the document's `format: email` holds, by the same check that replies must pass.
pub(crate) fn is_email(email: &str) -> bool {
    static EMAIL: LazyLock<Option<Validator>> = LazyLock::new(|| {
        jsonschema::options()
            .should_validate_formats(true)
            .build(&json!({ "format": "email" }))
            .ok()
    });
    EMAIL.as_ref().is_none_or(|format| format.is_valid(&Value::from(email)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_email_with_addresses_and_other_text_tells_them_apart() {
        assert!(is_email("ann+x@client.example"));
        for text in ["", "ann", "ann@", "@client.example", "a b@client.example"] {
            assert!(!is_email(text), "{text:?}");
        }
    }

    #[test]
    fn is_cloud_name_with_other_characters_or_lengths_is_false() {
        assert!(is_cloud_name("client_portal-1"));
        for name in ["", "a b", "a.b", "a/b", "ä"] {
            assert!(!is_cloud_name(name), "{name:?}");
        }
        assert!(!is_cloud_name(&"a".repeat(101)));
    }
}
