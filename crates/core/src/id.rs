//! Identifiers that are safe to put into a path.
//!
//! A path is the one place where an odd id does damage: `..` climbs out of the collection, an empty id turns
//! "delete this user" into "delete the users", a slash names another resource. Each kind of id is a type of
//! its own, made by [`id_type!`](crate::id_type), that such a value can't get into; it also keeps ids of
//! different kinds from being swapped.

use std::fmt;

mod id_type;

/// The serde that the macro's output names, so that its caller needs none.
#[doc(hidden)]
pub use serde as __serde;

/// Checks that a value can stand as one segment of a path and mean itself there.
///
/// `kind` names the value in the error, such as `"user id"`.
///
/// # Errors
/// [`IdError`] when the value is empty, is `.` or `..` (also percent-encoded), holds `/`, `\`, `?`, `#`, `%`
/// or a control character, or starts or ends with whitespace.
///
/// # Examples
/// ```
/// use account_provisioning_core::id::validate_path_segment;
///
/// assert!(validate_path_segment("role id", "cld::role::account::admin").is_ok());
/// let error = validate_path_segment("user id", "../groups").unwrap_err();
/// assert_eq!(error.to_string(), "user id `../groups` holds `/`, which would name another resource; pass the id as the service returned it");
/// ```
pub fn validate_path_segment(kind: &'static str, value: &str) -> Result<(), IdError> {
    match find_problem(value) {
        None => Ok(()),
        Some(problem) => Err(IdError {
            kind,
            problem,
            excerpt: excerpt(value),
        }),
    }
}

fn find_problem(value: &str) -> Option<Problem> {
    // What a URL parser reads as a dot in a path: the dot itself and its percent-encoded form.
    let dots = value.to_ascii_lowercase().replace("%2e", ".");
    let separator = value.chars().find(|c| matches!(c, '/' | '\\' | '?' | '#' | '%'));
    if value.is_empty() {
        Some(Problem::Empty)
    } else if matches!(dots.as_str(), "." | "..") {
        Some(Problem::DotSegment)
    } else if value.chars().any(char::is_control) {
        Some(Problem::Control)
    } else if let Some(separator) = separator {
        Some(Problem::Separator(separator))
    } else if value.trim() != value {
        Some(Problem::OuterWhitespace)
    } else {
        None
    }
}

/// Shows enough of a value to recognise it, whatever its length and characters.
fn excerpt(value: &str) -> Box<str> {
    const LONGEST: usize = 40;
    let mut shown: String = value.chars().take(LONGEST).flat_map(char::escape_debug).collect();
    if value.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown.into()
}

/// An identifier was refused before anything was sent.
///
/// Its message names the kind of id, the problem and the remedy, with at most the first 40 characters of the
/// value, escaped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdError {
    kind: &'static str,
    problem: Problem,
    excerpt: Box<str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Problem {
    Empty,
    DotSegment,
    Control,
    Separator(char),
    OuterWhitespace,
}

impl IdError {
    /// What the value was meant to be, such as `user id`.
    pub const fn kind(&self) -> &'static str {
        self.kind
    }

    /// The problem without any of the value, for values that must not be shown.
    pub fn problem(&self) -> String {
        match self.problem {
            Problem::Empty => "it is empty".to_owned(),
            Problem::DotSegment => "it is a dot segment, which would name another resource".to_owned(),
            Problem::Control => "it holds a control character".to_owned(),
            Problem::Separator(separator) => format!("it holds `{separator}`"),
            Problem::OuterWhitespace => "it starts or ends with whitespace".to_owned(),
        }
    }
}

impl fmt::Display for IdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, problem, excerpt } = self;
        match problem {
            Problem::Empty => write!(f, "{kind} is empty, which would name the whole collection")?,
            Problem::DotSegment => write!(f, "{kind} `{excerpt}` would name another resource")?,
            Problem::Control => write!(f, "{kind} `{excerpt}` holds a control character")?,
            Problem::Separator('%') => write!(f, "{kind} `{excerpt}` holds `%`, so it may be percent-encoded already")?,
            Problem::Separator(separator) => {
                write!(
                    f,
                    "{kind} `{excerpt}` holds `{separator}`, which would name another resource"
                )?;
            }
            Problem::OuterWhitespace => write!(f, "{kind} `{excerpt}` starts or ends with whitespace")?,
        }
        f.write_str("; pass the id as the service returned it")
    }
}

impl std::error::Error for IdError {}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

    use super::validate_path_segment;

    #[test]
    fn path_segment_with_an_ordinary_id_is_taken() {
        for id in [
            "a",
            "0aaaaa1bbbbb2ccccc",
            "cld::role::account::admin",
            "a.b",
            "...",
            ".hidden",
            "my env",
            "ü",
            "a@b+c",
        ] {
            assert_eq!(validate_path_segment("id", id), Ok(()), "{id:?}");
        }
    }

    #[test]
    fn path_segment_that_would_leave_its_place_is_refused_with_its_kind_and_a_remedy() {
        for (id, says) in [
            ("", "is empty"),
            (".", "another resource"),
            ("..", "another resource"),
            ("%2e", "another resource"),
            ("%2E%2e", "another resource"),
            (".%2E", "another resource"),
            ("a/b", "holds `/`"),
            ("a\\b", "holds `\\`"),
            ("a?b", "holds `?`"),
            ("a#b", "holds `#`"),
            ("a%2fb", "holds `%`"),
            ("a\nb", "control character"),
            ("a\u{7f}", "control character"),
            ("a\u{85}", "control character"),
            (" a", "whitespace"),
            ("a ", "whitespace"),
            ("\u{a0}a", "whitespace"),
            (" ", "whitespace"),
        ] {
            let error = validate_path_segment("user id", id).unwrap_err();
            let text = error.to_string();
            assert!(text.starts_with("user id ") && text.contains(says), "{id:?}: {text}");
            assert!(text.ends_with("; pass the id as the service returned it"), "{text}");
            assert_eq!(error.kind(), "user id");
        }
    }

    #[test]
    fn path_segment_that_is_long_and_strange_is_quoted_short_and_escaped() {
        let text = validate_path_segment("user id", &"\n".repeat(5000))
            .unwrap_err()
            .to_string();
        assert!(
            !text.contains('\n') && text.contains("\\n") && text.contains('…'),
            "{text}"
        );
        assert!(text.len() < 250, "{text}");
    }
}
