//! Refuses declarations of id types that cannot be generated.

use serde_json::Value;

use crate::ids::IDS;
use crate::{Error, Problem, pointer};

pub(super) fn check(document: &Value, reserved: &[&str]) -> Result<(), Error> {
    let mut problems = Vec::new();
    for (format, entry) in document[IDS].as_object().into_iter().flatten() {
        let at = pointer::join_all("", &[IDS, format]);
        let plain = format
            .split('-')
            .all(|word| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase()));
        if !plain || reserved.contains(&format.as_str()) {
            let message = format!("`{format}` can't be the format of an id");
            problems.push(Problem::new(
                &at,
                message,
                "use lower-case words joined by hyphens, such as `user-id`",
            ));
        }
        let description = entry.as_str().or_else(|| entry["description"].as_str());
        if description.is_none_or(|text| text.trim().is_empty()) {
            problems.push(Problem::new(
                &at,
                "the id type has no description",
                "say what such an id identifies",
            ));
        }
    }
    Error::from_problems(problems)
}
