//! Writes a changed document back as YAML, so that a reader of the difference sees the change and nothing else: what is
//! the same keeps its lines, what is new is written in the style of the documents.
//!
//! No library for YAML edits this way: the known ones apply single patches and write what they touch in a style of
//! their own. The documents are block style without comments, which makes the lines of a value easy to find.

mod block;
mod order;
mod scalar;

use account_provisioning_codegen::document::Document;
use serde_json::{Map, Value};

use crate::Failure;
use block::{Block, Lines};
use order::Kind;

/// Writes `value` as the document whose present state is `source`, read from `text`.
///
/// # Errors
/// The written text does not read as `value`: a mistake in this module, which must not reach a document.
pub fn write(source: &Document, text: &str, value: &Value) -> Result<String, Failure> {
    let lines = Lines::new(text);
    let root = Block::root(source, &lines);
    let from = Some(From {
        value: source.value(),
        block: &root,
        lines: &lines,
    });
    let mut out = String::new();
    for line in block(value, from, Kind::Keywords) {
        out.push_str(&line);
        out.push('\n');
    }
    let read = Document::parse(source.file(), &out)?;
    if read.value() == value {
        return Ok(out);
    }
    Err(Failure::new(format!(
        "{}: the changed document could not be written in a way that reads the same; change it by hand",
        source.file()
    )))
}

/// Where a value stood before.
#[derive(Clone, Copy)]
struct From<'a> {
    value: &'a Value,
    block: &'a Block,
    lines: &'a Lines<'a>,
}

impl<'a> From<'a> {
    fn child(self, token: &str) -> Option<From<'a>> {
        let value = match self.value {
            Value::Object(map) => map.get(token)?,
            Value::Array(items) => items.get(token.parse::<usize>().ok()?)?,
            _ => return None,
        };
        Some(From {
            value,
            block: self.block.child(token)?,
            lines: self.lines,
        })
    }
}

/// The lines of a map or a list that is not empty, without indentation.
fn block(value: &Value, from: Option<From<'_>>, kind: Kind) -> Vec<String> {
    match value {
        Value::Object(map) => {
            let known: Vec<&str> = from.map(|from| from.block.tokens()).unwrap_or_default();
            let keys = order::keys(map, &known, kind);
            keys.into_iter()
                .flat_map(|key| entry(key, &map[key], from.and_then(|from| from.child(key)), kind))
                .collect()
        }
        Value::Array(items) => {
            let origins = order::origins(items, from.map(|from| from.value));
            items
                .iter()
                .zip(origins)
                .flat_map(|(value, origin)| {
                    let from = origin.and_then(|index| from?.child(&index.to_string()));
                    item(value, from, kind)
                })
                .collect()
        }
        _ => Vec::new(),
    }
}

fn entry(key: &str, value: &Value, from: Option<From<'_>>, kind: Kind) -> Vec<String> {
    if let Some(lines) = unchanged(value, from) {
        return lines;
    }
    let name = scalar::plain_or_quoted(key);
    if is_leaf(value) {
        return scalar::entry(&name, value);
    }
    let inner = block(value, from, kind.inside(key));
    let indent = if value.is_object() { "  " } else { "" };
    std::iter::once(format!("{name}:"))
        .chain(indented(inner, indent))
        .collect()
}

fn item(value: &Value, from: Option<From<'_>>, kind: Kind) -> Vec<String> {
    let inner = match unchanged(value, from) {
        Some(lines) => lines,
        None if is_leaf(value) => vec![scalar::inline(value)],
        None => block(value, from, kind.item()),
    };
    let mut lines = inner.into_iter();
    let first = lines.next().map(|line| format!("- {line}"));
    first.into_iter().chain(indented(lines.collect(), "  ")).collect()
}

/// The lines that a value had, when it is still the same.
fn unchanged(value: &Value, from: Option<From<'_>>) -> Option<Vec<String>> {
    let from = from.filter(|from| from.value == value)?;
    Some(from.block.text(from.lines))
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
