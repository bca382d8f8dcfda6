//! Phrases that several facts share.

use serde_json::Value;

/// A text on one line: what breaks lines or controls terminals becomes a space.
pub(crate) fn one_line(text: &str) -> String {
    let is_break = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    if !text.contains(is_break) {
        return text.to_owned();
    }
    let words = text.split(|c: char| c.is_whitespace() || is_break(c));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A value in backquotes, on one line and shortened where it is long. Its own backquotes become single quotes, so that it
/// ends where it seems to.
pub(crate) fn quote(value: &Value) -> String {
    const MAX_CHARS: usize = 80;
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").replace('`', "'");
    match text.char_indices().nth(MAX_CHARS) {
        Some((end, _)) => format!("`{}…`", &text[..end]),
        None => format!("`{text}`"),
    }
}

/// A name in backquotes.
pub(crate) fn quote_text(text: &str) -> String {
    quote(&Value::from(text))
}

/// Several values in backquotes, sorted.
pub(crate) fn quote_all<'a>(values: impl IntoIterator<Item = &'a Value>) -> String {
    let mut quoted: Vec<String> = values.into_iter().map(quote).collect();
    quoted.sort();
    quoted.join(", ")
}

/// How an optional value changed; `what` may be empty.
pub(crate) fn changed(what: &str, before: Option<&Value>, after: Option<&Value>) -> String {
    let change = match (before, after) {
        (None, Some(after)) => format!("{} added", quote(after)),
        (Some(before), None) => format!("{} removed", quote(before)),
        (Some(before), Some(after)) => format!("changed from {} to {}", quote(before), quote(after)),
        (None, None) => "unchanged".to_owned(),
    };
    format!("{what} {change}").trim_start().to_owned()
}
