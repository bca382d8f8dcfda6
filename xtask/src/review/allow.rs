//! The list of breaking facts that are known and accepted, each for a time.

use account_provisioning_codegen::document::Document;
use chrono::NaiveDate;
use serde_json::Value;

use super::Line;
use crate::Failure;

/// Where the list lies.
pub const ALLOW_FILE: &str = "openapi/review-allow.yaml";

const KEYS: [&str; 5] = ["of", "fact", "operations", "reason", "expires"];

/// One accepted fact.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Exception {
    /// The API or the crate that the fact belongs to.
    pub of: String,
    /// The fact, word for word.
    pub fact: String,
    /// The operations that it belongs to, all of them, where it belongs to each by itself.
    pub operations: Vec<String>,
    /// Why it is accepted.
    pub reason: String,
    /// The last day on which it is.
    pub expires: NaiveDate,
    /// Where it stands, for messages.
    pub place: String,
}

/// The list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Allowed {
    /// The accepted facts.
    pub exceptions: Vec<Exception>,
}

impl Allowed {
    /// Reads the list.
    ///
    /// # Errors
    /// An entry that is not complete; the text names it, what it lacks, and the remedy. The exit code is 2.
    pub fn parse(file: &str, yaml: &str) -> Result<Self, Failure> {
        let bad = |text: String| Failure::new(text).with_code(2);
        let document = Document::parse(file, yaml).map_err(|error| bad(error.to_string()))?;
        let entries = match document.value() {
            Value::Array(entries) => &entries[..],
            Value::Null => &[],
            _ => {
                return Err(bad(format!(
                    "{file}: the list of exceptions is no list; write one entry after `- `"
                )));
            }
        };
        let mut exceptions: Vec<Exception> = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            let line = document.line(&format!("/{index}")).unwrap_or(1);
            let place = format!("{file}:{line}");
            let name = entry["fact"]
                .as_str()
                .map_or_else(String::new, |fact| format!(" (`{fact}`)"));
            let exception = exception(entry, place)
                .map_err(|text| bad(format!("{file}:{line}: entry {}{name}: {text}", index + 1)))?;
            if exceptions.iter().any(|other| other.same(&exception)) {
                let text = "stands twice; remove one of the two";
                return Err(bad(format!("{file}:{line}: entry {}{name} {text}", index + 1)));
            }
            exceptions.push(exception);
        }
        Ok(Self { exceptions })
    }
}

impl Exception {
    /// Whether it accepts this fact.
    #[must_use]
    pub fn accepts(&self, line: &Line) -> bool {
        self.of == line.of && self.fact == line.fact && self.operations == line.operations
    }

    /// Whether its time is over.
    #[must_use]
    pub fn expired(&self, today: NaiveDate) -> bool {
        today > self.expires
    }

    fn same(&self, other: &Self) -> bool {
        self.of == other.of && self.fact == other.fact && self.operations == other.operations
    }
}

fn exception(entry: &Value, place: String) -> Result<Exception, String> {
    let Some(map) = entry.as_object() else {
        return Err(format!("is no map; write the keys {}", KEYS.join(", ")));
    };
    if let Some(key) = map.keys().find(|key| !KEYS.contains(&key.as_str())) {
        return Err(format!("has the unknown key `{key}`; use {}", KEYS.join(", ")));
    }
    let text = |key: &str, remedy: &str| match map.get(key) {
        None => Err(format!("lacks `{key}`; {remedy}")),
        Some(Value::String(text)) if !text.trim().is_empty() => Ok(text.trim().to_owned()),
        Some(_) => Err(format!("has a `{key}` that is no text; {remedy}")),
    };
    let expires = text("expires", "write the last day on which it holds, as 2027-01-31")?;
    let expires = NaiveDate::parse_from_str(&expires, "%Y-%m-%d")
        .ok()
        // The parser takes `2027-1-3` as well, which sorts wrongly in a list.
        .filter(|date| date.to_string() == expires)
        .ok_or("has an `expires` that is no date; write year, month and day, as 2027-01-31")?;
    let mut operations = Vec::new();
    for operation in map.get("operations").and_then(Value::as_array).into_iter().flatten() {
        let name = operation
            .as_str()
            .ok_or("has an operation that is no text; write operationIds")?;
        operations.push(name.to_owned());
    }
    if map.get("operations").is_some_and(|list| !list.is_array()) {
        return Err("has `operations` that are no list; write operationIds after `- `".to_owned());
    }
    operations.sort();
    Ok(Exception {
        of: text("of", "name the API or the crate that the fact belongs to")?,
        fact: text("fact", "copy the fact from the review, word for word")?,
        reason: text("reason", "say why the break is accepted")?,
        operations,
        expires,
        place,
    })
}
