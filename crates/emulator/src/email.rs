//! The format of email addresses.

use std::sync::LazyLock;

use jsonschema::Validator;
use serde_json::{Value, json};

/// Returns whether a text is an email address, by the check for `format: email` that responses must pass too.
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
}
