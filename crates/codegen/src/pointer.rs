//! JSON pointers (RFC 6901), by which every message names a place.

/// Appends one reference token to a pointer, escaping `~` and `/`.
#[must_use]
pub fn join(pointer: &str, token: &str) -> String {
    format!("{pointer}/{}", token.replace('~', "~0").replace('/', "~1"))
}

/// Appends several reference tokens to a pointer.
#[must_use]
pub fn join_all(pointer: &str, tokens: &[&str]) -> String {
    tokens
        .iter()
        .fold(pointer.to_owned(), |pointer, token| join(&pointer, token))
}

/// Removes the last reference token of a pointer. The pointer of the whole document has none.
#[must_use]
pub fn parent(pointer: &str) -> Option<&str> {
    pointer.rfind('/').map(|end| &pointer[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn join_with_a_path_key_escapes_slash_and_tilde() {
        assert_eq!(join("/paths", "/a~b/{id}"), "/paths/~1a~0b~1{id}");
        assert_eq!(join_all("", &["a", "b"]), "/a/b");
    }

    #[test]
    fn parent_of_the_document_is_none() {
        assert_eq!(parent("/a/b"), Some("/a"));
        assert_eq!(parent(""), None);
    }
}
