//! Writes a changed document as YAML with a minimal diff: unchanged values keep their lines, and new ones are written in
//! the style of our documents.
//!
//! YAML libraries that edit a file apply single patches, and write what they change in their own style. Our documents are
//! in block style without comments, which makes the lines of a value easy to find.

mod block;
mod order;
mod scalar;

use std::iter;

use account_provisioning_codegen::document::Document;
use serde_json::{Map, Value};

use crate::Failure;

use block::{Block, Lines};
use order::MapKind;

/// Writes `value` as the new content of the document `source`, which was read from `text`.
///
/// # Errors
/// The new text does not parse as `value`. That is a bug of this module, and must not damage a document.
pub fn write(source: &Document, text: &str, value: &Value) -> Result<String, Failure> {
    let lines = Lines::new(text);
    let root = Block::root(source, &lines);
    let origin = Some(Origin {
        value: source.value(),
        block: &root,
        lines: &lines,
    });
    let mut out = String::new();
    for line in block(value, origin, MapKind::Keywords) {
        out.push_str(&line);
        out.push('\n');
    }
    let read = Document::parse(source.file(), &out)?;
    if read.value() == value {
        return Ok(out);
    }
    Err(Failure::new(format!(
        "{}: cannot write the changed document so that it parses as intended; change it by hand",
        source.file()
    )))
}

/// The previous state of a value.
#[derive(Clone, Copy)]
struct Origin<'a> {
    value: &'a Value,
    block: &'a Block,
    lines: &'a Lines<'a>,
}

impl<'a> Origin<'a> {
    fn child(self, token: &str) -> Option<Self> {
        let value = match self.value {
            Value::Object(map) => map.get(token)?,
            Value::Array(items) => items.get(token.parse::<usize>().ok()?)?,
            _ => return None,
        };
        Some(Self {
            value,
            block: self.block.child(token)?,
            lines: self.lines,
        })
    }
}

/// The lines of a map or a list that is not empty, without indentation.
fn block(value: &Value, origin: Option<Origin<'_>>, kind: MapKind) -> Vec<String> {
    match value {
        Value::Object(map) => {
            let known: Vec<&str> = origin.map(|origin| origin.block.tokens()).unwrap_or_default();
            let keys = order::keys(map, &known, kind);
            keys.into_iter()
                .flat_map(|key| entry(key, &map[key], origin.and_then(|origin| origin.child(key)), kind))
                .collect()
        }
        Value::Array(items) => {
            let indices = order::origins(items, origin.map(|origin| origin.value));
            items
                .iter()
                .zip(indices)
                .flat_map(|(value, index)| {
                    let origin = index.and_then(|index| origin?.child(&index.to_string()));
                    item(value, origin, kind)
                })
                .collect()
        }
        _ => Vec::new(),
    }
}

fn entry(key: &str, value: &Value, origin: Option<Origin<'_>>, kind: MapKind) -> Vec<String> {
    if let Some(lines) = unchanged(value, origin) {
        return lines;
    }
    let name = scalar::plain_or_quoted(key);
    if is_leaf(value) {
        return scalar::entry(&name, value);
    }
    let inner = block(value, origin, kind.inside(key));
    let indent = if value.is_object() { "  " } else { "" };
    iter::once(format!("{name}:")).chain(indented(inner, indent)).collect()
}

fn item(value: &Value, origin: Option<Origin<'_>>, kind: MapKind) -> Vec<String> {
    let inner = match unchanged(value, origin) {
        Some(lines) => lines,
        None if is_leaf(value) => vec![scalar::inline(value)],
        None => block(value, origin, kind),
    };
    let mut lines = inner.into_iter();
    let first = lines.next().map(|line| format!("- {line}"));
    first.into_iter().chain(indented(lines.collect(), "  ")).collect()
}

/// The previous lines of a value that did not change.
fn unchanged(value: &Value, origin: Option<Origin<'_>>) -> Option<Vec<String>> {
    let origin = origin.filter(|origin| origin.value == value)?;
    Some(origin.block.text(origin.lines))
}

fn is_leaf(value: &Value) -> bool {
    match value {
        Value::Object(map) => Map::is_empty(map),
        Value::Array(items) => items.is_empty(),
        _ => true,
    }
}

fn indented(lines: Vec<String>, indent: &str) -> impl Iterator<Item = String> {
    lines.into_iter().map(move |line| {
        if line.is_empty() {
            line
        } else {
            format!("{indent}{line}")
        }
    })
}
