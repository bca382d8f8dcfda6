//! Shorthands for JSON values. A value of another type counts as empty.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// The entries of an object.
pub(super) fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// The items of an array.
pub(super) fn items(value: &Value) -> impl DoubleEndedIterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// The items of an array as a set.
pub(super) fn set(value: Option<&Value>) -> BTreeSet<String> {
    value.into_iter().flat_map(items).map(ToString::to_string).collect()
}

/// A copy of an object.
pub(super) fn object(value: &Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}

/// Removes an entry of an object.
pub(super) fn remove(value: &mut Value, key: &str) {
    if let Some(map) = value.as_object_mut() {
        map.remove(key);
    }
}

/// The JSON pointer of the target, for a value that is a reference into its document.
pub(super) fn target(value: &Value) -> Option<&str> {
    value.get("$ref")?.as_str()?.strip_prefix('#')
}

/// Section and name of the component at a JSON pointer.
pub(super) fn component(pointer: &str) -> Option<(&str, &str)> {
    let (section, name) = pointer.strip_prefix("/components/")?.split_once('/')?;
    (!name.contains('/')).then_some((section, name))
}

/// A reference token of a JSON pointer without its escapes.
pub(super) fn unescape(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}
