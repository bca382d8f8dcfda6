//! The emulator's state as one JSON document that two moments can be compared in.
//!
//! Lists become objects, whose keys are the ids of the entries. What changes by itself is left out: the audit log, times of
//! changes and of last use, and counts of failed logins.

use account_provisioning_emulator::cloudflare::AuditLog;
use account_provisioning_emulator::{State, Table};
use serde_json::{Map, Value};

use crate::path::Path;

/// The fields that change by themselves.
const UNSTABLE: &[&str] = &[
    "updated_at",
    "modified_on",
    "last_used_on",
    "current_period_start",
    "failed_logins",
    "locked_until",
];

/// The fields that an entry of a list is known by.
const KEYS: &[&str] = &["account_id", "id", "api_key", "token", "username", "email"];

/// Whose part of the state is viewed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Service {
    Cloudinary,
    Cloudflare,
    Cloudspot,
}

/// A moment of the state.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct View(Value);

/// A difference between two moments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) path: Path,
    pub(crate) kind: ChangeKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChangeKind {
    Added,
    Removed,
    Changed,
}

impl View {
    /// Views the part of the state that belongs to one service.
    pub(crate) fn of(mut state: State, service: Service) -> Self {
        // No request changes these, and they are most of the state.
        state.cloudflare.permission_groups = Table::new();
        for account in state.cloudflare.accounts.iter_mut() {
            account.roles = Table::new();
            account.audit_log = AuditLog::new();
        }
        let (name, part) = match service {
            Service::Cloudinary => ("cloudinary", serde_json::to_value(state.cloudinary)),
            Service::Cloudflare => ("cloudflare", serde_json::to_value(state.cloudflare)),
            Service::Cloudspot => ("cloudspot", serde_json::to_value(state.cloudspot)),
        };
        let part = keyed(part.expect("a state is JSON"), "");
        Self(Value::Object(Map::from_iter([(name.to_owned(), part)])))
    }

    pub(crate) fn get(&self, path: &Path) -> Option<&Value> {
        path.keys().iter().try_fold(&self.0, |value, key| value.get(key))
    }

    /// The keys of an object, sorted; none if there is no such object.
    pub(crate) fn keys(&self, path: &Path) -> Vec<&str> {
        let fields = self.get(path).and_then(Value::as_object);
        fields
            .into_iter()
            .flat_map(|fields| fields.keys().map(String::as_str))
            .collect()
    }

    /// What is different in a later moment.
    pub(crate) fn changes(&self, later: &Self) -> Vec<Change> {
        let mut changes = Vec::new();
        if self == later {
            return changes;
        }
        compare(&self.0, &later.0, &Path::new(&[]), &mut changes);
        changes
    }
}

fn compare(before: &Value, after: &Value, path: &Path, changes: &mut Vec<Change>) {
    let (Value::Object(before), Value::Object(after)) = (before, after) else {
        changes.push(Change {
            path: path.clone(),
            kind: ChangeKind::Changed,
        });
        return;
    };
    let change = |key: &str, kind| Change {
        path: path.at(&[key]),
        kind,
    };
    for (key, old) in before {
        match after.get(key) {
            Some(new) if new == old => {}
            Some(new) => compare(old, new, &path.at(&[key]), changes),
            None => changes.push(change(key, ChangeKind::Removed)),
        }
    }
    let added = after.keys().filter(|key| !before.contains_key(*key));
    changes.extend(added.map(|key| change(key, ChangeKind::Added)));
}

/// Turns lists into objects and leaves out what is unstable.
fn keyed(value: Value, name: &str) -> Value {
    match value {
        Value::Object(fields) => fields
            .into_iter()
            .filter(|(key, _)| !UNSTABLE.contains(&key.as_str()))
            .map(|(key, value)| {
                let value = keyed(value, &key);
                (key, value)
            })
            .collect(),
        Value::Array(entries) => {
            let mut fields = Map::new();
            for entry in entries {
                let entry = without_new_ids(entry, name);
                let mut key = key_of(&entry, name);
                // A second entry of the same key has to show.
                while fields.contains_key(&key) {
                    key.push('+');
                }
                fields.insert(key, keyed(entry, ""));
            }
            Value::Object(fields)
        }
        other => other,
    }
}

/// The service gives policies new ids with every update, so a policy is known by what it says.
fn without_new_ids(mut entry: Value, list: &str) -> Value {
    if list == "policies"
        && let Some(fields) = entry.as_object_mut()
    {
        fields.remove("id");
    }
    entry
}

fn key_of(entry: &Value, list: &str) -> String {
    let text = |name: &str| entry.get(name).and_then(Value::as_str);
    match entry {
        Value::String(text) => text.clone(),
        Value::Object(_) if list == "role_assignments" => {
            let (role, principal) = (text("role_id"), text("principal_id"));
            format!("{} {}", role.unwrap_or_default(), principal.unwrap_or_default())
        }
        _ => match KEYS.iter().find_map(|name| text(name)) {
            Some(key) => key.to_owned(),
            None => entry.to_string(),
        },
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn view(value: Value) -> View {
        View(keyed(value, ""))
    }

    #[test]
    fn changes_name_each_difference_by_ids_and_leave_out_times() {
        let before = view(json!({ "users": [
            { "id": "a", "name": "A", "updated_at": 1 }, { "id": "b", "tags": ["x", "y"] }, { "id": "c" }
        ] }));
        let after = view(json!({ "users": [
            { "id": "b", "tags": ["y"] }, { "id": "d" }, { "id": "d" }, { "id": "a", "name": "Z", "updated_at": 2 }
        ] }));
        let change = |keys: &[&str], kind| Change {
            path: Path::new(keys),
            kind,
        };
        let expected = [
            change(&["users", "a", "name"], ChangeKind::Changed),
            change(&["users", "b", "tags", "x"], ChangeKind::Removed),
            change(&["users", "c"], ChangeKind::Removed),
            change(&["users", "d"], ChangeKind::Added),
            change(&["users", "d+"], ChangeKind::Added),
        ];
        assert_eq!(before.changes(&after), expected);
        assert_eq!(before.changes(&before), []);
    }
}
