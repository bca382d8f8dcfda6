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
