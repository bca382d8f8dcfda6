//! Matches paths against path templates.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::operation::{Operation, Segment};

pub(super) fn segments(template: &str) -> Vec<Segment> {
    template
        .split('/')
        .map(
            |part| match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
                Some(name) => Segment::Parameter(name.to_owned()),
                None => Segment::Literal(part.to_owned()),
            },
        )
        .collect()
}

impl Operation {
    /// Matches a path as it was sent, split at its slashes, and returns the decoded path parameters in the order of the template.
    ///
    /// A parameter is never empty: `DELETE /users/` does not match the deletion of a user.
    pub(crate) fn match_path(&self, parts: &[&str]) -> Option<Vec<(&str, String)>> {
        if parts.len() != self.segments.len() {
            return None;
        }
        let mut values = Vec::new();
        // Backwards, since most paths begin in the same way.
        for (segment, part) in self.segments.iter().zip(parts).rev() {
            match segment {
                Segment::Literal(literal) if literal == part => {}
                Segment::Parameter(name) if !part.is_empty() => {
                    values.push((name.as_str(), decode(part)?.into_owned()))
                }
                _ => return None,
            }
        }
        values.reverse();
        Some(values)
    }

    /// Returns a sort key that puts the more literal template first: `/tokens/verify` before `/tokens/{id}`.
    pub(crate) fn specificity(&self) -> Vec<bool> {
        self.segments
            .iter()
            .map(|segment| matches!(segment, Segment::Parameter(_)))
            .collect()
    }
}

fn decode(part: &str) -> Option<Cow<'_, str>> {
    percent_decode_str(part).decode_utf8().ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use serde_json::json;

    use super::super::reader::operations;
    use super::*;

    fn operation(path: &str) -> Operation {
        let document =
            json!({ "paths": { path: { "get": { "operationId": "a", "responses": { "200": {} } } } } }).to_string();
        operations(&document).unwrap().remove(0)
    }

    #[test]
    fn match_path_with_escapes_decodes_each_part_after_splitting() {
        let operation = operation("/a/{id}/b");
        let values = operation.match_path(&["", "a", "x%2Fy%20z", "b"]).unwrap();
        assert_eq!(values, [("id", "x/y z".to_owned())]);
    }

    #[test]
    fn match_path_with_an_empty_part_or_a_longer_path_is_none() {
        let operation = operation("/a/{id}");
        for path in ["/a/", "/a", "/a/b/", "/a/b/c", "/A/b", "/a/%ff"] {
            let parts: Vec<&str> = path.split('/').collect();
            assert_eq!(operation.match_path(&parts), None, "{path}");
        }
    }
}
