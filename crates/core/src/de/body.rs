//! Reads bodies, which are JSON.

use serde::Deserialize;
use serde::de::Error as _;

/// Reads a body that is JSON.
///
/// JSON is always UTF-8, and checking a whole body once is faster than letting serde check each string in it. All bodies are
/// read as text, so a program has the code for one kind of source alone.
///
/// # Errors
/// When the body is not a `T`, or not UTF-8.
///
/// # Examples
/// ```
/// let ids: Vec<&str> = account_provisioning_core::de::from_body(br#"["a","b"]"#)?;
/// assert_eq!(ids, ["a", "b"]);
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn from_body<'de, T: Deserialize<'de>>(body: &'de [u8]) -> serde_json::Result<T> {
    match std::str::from_utf8(body) {
        Ok(text) => serde_json::from_str(text),
        Err(_) => Err(serde_json::Error::custom("the body is not UTF-8")),
    }
}

/// The text at the start of a body, and whether that is all of it: a body may also be cut within its last character.
pub(crate) fn text_of(body: &[u8]) -> (&str, bool) {
    body.utf8_chunks().next().map_or(("", true), |first| {
        let read = first.valid().len() + first.invalid().len();
        (first.valid(), read == body.len())
    })
}

#[cfg(test)]
mod tests {
    use super::{from_body, text_of};

    #[test]
    fn body_is_read_as_text() {
        assert_eq!(
            from_body::<Vec<String>>(r#"["é"]"#.as_bytes()).ok(),
            Some(vec!["é".to_owned()])
        );
        for (body, says) in [
            (b"[\"\xe9\"]".as_slice(), "not UTF-8"),
            (b"[1]", "expected a string"),
            (b"[\"a\"", "EOF"),
        ] {
            let problem = from_body::<Vec<String>>(body).map_err(|problem| problem.to_string());
            assert!(matches!(&problem, Err(text) if text.contains(says)), "{problem:?}");
        }
    }

    #[test]
    fn text_of_a_body_ends_where_it_is_no_text() {
        let cut = &"aé".as_bytes()[..2];
        for (body, text, whole) in [
            (b"".as_slice(), "", true),
            ("aé".as_bytes(), "aé", true),
            (cut, "a", true),
            (b"a\xe9b", "a", false),
        ] {
            assert_eq!(text_of(body), (text, whole), "{body:?}");
        }
    }
}
