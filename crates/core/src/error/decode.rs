//! Explains why a successful response could not be read.

use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::Segment;

use super::excerpt;
use crate::secret::REDACTED;

/// What stands for a scrubbed secret while the body is read again. No type refuses it.
const SCRUBBED: &str = "[scrubbed]";

/// Says where and how a body differs from `T`. It never shows a value of the body.
pub(crate) fn explain<T: DeserializeOwned>(body: &[u8]) -> String {
    if body.iter().all(u8::is_ascii_whitespace) {
        return "the body is empty, but JSON was expected".to_owned();
    }
    // Secrets that the service repeated are scrubbed from the body, and types of secrets refuse the text in their place.
    let scrubbed = std::str::from_utf8(body).map(|text| text.replace(REDACTED, SCRUBBED));
    let difference = scrubbed.ok().and_then(|text| difference::<T>(text.as_bytes()));
    difference
        .map(|text| text.replace(SCRUBBED, REDACTED))
        .or_else(|| self::difference::<T>(body))
        .unwrap_or_else(|| "the body continues after the JSON value".to_owned())
}

/// Says how a body differs from `T`, or `None` if it begins with a `T`.
fn difference<T: DeserializeOwned>(body: &[u8]) -> Option<String> {
    let mut reader = serde_json::Deserializer::from_slice(body);
    let failure = serde_path_to_error::deserialize::<_, T>(&mut reader).err()?;
    let path = shown(failure.path());
    let inner = failure.inner();
    let value = match serde_json::from_slice::<Value>(body) {
        Ok(value) => value,
        Err(problem) if problem.is_eof() => {
            return Some(format!("the JSON body breaks off after {} bytes", body.len()));
        }
        Err(_) => return Some(format!("the body is not JSON but {}", excerpt::of_body(body))),
    };
    let found = at(&value, failure.path()).unwrap_or(&value);
    Some(format!(
        "at {path}: {}; found {}",
        expectation(&inner.to_string()),
        excerpt::shape(found)
    ))
}

/// Writes the path to a value. A key of a map is data of the server, so what looks like a token is masked.
fn shown(path: &serde_path_to_error::Path) -> String {
    let mut text = "$".to_owned();
    for segment in path {
        match segment {
            Segment::Seq { index } => text.push_str(&format!("[{index}]")),
            Segment::Map { key } => text.push_str(&format!(".{}", excerpt::one_line(key, 40))),
            Segment::Enum { variant } => text.push_str(&format!(".{}", excerpt::one_line(variant, 40))),
            Segment::Unknown => text.push_str(".?"),
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

fn at<'a>(value: &'a Value, path: &serde_path_to_error::Path) -> Option<&'a Value> {
    path.iter().try_fold(value, |value, segment| match segment {
        Segment::Seq { index } => value.get(index),
        Segment::Map { key } => value.get(key),
        _ => None,
    })
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
        assert!(explain::<User>(b"").contains("empty"));
        assert!(explain::<User>(b"<html>oops</html>").contains("not JSON"));
    }
}
