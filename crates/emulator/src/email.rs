//! The format of email addresses, and when two of them are the same.

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

/// Returns what two addresses of the same user have in common: the address in lower case.
pub(crate) fn email_key(email: &str) -> String {
    email.to_lowercase()
}

/// Returns whether two addresses belong to the same user. Case does not matter.
pub(crate) fn same_email(a: &str, b: &str) -> bool {
    email_key(a) == email_key(b)
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
    fn same_email_ignores_the_case_of_every_letter() {
        assert!(same_email("Zoë@Client.example", "ZOË@client.EXAMPLE"));
        assert!(!same_email("zoe@client.example", "zoë@client.example"));
    }
}
