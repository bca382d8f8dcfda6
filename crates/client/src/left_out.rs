//! What a reply says about items that it leaves out, where the operation has no parameter to ask for them.

use account_provisioning_core::{Error, ErrorKind, MakeError as _, de};
use bytes::Bytes;
use serde::Deserialize;
use serde_json::Value;

/// The places where the services put the cursor of a next page.
#[derive(Deserialize)]
struct Cursors {
    next_cursor: Option<Value>,
    result_info: Option<Value>,
}

/// The cursor of a next page, wherever the reply has it.
pub(crate) fn next_cursor(body: &Bytes) -> Option<String> {
    found(de::from_body(body).ok()?)
}

/// The same, of a reply that was read already.
pub(crate) fn cursor_of(reply: &Value) -> Option<String> {
    found(Cursors::deserialize(reply).ok()?)
}

fn found(cursors: Cursors) -> Option<String> {
    let info = cursors.result_info.unwrap_or_default();
    let places = [
        cursors.next_cursor.as_ref(),
        info.get("cursor"),
        info.pointer("/cursors/after"),
    ];
    places.into_iter().flatten().find_map(|cursor| match cursor {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

/// The error for a reply that is only the first part of the whole.
pub(crate) fn error() -> Error {
    let message = "the reply has the cursor of a next page, so it isn't whole, and the operation has no parameter to ask \
                   for the others; `stream` returns the items that came before it fails";
    Error::new(ErrorKind::Paging, message)
}
