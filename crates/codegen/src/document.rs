//! Reads a YAML source and remembers the line of each of its values.
//!
//! Only `true` and `false` are booleans, and a duplicate key is refused: other parsers silently drop the first of two
//! equal paths.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use serde_saphyr::Spanned;

use crate::{Error, Problem, pointer};

/// A YAML document as JSON, with the name of its file and the lines of its values.
#[derive(Clone, Debug)]
pub struct Document {
    file: String,
    value: Value,
    lines: BTreeMap<String, u64>,
}

impl Document {
    /// Reads a document; `file` is its name in messages.
    ///
    /// # Errors
    /// What is wrong with the YAML, with its line.
    pub fn parse(file: &str, yaml: &str) -> Result<Self, Error> {
        let options = serde_saphyr::options! {
            strict_booleans: true,
            duplicate_keys: serde_saphyr::DuplicateKeyPolicy::Error,
            reject_unsupported_tags: true,
            with_snippet: false,
            // A maintainer chose the file. The limits are for configuration files; a vendor's document is larger.
            budget: None,
        };
        let node: Spanned<Node> = serde_saphyr::from_str_with_options(yaml, options).map_err(|error| {
            let line = error.location().map(|location| location.line());
            let message = error.to_string();
            let mut problem = Problem::new("", format!("not readable as YAML: {message}"), "correct the line");
            problem.file = file.to_owned();
            problem.line = line;
            Error::from(problem)
        })?;
        let mut reader = Reader::default();
        let value = reader.read(node.value, "", node.referenced.line());
        let lines = reader.lines;
        Error::from_problems(reader.problems)
            .map_err(|error| error.locate(|pointer| (file.to_owned(), lines.get(pointer).copied())))?;
        Ok(Self {
            file: file.to_owned(),
            value,
            lines,
        })
    }

    /// The document as JSON.
    #[must_use]
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// The name of the file.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The line of the value at `at`, or of the nearest value around it that is in the file.
    #[must_use]
    pub fn line(&self, at: &str) -> Option<u64> {
        let mut at = Some(at);
        while let Some(pointer) = at {
            if let Some(line) = self.lines.get(pointer) {
                return Some(*line);
            }
            at = pointer::parent(pointer);
        }
        None
    }

    /// Adds this file and its lines to an error that names places in it.
    #[must_use]
    pub fn locate(&self, error: Error) -> Error {
        error.locate(|pointer| (self.file.clone(), self.line(pointer)))
    }
}

/// A value with the line of each inner value.
enum Node {
    Scalar(Value),
    List(Vec<Spanned<Node>>),
    Map(Vec<(Spanned<String>, Spanned<Node>)>),
}

/// Removes the lines from a value.
#[derive(Default)]
struct Reader {
    lines: BTreeMap<String, u64>,
    problems: Vec<Problem>,
}

impl Reader {
    fn read(&mut self, node: Node, at: &str, line: u64) -> Value {
        self.lines.insert(at.to_owned(), line);
        match node {
            Node::Scalar(value) => value,
            Node::List(items) => items
                .into_iter()
                .enumerate()
                .map(|(index, item)| {
                    self.read(
                        item.value,
                        &pointer::join(at, &index.to_string()),
                        item.referenced.line(),
                    )
                })
                .collect(),
            Node::Map(entries) => {
                let mut map = Map::new();
                for (key, value) in entries {
                    let at = pointer::join(at, &key.value);
                    // The line of the key is where a reader looks.
                    let value = self.read(value.value, &at, key.referenced.line());
                    if map.contains_key(&key.value) {
                        // `'200'` and `200` are two keys in YAML and one in JSON.
                        self.problems.push(Problem::new(
                            at,
                            format!("duplicate key `{}`", key.value),
                            "remove one of them",
                        ));
                    }
                    map.insert(key.value, value);
                }
                Value::Object(map)
            }
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that JSON can represent")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Scalar(Value::Bool(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Scalar(Value::Number(value.into())))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Scalar(Value::Number(value.into())))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Node, E> {
        Number::from_f64(value)
            .map(|number| Node::Scalar(Value::Number(number)))
            .ok_or_else(|| E::custom("a number that JSON cannot represent"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Scalar(Value::String(value.to_owned())))
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Scalar(Value::Null))
    }

    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Scalar(Value::Null))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Node::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = access.next_entry()? {
            entries.push(entry);
        }
        Ok(Node::Map(entries))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

    use super::*;
    use serde_json::json;

    #[test]
    fn parse_with_yaml_scalars_reads_what_json_has() {
        let document = Document::parse("f.yaml", "a: no\nb: true\nc: 1\nd: 1.5\n200: ~\n'e': [x, 'y']\n").unwrap();
        assert_eq!(
            document.value(),
            &json!({"a": "no", "b": true, "c": 1, "d": 1.5, "200": null, "e": ["x", "y"]})
        );
    }

    #[test]
    fn line_of_an_unknown_place_is_that_of_the_nearest_around_it() {
        let document = Document::parse("f.yaml", "a:\n  b:\n  - x\n  - y\n").unwrap();
        assert_eq!(document.line("/a/b/1"), Some(4));
        assert_eq!(document.line("/a/b/7/z"), Some(2));
        assert_eq!(document.line("/q"), Some(1));
    }

    #[test]
    fn parse_with_a_key_twice_names_file_and_line() {
        for yaml in ["a:\n  x: 1\n  y: 2\n  x: 3\n", "'200': 1\n200: 2\n"] {
            let error = Document::parse("openapi/f.yaml", yaml).unwrap_err();
            assert_eq!(error.problems()[0].file, "openapi/f.yaml");
            assert!(error.problems()[0].line.is_some(), "{error}");
            assert!(error.to_string().contains("duplicate"), "{error}");
        }
    }
}
