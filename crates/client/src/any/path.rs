//! Path templates of a caller, with values for their placeholders.

use std::fmt::Write as _;

use account_provisioning_core::id::{segment, validate_path_segment};
use account_provisioning_core::{Error, MakeError as _, Result};

/// Fills a template in. `known` is used for a placeholder that has no value, and need not be used.
///
/// # Errors
/// A template that would lead away from the service or its path, a placeholder without a value, a value without a
/// placeholder, and a value that would change the path.
pub(super) fn filled(
    template: &str,
    values: &[(String, String)],
    known: Option<&(&'static str, String)>,
) -> Result<String> {
    let Some(rest) = template.strip_prefix('/') else {
        return Err(refused(
            "begins with no `/`: leave out scheme and host, which the client's base URL has",
        ));
    };
    let mut used = vec![false; values.len()];
    let mut value_of = |name: &str| -> Result<String> {
        let mut given = values.iter().enumerate().filter(|(_, (given, _))| given == name);
        let value = match (given.next(), given.next()) {
            (Some((index, (_, value))), None) => {
                used[index] = true;
                value
            }
            (Some(_), Some(_)) => return Err(Error::invalid_input(format!("`{name}`: has two values; set it once"))),
            (None, _) => match known {
                Some((known, value)) if *known == name => value,
                _ => {
                    let message = format!("`{name}`: the path has this placeholder; set it with `path(\"{name}\", …)`");
                    return Err(Error::invalid_input(message));
                }
            },
        };
        let checked = validate_path_segment("value", value);
        checked.map_err(|problem| Error::invalid_input(format!("`{name}`: the value {}", problem.problem())))?;
        Ok(value.clone())
    };
    let mut path = String::with_capacity(template.len());
    let mut segments = rest.split('/').peekable();
    while let Some(text) = segments.next() {
        path.push('/');
        // A slash at the end is part of some paths.
        if text.is_empty() && segments.peek().is_none() {
            break;
        }
        let whole = substituted(text, &mut value_of)?;
        let encoded = segment("path segment", whole);
        let encoded = encoded.map_err(|problem| refused(&format!("has a segment that {}", problem.problem())))?;
        let _ = write!(path, "{encoded}");
    }
    match values.iter().zip(used).find(|(_, used)| !used) {
        Some(((name, _), _)) => Err(Error::invalid_input(format!(
            "`{name}`: the path has no placeholder `{{{name}}}`; add it, or leave the value out"
        ))),
        None => Ok(path),
    }
}

/// Puts values in place of the placeholders of one segment.
fn substituted(segment: &str, value_of: &mut impl FnMut(&str) -> Result<String>) -> Result<String> {
    let mut whole = String::new();
    let mut rest = segment;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            return Err(refused("has a `{` without its `}`"));
        };
        whole.push_str(before);
        whole.push_str(&value_of(name)?);
        rest = after;
    }
    whole.push_str(rest);
    Ok(whole)
}

/// The error of a template, which is not shown: it may contain an id.
fn refused(problem: &str) -> Error {
    let remedy = "write it as `/accounts/{account_id}/things`, with `path` for the values and `query` for the query";
    Error::invalid_input(format!("the path {problem}; {remedy}"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

    use super::filled;

    fn fill(template: &str, values: &[(&str, &str)]) -> Result<String, String> {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let values: Vec<_> = values.iter().map(owned).collect();
        let known = ("account_id", "acc 1".to_owned());
        filled(template, &values, Some(&known)).map_err(|error| error.to_string())
    }

    #[test]
    fn template_is_filled_in_with_encoded_values() {
        for (template, values, path) in [
            ("/", &[][..], "/"),
            ("/things", &[], "/things"),
            ("/things/", &[], "/things/"),
            ("/accounts/{account_id}/things", &[], "/accounts/acc%201/things"),
            ("/accounts/{account_id}", &[("account_id", "b")], "/accounts/b"),
            ("/a:{x}.{y}", &[("y", "ü"), ("x", "1")], "/a:1.%C3%BC"),
            ("/{x}/{x}", &[("x", "{y}")], "/%7By%7D/%7By%7D"),
        ] {
            let filled = fill(template, values).unwrap();
            assert_eq!(filled, path, "{template}");
        }
    }

    #[test]
    fn template_or_value_that_would_lead_elsewhere_is_refused_with_the_remedy() {
        for (template, says) in [
            ("", "begins with no `/`"),
            ("things", "begins with no `/`"),
            ("https://evil.example/things", "begins with no `/`"),
            ("//evil.example/things", "is empty"),
            ("/a//b", "is empty"),
            ("/a/../b", "dot segment"),
            ("/a/%2e%2E", "dot segment"),
            ("/a?b=1", "`?`"),
            ("/a#b", "`#`"),
            ("/a\\b", "`\\`"),
            ("/a%2fb", "`%`"),
            ("/a\nb", "control character"),
            ("/a/{x", "without its `}`"),
            ("/..{x}", "dot segment"),
        ] {
            let text = match template {
                "/..{x}" => fill("/{x}{x}", &[("x", ".")]).unwrap_err(),
                _ => fill(template, &[]).unwrap_err(),
            };
            assert!(text.contains(says), "{template:?}: {text}");
        }
        for value in ["", "..", ".", "a/b", "a?b", "a%2fb", " a", "a\u{200b}"] {
            let text = fill("/things/{x}", &[("x", value)]).unwrap_err();
            assert!(text.contains("`x`: the value "), "{value:?}: {text}");
        }
        for value in ["hunter2/", "hunter2\n"] {
            assert!(!fill("/things/{x}", &[("x", value)]).unwrap_err().contains("hunter2"));
        }
    }

    #[test]
    fn placeholders_and_values_belong_together() {
        for (template, values, says) in [
            ("/things/{x}", &[][..], "set it with `path(\"x\", …)`"),
            ("/things", &[("x", "1")], "the path has no placeholder `{x}`"),
            ("/things/{x}", &[("x", "1"), ("x", "2")], "has two values"),
            ("/things/{}", &[], "placeholder"),
        ] {
            let text = fill(template, values).unwrap_err();
            assert!(text.contains(says), "{template}: {text}");
        }
    }
}
