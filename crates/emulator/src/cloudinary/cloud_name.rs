//! The format of cloud names.

/// The rule for cloud names, for error messages.
///
/// The vendor's pages mention only letters, digits and underscores, but cloud names with hyphens exist.
pub(super) const RULE: &str = "must be 1 to 100 letters, digits, underscores or hyphens";

pub(super) fn is_valid(name: &str) -> bool {
    (1..=100).contains(&name.len())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_valid_with_other_characters_or_lengths_is_false() {
        assert!(is_valid("client_portal-1"));
        for name in ["", "a b", "a.b", "a/b", "ä"] {
            assert!(!is_valid(name), "{name:?}");
        }
        assert!(!is_valid(&"a".repeat(101)));
    }
}
