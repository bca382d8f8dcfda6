//! Lists whose rows are written once.
//!
//! A row becomes JSON, is checked against the document and is written when a list first shows it. Later lists copy its
//! text, until the row or something else that it shows changes.

use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;

use crate::document::Operation;
use crate::table::Entry;

/// A row as one list shows it.
#[derive(Debug)]
struct Written {
    operation: &'static Operation,
    depends: u64,
    text: String,
    is_valid: bool,
}

/// The text of a row, if a list has shown it. A copy of the row has none, since it may go to another account.
#[derive(Debug, Default)]
pub(crate) struct Memo(Mutex<Option<Arc<Written>>>);

impl Clone for Memo {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// A body that a handler makes of rows.
#[derive(Debug)]
pub(crate) struct List {
    operation: &'static Operation,
    /// The body without rows.
    body: Value,
    rows: Rows,
}

/// The rows that a body has in place of the empty list in one of its fields.
#[derive(Debug)]
pub(crate) struct Rows {
    field: &'static str,
    rows: Vec<Arc<Written>>,
}

impl List {
    /// Begins a body that has an empty list in `field`.
    pub(crate) fn new(operation: &'static Operation, body: Value, field: &'static str) -> Self {
        let rows = Rows {
            field,
            rows: Vec::new(),
        };
        Self { operation, body, rows }
    }

    /// Adds a row. `depends` is the [stamp](crate::Table::stamp) of what `show` reads besides the row; of
    /// several tables it is the greatest, and 0 if there are none.
    pub(crate) fn push<T>(&mut self, entry: &Entry<T>, depends: u64, show: impl FnOnce(&T) -> Value) {
        let mut memo = entry.memo.0.lock().unwrap_or_else(PoisonError::into_inner);
        let row = match &*memo {
            Some(row) if row.depends == depends && std::ptr::eq(row.operation, self.operation) => Arc::clone(row),
            _ => Arc::clone(memo.insert(Arc::new(self.write(show(&entry.row), depends)))),
        };
        self.rows.rows.push(row);
    }

    /// Writes a row and checks it as the only one of the list. No document limits how many rows a list has.
    fn write(&mut self, row: Value, depends: u64) -> Written {
        let text = row.to_string();
        self.body[self.rows.field] = Value::Array(vec![row]);
        let is_valid = self
            .operation
            .reply_violation(self.operation.success, Some(&self.body))
            .is_none();
        self.body[self.rows.field] = Value::Array(Vec::new());
        Written {
            operation: self.operation,
            depends,
            text,
            is_valid,
        }
    }

    /// Returns the body without rows, and the rows.
    pub(crate) fn into_parts(self) -> (Value, Rows) {
        (self.body, self.rows)
    }
}

impl Rows {
    pub(crate) fn are_valid(&self) -> bool {
        self.rows.iter().all(|row| row.is_valid)
    }

    /// Puts the rows into the body as values.
    pub(crate) fn insert_into(&self, body: &mut Value) {
        let rows = self
            .rows
            .iter()
            .filter_map(|row| serde_json::from_str::<Value>(&row.text).ok());
        body[self.field] = rows.collect();
    }
}

/// Writes a body.
pub(crate) fn write(body: &Value, rows: Option<&Rows>) -> Vec<u8> {
    let (Value::Object(fields), Some(Rows { field, rows })) = (body, rows) else {
        return json(body);
    };
    let mut text = Vec::with_capacity(rows.iter().map(|row| row.text.len() + 1).sum::<usize>() + 128);
    for (name, value) in fields {
        text.push(if text.is_empty() { b'{' } else { b',' });
        text.extend(json(&name.as_str().into()));
        text.push(b':');
        // A quirk may have put something else there.
        if name != field || !value.is_array() {
            text.extend(json(value));
            continue;
        }
        text.push(b'[');
        for (place, row) in rows.iter().enumerate() {
            if place > 0 {
                text.push(b',');
            }
            text.extend_from_slice(row.text.as_bytes());
        }
        text.push(b']');
    }
    text.push(b'}');
    text
}

fn json(value: &Value) -> Vec<u8> {
    // This cannot fail: a value has only string keys and finite numbers.
    serde_json::to_vec(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use std::cell::Cell;

    use serde_json::json;

    use super::*;
    use crate::cloudinary::{API, User};
    use crate::table::Table;

    fn operation(id: &str) -> &'static Operation {
        let operations = API.document.operations().unwrap();
        operations.iter().find(|operation| operation.id == id).unwrap()
    }

    fn list(users: &Table<User>, depends: u64, show: impl Fn(&User) -> Value) -> (Value, Rows) {
        let mut list = List::new(operation("getUsers"), json!({ "users": [], "total": 1 }), "users");
        for user in users.entries() {
            list.push(user, depends, &show);
        }
        list.into_parts()
    }

    #[test]
    fn row_is_shown_again_after_its_own_change_and_one_of_what_it_depends_on() {
        let shown = Cell::new(0);
        let show = |user: &User| {
            shown.set(shown.get() + 1);
            json!({ "name": user.name })
        };
        let mut users = Table::from_iter([User::new("a", "A", "a@x.example"), User::new("b", "B", "b@x.example")]);
        let text = |(body, rows): (Value, Rows)| String::from_utf8(write(&body, Some(&rows))).unwrap();
        let expected = r#"{"users":[{"name":"A"},{"name":"B"}],"total":1}"#;
        assert_eq!(text(list(&users, 1, show)), expected);
        assert_eq!((text(list(&users, 1, show)).as_str(), shown.get()), (expected, 2));
        "C".clone_into(&mut users.get_mut("a").unwrap().name);
        let expected = r#"{"users":[{"name":"C"},{"name":"B"}],"total":1}"#;
        assert_eq!((text(list(&users, 1, show)).as_str(), shown.get()), (expected, 3));
        list(&users, 2, show);
        assert_eq!(shown.get(), 5);
        list(&users.clone(), 2, show);
        assert_eq!(shown.get(), 7, "a copy begins anew");
    }

    #[test]
    fn row_that_departs_from_the_document_is_told_by_its_place() {
        let users = Table::from_iter([User::new("a", "A", "a@x.example"), User::new("b", "B", "b@x.example")]);
        let (mut body, rows) = list(&users, 0, |user| match &*user.id {
            "a" => json!({ "id": user.id }),
            _ => json!({ "id": 5 }),
        });
        assert!(!rows.are_valid());
        rows.insert_into(&mut body);
        let operation = operation("getUsers");
        let violation = operation.reply_violation(operation.success, Some(&body)).unwrap();
        assert!(violation.starts_with("users.1.id: "), "{violation}");
    }

    #[test]
    fn write_after_a_quirk_replaced_the_list_leaves_the_rows_out() {
        let users = Table::from_iter([User::new("a", "A", "a@x.example")]);
        let (mut body, rows) = list(&users, 0, |_| json!({}));
        body["users"] = Value::Null;
        assert_eq!(write(&body, Some(&rows)), br#"{"users":null,"total":1}"#);
    }
}
