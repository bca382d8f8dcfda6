//! The forms of names and addresses that the vendor demands.

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_cloud_name_with_other_characters_or_lengths_is_false() {
        assert!(is_cloud_name("client_portal-1"));
        for name in ["", "a b", "a.b", "a/b", "ä"] {
            assert!(!is_cloud_name(name), "{name:?}");
        }
        assert!(!is_cloud_name(&"a".repeat(101)));
    }
}
