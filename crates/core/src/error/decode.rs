//! Explains why a successful response could not be read.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::excerpt;

/// Says where and how a body differs from `T`. It never shows a value of the body.
pub(crate) fn explain<T: DeserializeOwned>(body: &[u8]) -> String {
    if body.iter().all(u8::is_ascii_whitespace) {
        return "the body is empty, but JSON was expected".to_owned();
    }
    let mut reader = serde_json::Deserializer::from_slice(body);
    let Err(failure) = serde_path_to_error::deserialize::<_, T>(&mut reader) else {
        return "the body continues after the JSON value".to_owned();
    };
    let path = failure.path().to_string();
    let inner = failure.inner();
    if inner.is_eof() {
        return format!("the JSON body breaks off after {} bytes", body.len());
    }
    let Ok(value) = serde_json::from_slice::<Value>(body) else {
        return format!("the body is not JSON but {}", excerpt::of_body(body));
    };
    let place = if path == "." {
        "$".to_owned()
    } else {
        format!("$.{path}")
    };
    let found = at(&value, failure.path()).unwrap_or(&value);
    format!(
        "at {place}: {}; found {}",
        expectation(&inner.to_string()),
        excerpt::shape(found)
    )
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
        serde_path_to_error::Segment::Seq { index } => value.get(index),
        serde_path_to_error::Segment::Map { key } => value.get(key),
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
        assert_eq!(text, "at $.[0].roles[1]: expected u32; found string");
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
