//! Undocumented request forms that Cloudinary's clients use. Each [`Quirk`] has its source.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde_json::Value;

use crate::coerce::{BRACKET_ARRAYS, COMMA_ARRAYS, Coercion, EMPTY_BODIES, STRING_BOOLEANS, boolean};
use crate::document::Operation;
use crate::input::Input;
use crate::quirk::Quirk;

pub(super) const COERCIONS: &[Coercion] = &[
    BRACKET_ARRAYS,
    COMMA_ARRAYS,
    STRING_BOOLEANS,
    (Quirk::NameInBody, name_in_body),
    (Quirk::StatusFilter, status_filter),
    (Quirk::DateTimes, date_times),
    (Quirk::EnabledOnCreate, enabled_on_create),
    (Quirk::EmptyPolicyParameters, empty_policy_parameters),
    EMPTY_BODIES,
];

fn name_in_body(operation: &Operation, input: &mut Input) -> bool {
    if operation.id != "deleteAccessKeyByName" || input.query("name").is_some() {
        return false;
    }
    let Some(name) = input.text("name").map(str::to_owned) else {
        return false;
    };
    input.query.push(("name".to_owned(), name));
    input.body = None;
    true
}

fn status_filter(operation: &Operation, input: &mut Input) -> bool {
    if operation.id != "getUsers" {
        return false;
    }
    let Some(status) = input.query("status").map(str::to_owned) else {
        return false;
    };
    input.extra.push(("status", status));
    true
}

/// Sets the exact time aside and leaves the date, which the check accepts.
fn date_times(operation: &Operation, input: &mut Input) -> bool {
    if operation.id != "getUsers" {
        return false;
    }
    let mut found = Vec::new();
    for (name, value) in &mut input.query {
        let Some(name) = ["from", "to"].into_iter().find(|known| *known == name) else {
            continue;
        };
        if value.parse::<NaiveDate>().is_err()
            && let Some(time) = date_time(value)
        {
            found.push((name, time.to_rfc3339()));
            *value = time.date_naive().to_string();
        }
    }
    let changed = !found.is_empty();
    input.extra.append(&mut found);
    changed
}

/// Parses a date with a time, with an offset or in UTC.
fn date_time(text: &str) -> Option<DateTime<Utc>> {
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return Some(time.to_utc());
    }
    ["%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M:%S%.f"]
        .into_iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
        .map(|time| time.and_utc())
}

fn empty_policy_parameters(operation: &Operation, input: &mut Input) -> bool {
    if operation.id != "getRoles" {
        return false;
    }
    let given = input.query.len();
    input
        .query
        .retain(|(name, value)| name != "policy_parameters" || !value.is_empty());
    input.query.len() < given
}

fn enabled_on_create(operation: &Operation, input: &mut Input) -> bool {
    if operation.id != "createProductEnvironment" {
        return false;
    }
    let Some(enabled) = input.body.as_mut().and_then(|body| body.get_mut("enabled")) else {
        return false;
    };
    boolean(enabled);
    let Value::Bool(enabled) = enabled else {
        return false;
    };
    let enabled = enabled.to_string();
    input.extra.push(("enabled", enabled));
    true
}
