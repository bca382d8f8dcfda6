//! Explains why a successful response could not be read.

use serde::de::DeserializeOwned;
use serde_json::{Deserializer, Value};

use super::excerpt;
use super::json_path::{self, Step};
use crate::de;
use crate::secret::REDACTED;

/// What stands for a scrubbed secret while the body is read again. No type refuses it.
const SCRUBBED: &str = "[scrubbed]";

/// Says where and how a body differs from `T`. It never shows a value of the body.
pub(crate) fn explain<T: DeserializeOwned>(body: &[u8]) -> String {
    explain_with(body, &|text| serde_json::from_str::<T>(text).err())
}

/// The part of [`explain`] that is the same for all types. `read` reads a text.
fn explain_with(body: &[u8], read: &dyn Fn(&str) -> Option<serde_json::Error>) -> String {
    if body.iter().all(u8::is_ascii_whitespace) {
        return "the body is empty, but JSON was expected".to_owned();
    }
    let (text, whole) = de::text_of(body);
    if !whole {
        return no_json(body);
    }
    // Secrets that the service repeated are scrubbed from the body, and types of secrets refuse the text in their place.
    difference(&text.replace(REDACTED, SCRUBBED), read)
        .map(|text| text.replace(SCRUBBED, REDACTED))
        .or_else(|| difference(text, read))
        .unwrap_or_else(|| match text.len() == body.len() {
            true => "what is wrong lies in a secret, which is not shown".to_owned(),
            false => no_json(body),
        })
}

/// Says how a text differs from what `read` reads, or `None` if it doesn't.
fn difference(text: &str, read: &dyn Fn(&str) -> Option<serde_json::Error>) -> Option<String> {
    let failure = read(text)?;
    let root: Value = match Deserializer::from_str(text).into_iter().next() {
        Some(Ok(value)) => value,
        Some(Err(problem)) if problem.is_eof() => {
            return Some(format!("the JSON body breaks off after {} bytes", text.len()));
        }
        _ => return Some(no_json(text.as_bytes())),
    };
    // The first value is JSON, so what is wrong with the syntax comes after it.
    if failure.is_syntax() {
        return Some("the body continues after the JSON value".to_owned());
    }
    let path = json_path::at_offset(text, offset(text, &failure));
    let found = json_path::value(&root, &path).unwrap_or(&root);
    Some(format!(
        "at {}: {}; found {}",
        shown(&path),
        expectation(&failure.to_string()),
        excerpt::shape(found)
    ))
}

fn no_json(body: &[u8]) -> String {
    format!("the body is not JSON but {}", excerpt::of_body(body))
}

/// How many bytes of a text were read before a failure.
fn offset(text: &str, failure: &serde_json::Error) -> usize {
    let lines = text.split_inclusive('\n').take(failure.line().saturating_sub(1));
    lines.map(str::len).sum::<usize>() + failure.column()
}

/// Writes the path to a value. A key of a map is data of the server, so what looks like a token is masked.
fn shown(path: &[Step]) -> String {
    let mut text = "$".to_owned();
    for step in path {
        match step {
            Step::Index(index) => text.push_str(&format!("[{index}]")),
            Step::Key(key) => text.push_str(&format!(".{}", excerpt::one_line(key, 40))),
        }
    }
    excerpt::clip(&text, 200)
}

/// Takes from serde's message what it expected, because the rest may contain the value that was found.
fn expectation(message: &str) -> String {
    let message = message.split(" at line ").next().unwrap_or(message);
    if message.starts_with("missing field") || message.starts_with("duplicate field") {
        return message.to_owned();
    }
    match message.rsplit_once(", expected ") {
        Some((_, expected)) => format!("expected {expected}"),
        None => "another kind of value was expected".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[allow(dead_code, reason = "only decoding is exercised")]
    struct User {
        id: String,
        roles: Vec<u32>,
    }

    #[test]
    fn wrong_type_deep_in_a_list_names_its_path_and_no_value() {
        let text = explain::<Vec<User>>(br#"[{"id":"a","roles":[1,"hunter2"]}]"#);
        assert_eq!(text, "at $[0].roles[1]: expected u32; found string");
    }

    #[test]
    fn secret_that_was_scrubbed_is_not_taken_for_the_fault() {
        #[derive(Debug, serde::Deserialize)]
        #[allow(dead_code, reason = "only decoding is exercised")]
        struct Login {
            token: crate::ReceivedSecret,
            roles: Vec<u32>,
        }
        let text = explain::<Login>(br#"{"token":"[redacted]","roles":["x"]}"#);
        assert_eq!(text, "at $.roles[0]: expected u32; found string");
        let text = explain::<Login>(br#"{"token":"[redacted]","ro"#);
        assert!(text.contains("breaks off"), "{text}");
        let text = explain::<Login>(br#"{"token":"[redacted]","roles":{"[redacted]":1}}"#);
        assert!(text.contains("{[redacted]: number}"), "{text}");
        let text = explain::<Login>(br#"{"token":"[redacted]","roles":[]}"#);
        assert!(text.starts_with("at $.token: expected the value"), "{text}");
    }

    #[test]
    fn missing_field_names_the_field_and_the_shape() {
        let text = explain::<User>(br#"{"roles":[]}"#);
        assert_eq!(text, "at $: missing field `id`; found {roles: []}");
    }

    #[test]
    fn broken_and_empty_bodies_say_so() {
        assert!(explain::<User>(br#"{"id":"a""#).contains("breaks off after 9 bytes"));
        let within_a_character = &r#"{"id":"é"#.as_bytes()[..8];
        assert!(explain::<User>(within_a_character).contains("breaks off after 7 bytes"));
        for body in [
            b"{\"id\":\"a\",\"roles\":[]}\xc3".as_slice(),
            b"{\"id\":\"\xe9\",\"roles\":[]}",
        ] {
            let text = explain::<User>(body);
            assert!(text.contains("not JSON"), "{text}");
        }
        assert!(explain::<User>(b"").contains("empty"));
        assert!(explain::<User>(b"<html>oops</html>").contains("not JSON"));
    }
}
