//! Short excerpts of what a server sent, without secrets.
//!
//! A body may contain secrets. So only the keys and types of a JSON body are shown, and anything in a text that looks like a
//! token is masked.

use std::fmt::Write as _;

use serde_json::Value;

use crate::de;

/// The maximum length of an excerpt, in characters.
const LIMIT: usize = 160;
/// How many token characters in a row are masked.
const TOKEN: usize = 16;

/// Describes a body briefly: JSON by its keys and types, and text by its first words.
pub(crate) fn of_body(body: &[u8]) -> String {
    if body.iter().all(u8::is_ascii_whitespace) {
        return "an empty body".to_owned();
    }
    if let Ok(value) = de::from_body::<Value>(body) {
        return shape(&value);
    }
    let head = String::from_utf8_lossy(&body[..body.len().min(4096)]);
    let text = if head.trim_start().starts_with('<') {
        strip_tags(&head)
    } else {
        head.trim_start_matches('\u{feff}').to_owned()
    };
    // Secrets are most likely in data, so only the words before it are shown; they say what kind of page or message this is.
    let prose = text.split(['{', '[', '"']).next().unwrap_or_default();
    match one_line(prose, LIMIT / 2) {
        prose if prose.is_empty() => format!("{} bytes of text", body.len()),
        prose => format!("text beginning {prose:?}"),
    }
}

/// Shows the keys and types of a JSON value, but no values.
pub(crate) fn shape(value: &Value) -> String {
    let mut out = String::new();
    write_shape(value, 0, &mut out);
    clip(&out, LIMIT)
}

/// The JSON type of a value, for error messages.
pub(crate) fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// A duration for error messages: milliseconds if it is below a second, otherwise seconds, and no exact number if it makes
/// no sense to wait that long.
pub(crate) fn duration(length: std::time::Duration) -> String {
    const YEAR: u64 = 365 * 24 * 60 * 60;
    if length.as_secs() > YEAR {
        return "more than a year".to_owned();
    }
    if !length.is_zero() && length < std::time::Duration::from_millis(1) {
        return "less than 1 ms".to_owned();
    }
    if length.subsec_millis() == 0 {
        return format!("{} s", length.as_secs());
    }
    if length.as_secs() == 0 {
        format!("{} ms", length.as_millis())
    } else {
        format!("{:.1} s", length.as_secs_f64())
    }
}

/// Shortens the message of a service to one line of at most `limit` characters. Nothing in it is masked, because callers need
/// what it names; credentials have been removed from it before.
pub(crate) fn sentence(text: &str, limit: usize) -> String {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    clip(&words.join(" "), limit)
}

/// Shortens text to one line of at most `limit` characters, and masks what looks like a token.
pub(crate) fn one_line(text: &str, limit: usize) -> String {
    let words: Vec<String> = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .map(mask)
        .collect();
    clip(&words.join(" "), limit)
}

fn write_shape(value: &Value, depth: usize, out: &mut String) {
    if out.len() > LIMIT {
        return;
    }
    match value {
        Value::Object(fields) if depth < 3 => {
            out.push('{');
            for (index, (key, field)) in fields.iter().enumerate() {
                let _ = write!(out, "{}{}: ", if index == 0 { "" } else { ", " }, one_line(key, 40));
                write_shape(field, depth + 1, out);
            }
            out.push('}');
        }
        Value::Array(items) if depth < 3 => match items.first() {
            None => out.push_str("[]"),
            Some(first) => {
                out.push('[');
                write_shape(first, depth + 1, out);
                let _ = write!(out, "; {}]", items.len());
            }
        },
        Value::Object(_) => out.push_str("{…}"),
        Value::Array(_) => out.push_str("[…]"),
        other => out.push_str(type_name(other).trim_start_matches("a ")),
    }
}

fn strip_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text
}

fn mask(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut run = String::new();
    for c in word.chars().chain(std::iter::once(' ')) {
        if c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '+' | '=' | '/') {
            run.push(c);
            continue;
        }
        // Words and paths stay readable: only a long run with digits looks like a token.
        if run.len() >= TOKEN && run.bytes().any(|b| b.is_ascii_digit()) {
            out.push('…');
        } else {
            out.push_str(&run);
        }
        run.clear();
        if c != ' ' {
            out.push(c);
        }
    }
    out
}

pub(crate) fn clip(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    text.chars().take(limit).chain(std::iter::once('…')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excerpt_of_json_shows_keys_and_types_only() {
        let shown = of_body(br#"{"api_secret":"hunter2","n":1,"list":[{"a":true}]}"#);
        assert!(shown.contains("api_secret: string"), "{shown}");
        assert!(!shown.contains("hunter2"), "{shown}");
    }

    #[test]
    fn excerpt_of_html_shows_its_text_without_tags() {
        let shown = of_body(b"<html><h1>502 Bad Gateway</h1>\n<p>nginx</p></html>");
        assert_eq!(shown, "text beginning \"502 Bad Gateway nginx\"");
    }

    #[test]
    fn excerpt_of_text_masks_what_looks_like_a_token() {
        let shown = of_body(b"denied for sk_live_0123456789abcdef now");
        assert_eq!(shown, "text beginning \"denied for … now\"");
    }

    #[test]
    fn excerpt_of_text_ends_where_data_begins() {
        for (body, shown) in [
            (r#"{"api_secret": hunter2}"#, "23 bytes of text"),
            ("\u{feff}{\"api_secret\": hunter2}", "26 bytes of text"),
            (r#"no route ["hunter2"]"#, "text beginning \"no route\""),
            ("<p>down</p><script>x={hunter2}</script>", "text beginning \"down x=\""),
        ] {
            assert_eq!(of_body(body.as_bytes()), shown);
        }
    }

    #[test]
    fn durations_are_numbers_that_make_sense() {
        use std::time::Duration;

        for (length, shown) in [
            (Duration::ZERO, "0 s"),
            (Duration::from_micros(500), "less than 1 ms"),
            (Duration::from_millis(24), "24 ms"),
            (Duration::from_secs(3600), "3600 s"),
            (Duration::from_millis(1500), "1.5 s"),
            (Duration::MAX, "more than a year"),
        ] {
            assert_eq!(duration(length), shown);
        }
    }

    #[test]
    fn excerpt_of_nothing_says_so() {
        assert_eq!(of_body(b" \n"), "an empty body");
    }
}
