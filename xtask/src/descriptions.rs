//! Empty descriptions. An import leaves them for a person to fill in.

use account_provisioning_codegen::document::Document;
use account_provisioning_codegen::{Error, Problem, pointer};
use serde_json::Value;

use crate::Failure;

/// The places with an empty description or summary, as `file:line: pointer`, in the order of the file.
pub(crate) fn missing(document: &Document) -> Vec<String> {
    let mut places: Vec<(u64, String)> = empty(document.value())
        .into_iter()
        .map(|place| (document.line(&place).unwrap_or_default(), place))
        .collect();
    places.sort();
    let file = document.file();
    places
        .into_iter()
        .map(|(line, place)| format!("{file}:{line}: #{place}"))
        .collect()
}

/// Fails if a description or summary is empty.
///
/// # Errors
/// Every such place.
pub(crate) fn check(document: &Document) -> Result<(), Failure> {
    let problems = empty(document.value())
        .into_iter()
        .map(|place| Problem::new(place, "the text is empty", "describe it in our own words"))
        .collect();
    Error::from_problems(problems).map_err(|error| document.locate(error).into())
}

fn empty(document: &Value) -> Vec<String> {
    let mut found = Vec::new();
    collect(document, "", false, &mut found);
    found
}

/// With `keys_are_names`, the keys of a map are names and not keywords: a property may be called `description`.
fn collect(value: &Value, at: &str, keys_are_names: bool, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let at = pointer::join(at, key);
                let keyword = if keys_are_names { "" } else { key.as_str() };
                let is_text = matches!(keyword, "description" | "summary")
                    || at.contains("/x-enum-descriptions/") && value.is_string();
                if is_text && value.as_str().is_none_or(|text| text.trim().is_empty()) {
                    found.push(at);
                } else if !matches!(keyword, "default" | "enum" | "example" | "examples") {
                    let names = ["properties", "responses", "content", "headers", "variables"];
                    collect(value, &at, names.contains(&keyword), found);
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, &pointer::join(at, &index.to_string()), false, found);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

    use super::*;

    #[test]
    fn missing_names_every_empty_text_and_no_property_of_that_name() {
        let yaml = "\
info:
  description: ''
a:
  properties:
    description:
      description: words
    summary:
      description: ' '
  x-enum-descriptions:
    one: ''
    two: words
";
        let document = Document::parse("f.yaml", yaml).unwrap();
        assert_eq!(
            missing(&document),
            [
                "f.yaml:2: #/info/description",
                "f.yaml:8: #/a/properties/summary/description",
                "f.yaml:10: #/a/x-enum-descriptions/one",
            ]
        );
        let failure = check(&document).unwrap_err().to_string();
        assert!(
            failure.starts_with("f.yaml:8: #/a/properties/summary/description: the text is empty; describe it"),
            "{failure}"
        );
    }
}
