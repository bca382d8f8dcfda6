//! The deviations of an API from its faithful document, for reading: one entry an action, each with its reason.

use std::fmt::Write as _;

use serde_json::Value;

/// Lists the actions of an overlay.
pub(crate) fn list(overlay: &Value) -> String {
    let mut text = format!(
        "{} {}\n",
        inline(&overlay["info"]["title"]),
        inline(&overlay["info"]["version"])
    );
    for action in overlay["actions"].as_array().into_iter().flatten() {
        let what = if action["remove"] == true { "remove" } else { "update" };
        let _ = write!(
            text,
            "\n{what} {}\n  {}\n",
            inline(&action["target"]),
            inline(&action["description"])
        );
    }
    text
}

/// A text on one line.
fn inline(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_default()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}
