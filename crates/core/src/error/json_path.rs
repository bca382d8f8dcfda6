//! Where in a JSON text something is.
//!
//! serde's errors tell a line and a column. To find the path by a second way of reading each type would double the code of
//! all of them.

use serde_json::Value;

/// One step from a value to one in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Key(String),
    Index(usize),
}

/// The path to the value that ends at an offset of a JSON text, or else to the one that begins there.
pub(super) fn at_offset(text: &str, offset: usize) -> Vec<Step> {
    let bytes = text.as_bytes();
    let mut path = Vec::new();
    // For each array or object that is open, whether it is an object whose next text is a key.
    let mut open: Vec<bool> = Vec::new();
    let mut place = 0;
    while let Some(byte) = bytes.get(place) {
        let begin = place;
        place += 1;
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' | b':' => continue,
            b',' => {
                match (open.last_mut(), path.last_mut()) {
                    (Some(_), Some(Step::Index(index))) => *index += 1,
                    (Some(wants_key), _) => *wants_key = true,
                    _ => {}
                }
                continue;
            }
            b'{' | b'[' if begin >= offset => return path,
            b'{' => {
                open.push(true);
                path.push(Step::Key(String::new()));
                continue;
            }
            b'[' => {
                open.push(false);
                path.push(Step::Index(0));
                continue;
            }
            b'}' | b']' => {
                open.pop();
                path.pop();
            }
            b'"' => {
                place = end_of_string(bytes, place);
                if let Some(wants_key @ true) = open.last_mut() {
                    *wants_key = false;
                    if place >= offset {
                        path.pop();
                        return path;
                    }
                    let key = text.get(begin..place).and_then(|key| serde_json::from_str(key).ok());
                    if let Some(last) = path.last_mut() {
                        *last = Step::Key(key.unwrap_or_default());
                    }
                    continue;
                }
            }
            _ => {
                let ends = |byte: &u8| matches!(byte, b',' | b']' | b'}' | b' ' | b'\t' | b'\r' | b'\n');
                place = bytes[place..]
                    .iter()
                    .position(ends)
                    .map_or(bytes.len(), |length| place + length);
            }
        }
        if place >= offset {
            return path;
        }
    }
    path
}

/// Where a string ends whose first character is at this place.
fn end_of_string(bytes: &[u8], begin: usize) -> usize {
    let mut place = begin;
    while let Some(byte) = bytes.get(place) {
        place += 1;
        match byte {
            b'"' => return place,
            b'\\' => place += 1,
            _ => {}
        }
    }
    bytes.len()
}

/// The value at a path.
pub(super) fn value<'a>(root: &'a Value, path: &[Step]) -> Option<&'a Value> {
    path.iter().try_fold(root, |value, step| match step {
        Step::Index(index) => value.get(index),
        Step::Key(key) => value.get(key),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::{Step, at_offset, value};

    /// What lies at the end of a part of a text.
    fn after(part: &str, rest: &str) -> Vec<Step> {
        at_offset(&format!("{part}{rest}"), part.len())
    }

    fn key(key: &str) -> Step {
        Step::Key(key.to_owned())
    }

    #[test]
    fn value_that_ends_or_begins_at_the_offset_is_found() {
        assert_eq!(after("", "[1]"), []);
        assert_eq!(after("[1", "]"), [Step::Index(0)]);
        assert_eq!(after("[1]", ""), []);
        assert_eq!(after(r#"{"a": [1, "x""#, "]}"), [key("a"), Step::Index(1)]);
        assert_eq!(after(r#"{"a": "#, "[1]}"), [key("a")]);
        assert_eq!(after(r#"{"a": 1, "b\"": {"c": null}"#, "}"), [key("b\"")]);
        assert_eq!(after(r#"[{"a": 1}, {"a""#, ": 2}]"), [Step::Index(1)]);
        assert_eq!(after(r#"{"ä": "}", "b": true"#, "}"), [key("b")]);
        assert_eq!(after(r#"{"a": {}, "b": [], "c": 5"#, "}"), [key("c")]);
    }

    #[test]
    fn text_that_is_no_json_is_read_to_its_end() {
        for text in ["", "{", "[", "\"", "\"\\", "}}", "]],", "{\"a", ":,", "{{{", "a b"] {
            for offset in 0..8 {
                at_offset(text, offset);
            }
        }
    }

    fn json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i32>().prop_map(Value::from),
            "[ -~ä\\\\\"]{0,6}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 5, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                proptest::collection::btree_map("[a-c\"\\\\]{0,3}", inner, 0..5)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    /// Writes a value, and notes where each value in it begins, ends, and what its path is.
    fn write(value: &Value, path: &mut Vec<Step>, text: &mut String, notes: &mut Vec<(usize, usize, Vec<Step>)>) {
        let begin = text.len();
        match value {
            Value::Array(items) => {
                text.push_str("[ ");
                for (index, item) in items.iter().enumerate() {
                    text.push_str(if index > 0 { " ,\n" } else { "" });
                    path.push(Step::Index(index));
                    write(item, path, text, notes);
                    path.pop();
                }
                text.push_str(" ]");
            }
            Value::Object(fields) => {
                text.push('{');
                for (index, (name, field)) in fields.iter().enumerate() {
                    text.push_str(if index > 0 { ", " } else { "" });
                    text.push_str(&Value::from(name.as_str()).to_string());
                    text.push_str(" : ");
                    path.push(Step::Key(name.clone()));
                    write(field, path, text, notes);
                    path.pop();
                }
                text.push('}');
            }
            leaf => text.push_str(&leaf.to_string()),
        }
        notes.push((begin, text.len(), path.clone()));
    }

    proptest! {
        #[test]
        fn every_value_is_found_by_its_end_and_every_list_and_object_by_its_beginning(root in json()) {
            let (mut text, mut notes) = (String::new(), Vec::new());
            write(&root, &mut Vec::new(), &mut text, &mut notes);
            for (begin, end, path) in notes {
                prop_assert_eq!(&at_offset(&text, end), &path);
                let found = value(&root, &path);
                prop_assert!(found.is_some());
                if found.is_some_and(|found| found.is_array() || found.is_object()) {
                    prop_assert_eq!(&at_offset(&text, begin), &path);
                }
            }
        }
    }
}
