//! The actions of an overlay: where an API deviates from the vendor's document, and why.

use std::fmt::Write as _;

use serde_json::Value;

/// Lists the actions of an overlay, each with its reason.
pub(crate) fn list(overlay: &Value) -> String {
    let info = &overlay["info"];
    let mut text = format!("{} {}\n", one_line(&info["title"]), one_line(&info["version"]));
    for action in actions(overlay) {
        let _ = write!(
            text,
            "\n{} {}\n  {}\n",
            verb(action),
            one_line(&action["target"]),
            one_line(&action["description"])
        );
    }
    text
}

/// The actions, in the order of the overlay.
pub(crate) fn actions(overlay: &Value) -> Vec<&Value> {
    overlay["actions"].as_array().into_iter().flatten().collect()
}

/// What an action does: `remove` or `update`.
pub(crate) fn verb(action: &Value) -> &'static str {
    if action["remove"] == true { "remove" } else { "update" }
}

/// A text on one line.
pub(crate) fn one_line(value: &Value) -> String {
    let words = value.as_str().unwrap_or_default().split_whitespace();
    words.collect::<Vec<_>>().join(" ")
}

/// A value as lines of YAML in block style; none for null.
pub(crate) fn yaml(value: &Value) -> Vec<String> {
    let nested = |start: String, value: &Value| {
        if value.as_object().is_some_and(|map| !map.is_empty()) || value.as_array().is_some_and(|list| !list.is_empty())
        {
            let inner = yaml(value).into_iter().map(|line| format!("  {line}"));
            std::iter::once(start).chain(inner).collect::<Vec<_>>()
        } else {
            vec![format!("{start} {}", scalar(value))]
        }
    };
    match value {
        Value::Null => Vec::new(),
        Value::Object(map) => {
            let entries = map.iter();
            entries
                .flat_map(|(key, value)| nested(format!("{key}:"), value))
                .collect()
        }
        Value::Array(items) => {
            let items = items.iter().map(|item| nested("-".to_owned(), item));
            // `- key: value`, with the other keys below.
            items
                .flat_map(|lines| match lines.as_slice() {
                    [dash, first, rest @ ..] if dash == "-" => {
                        let first = format!("- {}", first.trim_start());
                        std::iter::once(first).chain(rest.iter().cloned()).collect()
                    }
                    _ => lines,
                })
                .collect()
        }
        scalar_value => vec![scalar(scalar_value)],
    }
}

/// A value on one line, in quotes where YAML would read something else.
fn scalar(value: &Value) -> String {
    let is_plain = |text: &str| {
        let is_word = |c: char| c.is_alphanumeric() || "-_./ ,".contains(c);
        text.starts_with(char::is_alphabetic)
            && text.chars().all(is_word)
            && !text.ends_with(' ')
            && !["true", "false", "null"].contains(&text)
    };
    match value {
        Value::String(text) if is_plain(text) => text.clone(),
        other => other.to_string(),
    }
}
