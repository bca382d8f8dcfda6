//! Wording that facts share.

use serde_json::Value;

/// A value as it stands in JSON, cut where it is long.
pub(super) fn quote(value: &Value) -> String {
    const MOST: usize = 80;
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() > MOST {
        let start: String = text.chars().take(MOST).collect();
        format!("`{start}…`")
    } else {
        format!("`{text}`")
    }
}

/// A list of values.
pub(super) fn quote_all<'a>(values: impl IntoIterator<Item = &'a Value>) -> String {
    let mut quoted: Vec<String> = values.into_iter().map(quote).collect();
    quoted.sort();
    quoted.join(", ")
}

/// How something that may be missing changed.
pub(super) fn changed(what: &str, before: Option<&Value>, after: Option<&Value>) -> String {
    match (before, after) {
        (None, Some(after)) => format!("{what} {} added", quote(after)),
        (Some(before), None) => format!("{what} {} removed", quote(before)),
        (Some(before), Some(after)) => format!("{what} changed from {} to {}", quote(before), quote(after)),
        (None, None) => format!("{what} unchanged"),
    }
}
