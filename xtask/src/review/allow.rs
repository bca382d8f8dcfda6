//! The list of breaking facts that are accepted for a limited time.

use account_provisioning_codegen::document::Document;
use chrono::{Months, NaiveDate};
use serde_json::Value;

use crate::Failure;
use crate::review::line::Line;

/// The file with the list.
pub const ALLOW_FILE: &str = "openapi/review-allow.yaml";

const KEYS: [&str; 5] = ["of", "fact", "operations", "reason", "expires"];

/// One accepted fact.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Exception {
    /// The API or the crate that the fact is about.
    pub of: String,
    /// The exact text of the fact.
    pub fact: String,
    /// All operations of the fact, where it is about each of them separately.
    pub operations: Vec<String>,
    /// Why it is accepted.
    pub reason: String,
    /// The last day on which it is accepted.
    pub expires: NaiveDate,
    /// The file and line of the entry, for messages.
    pub place: String,
}

/// The list of exceptions.
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
    /// An entry is incomplete or invalid. The text names the entry, what is wrong with it, and the remedy. The exit code
    /// is 2.
    pub fn parse(file: &str, yaml: &str) -> Result<Self, Failure> {
        let document = Document::parse(file, yaml).map_err(|error| Failure::refused(error.to_string()))?;
        let entries = match document.value() {
            Value::Array(entries) => &entries[..],
            Value::Null => &[],
            _ => {
                return Err(Failure::refused(format!(
                    "{file}: the content is not a list; start each exception with `- `"
                )));
            }
        };
        let mut exceptions: Vec<Exception> = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            let place = format!("{file}:{}", document.line(&format!("/{index}")).unwrap_or(1));
            let name = entry["fact"].as_str().map(|fact| format!(" (`{fact}`)"));
            let name = name.unwrap_or_default();
            let refused = |text: String| Failure::refused(format!("{place}: entry {}{name}: {text}", index + 1));
            let exception = exception(entry, &place).map_err(refused)?;
            if exceptions.iter().any(|other| other.key() == exception.key()) {
                return Err(refused("repeats an earlier entry; remove one of them".to_owned()));
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
        self.key() == (&line.of, &line.fact, &line.operations)
    }

    /// Whether its last day has passed.
    #[must_use]
    pub fn expired(&self, today: NaiveDate) -> bool {
        today > self.expires
    }

    /// Whether it would last for more than a year. Nobody remembers why such an exception was made when it ends.
    #[must_use]
    pub fn is_too_long(&self, today: NaiveDate) -> bool {
        self.expires > latest(today)
    }

    fn key(&self) -> (&String, &String, &Vec<String>) {
        (&self.of, &self.fact, &self.operations)
    }
}

/// The last day that an exception may name.
pub(super) fn latest(today: NaiveDate) -> NaiveDate {
    today.checked_add_months(Months::new(12)).unwrap_or(NaiveDate::MAX)
}

fn exception(entry: &Value, place: &str) -> Result<Exception, String> {
    let Some(map) = entry.as_object() else {
        return Err(format!("is not a map; write the keys {}", KEYS.join(", ")));
    };
    if let Some(key) = map.keys().find(|key| !KEYS.contains(&key.as_str())) {
        return Err(format!("has the unknown key `{key}`; use {}", KEYS.join(", ")));
    }
    let text = |key: &str, remedy: &str| match map.get(key) {
        None => Err(format!("lacks `{key}`; {remedy}")),
        Some(Value::String(text)) if !text.trim().is_empty() => Ok(text.trim().to_owned()),
        Some(_) => Err(format!("has a `{key}` that is not text; {remedy}")),
    };
    let expires = text("expires", "write the last day, such as 2027-01-31")?;
    let expires = NaiveDate::parse_from_str(&expires, "%Y-%m-%d")
        .ok()
        // The parser accepts `2027-1-3` too.
        .filter(|date| date.to_string() == expires)
        .ok_or("has an `expires` that is not a date; write year, month and day, such as 2027-01-31")?;
    let mut operations = match map.get("operations") {
        None => Vec::new(),
        Some(Value::Array(names)) => names
            .iter()
            .map(|name| name.as_str().map(str::to_owned))
            .collect::<Option<Vec<_>>>()
            .ok_or("has an operation that is not text; write operationIds")?,
        Some(_) => return Err("has `operations` that are not a list; write each operationId after `- `".to_owned()),
    };
    operations.sort();
    Ok(Exception {
        of: text("of", "name the API or the crate that the fact is about")?,
        fact: text("fact", "copy the exact fact from the review")?,
        reason: text("reason", "say why the break is accepted")?,
        operations,
        expires,
        place: place.to_owned(),
    })
}
