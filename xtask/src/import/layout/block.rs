//! Which lines of a YAML text contain which value.

use std::iter;

use account_provisioning_codegen::document::Document;
use account_provisioning_codegen::pointer;
use serde_json::Value;

/// The lines of a YAML text.
pub(super) struct Lines<'a>(Vec<&'a str>);

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self(text.lines().collect())
    }
}

/// The lines of an entry or an item, and those of the values inside.
pub(super) struct Block {
    start: usize,
    end: usize,
    /// Whether this is an item of a list, so that its first line begins with a dash.
    is_item: bool,
    children: Vec<(String, Block)>,
}

impl Block {
    pub(super) fn root(document: &Document, lines: &Lines<'_>) -> Self {
        Self::new(document, document.value(), "", (0, lines.0.len()), false)
    }

    fn new(document: &Document, value: &Value, at: &str, (start, end): (usize, usize), is_item: bool) -> Self {
        let tokens: Vec<String> = match value {
            Value::Object(map) => map.keys().cloned().collect(),
            Value::Array(items) => (0..items.len()).map(|index| index.to_string()).collect(),
            _ => Vec::new(),
        };
        let mut starts: Vec<(usize, String)> = tokens
            .into_iter()
            .map(|token| {
                let line = document.line(&pointer::join(at, &token)).unwrap_or_default();
                (usize::try_from(line).unwrap_or_default().saturating_sub(1), token)
            })
            .collect();
        starts.sort_by_key(|(line, _)| *line);
        // Values that share a line are in flow style. They are copied or rewritten as a whole.
        let on_own_lines = starts.windows(2).all(|pair| pair[0].0 < pair[1].0)
            && starts
                .first()
                .is_none_or(|(line, _)| at.is_empty() || is_item || *line > start);
        let mut children = Vec::new();
        if on_own_lines {
            for (index, (line, token)) in starts.iter().enumerate() {
                let end = starts.get(index + 1).map_or(end, |(next, _)| *next);
                let child = match value {
                    Value::Object(map) => &map[token],
                    _ => value.get(index).unwrap_or(&Value::Null),
                };
                let child = Self::new(
                    document,
                    child,
                    &pointer::join(at, token),
                    (*line, end),
                    value.is_array(),
                );
                children.push((token.clone(), child));
            }
        }
        Self {
            start,
            end,
            is_item,
            children,
        }
    }

    pub(super) fn child(&self, token: &str) -> Option<&Self> {
        self.children
            .iter()
            .find(|(known, _)| known == token)
            .map(|(_, block)| block)
    }

    /// The keys or indices of the values inside, in the order of the text.
    pub(super) fn tokens(&self) -> Vec<&str> {
        self.children.iter().map(|(token, _)| token.as_str()).collect()
    }

    /// The lines without the indentation of the first line and without the dash of an item.
    pub(super) fn text(&self, lines: &Lines<'_>) -> Vec<String> {
        let lines = &lines.0[self.start.min(lines.0.len())..self.end.min(lines.0.len())];
        let Some((first, rest)) = lines.split_first() else {
            return Vec::new();
        };
        let mut column = first.len() - first.trim_start_matches(' ').len();
        if self.is_item {
            column += 2;
        } else {
            // The first entry of an item follows the dash.
            while first[column..].starts_with("- ") {
                column += 2;
            }
        }
        let cut = |line: &&str| {
            let spaces = line.len() - line.trim_start_matches(' ').len();
            line[spaces.min(column)..].to_owned()
        };
        iter::once(first.get(column..).unwrap_or_default().to_owned())
            .chain(rest.iter().map(cut))
            .collect()
    }
}
