//! Ids that are safe to put into the path of a request.
//!
//! An unchecked id could change the path: `..` leads to the parent, an empty id turns "delete this user" into "delete the
//! users", and a slash leads to another resource. The generated crate has a type for each kind of id, so ids of different
//! kinds can't be swapped either.

mod read;

use std::fmt::{self, Write as _};
use std::sync::Arc;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

pub use self::read::{text, text_or_number};
use crate::invisible::is_invisible;
use crate::short_text::ShortText;

/// What is percent-encoded in a segment of a path, by the URL standard. Some of it is refused before.
const ENCODED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'/')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}');

/// Checks a value that a request puts into its path. It is displayed percent-encoded.
///
/// # Errors
/// The same as [`validate_path_segment`].
///
/// # Examples
/// ```
/// use account_provisioning_core::id::segment;
///
/// assert_eq!(segment("role id", "my role")?.to_string(), "my%20role");
/// # Ok::<(), account_provisioning_core::IdError>(())
/// ```
pub fn segment(kind: &'static str, value: impl fmt::Display) -> Result<Segment, IdError> {
    let mut text = ShortText::default();
    let _ = write!(text, "{value}");
    validate_path_segment(kind, text.as_str())?;
    Ok(Segment(text))
}

/// A checked segment of a path; made by [`segment`].
#[derive(Clone, Debug)]
pub struct Segment(ShortText);

impl fmt::Display for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        utf8_percent_encode(self.0.as_str(), ENCODED).fmt(f)
    }
}

/// Checks that a value can be one segment of a path, without changing the rest of the path.
///
/// The error names the value by its `kind`, such as `"user id"`.
///
/// # Errors
/// [`IdError`] when the value is empty, is `.` or `..` (also percent-encoded), contains `/`, `\`, `?`, `#`, `%`, a control
/// character or an invisible one such as a byte order mark, or starts or ends with whitespace.
///
/// # Examples
/// ```
/// use account_provisioning_core::id::validate_path_segment;
///
/// assert!(validate_path_segment("role id", "cld::role::account::admin").is_ok());
/// let error = validate_path_segment("user id", "../groups").unwrap_err();
/// assert_eq!(error.to_string(), "user id contains `/` at position 3, which would lead to another resource; pass the id as the service returned it");
/// ```
pub fn validate_path_segment(kind: &'static str, value: &str) -> Result<(), IdError> {
    match find_problem(value) {
        None => Ok(()),
        Some(problem) => Err(IdError { kind, problem }),
    }
}

fn find_problem(value: &str) -> Option<Problem> {
    // Nearly all ids consist of these characters alone, which are never a problem.
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'@');
    if !value.is_empty() && value.bytes().all(is_plain) {
        return None;
    }
    // URL parsers also read a percent-encoded dot as a dot.
    let dots = value.to_ascii_lowercase().replace("%2e", ".");
    let position = |found: fn(char) -> bool| value.chars().position(found).map(|index| index + 1);
    let separator = value
        .chars()
        .zip(1..)
        .find(|(c, _)| matches!(c, '/' | '\\' | '?' | '#' | '%'));
    if value.is_empty() {
        Some(Problem::Empty)
    } else if matches!(dots.as_str(), "." | "..") {
        Some(Problem::DotSegment)
    } else if let Some(position) = position(char::is_control) {
        Some(Problem::Control(position))
    } else if let Some((separator, position)) = separator {
        Some(Problem::Separator(separator, position))
    } else if let Some(position) = position(is_invisible) {
        Some(Problem::Invisible(position))
    } else if value.trim() != value {
        Some(Problem::OuterWhitespace)
    } else {
        None
    }
}

/// An id can't be part of a path. Nothing was sent.
///
/// The message names the kind of id, the problem, its position and the remedy. It never shows the value, because a secret
/// may have been passed as an id by mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdError {
    kind: &'static str,
    problem: Problem,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Problem {
    Empty,
    DotSegment,
    /// A control character, at this position, counted from 1.
    Control(usize),
    /// A character with a special meaning in a URL, at this position, counted from 1.
    Separator(char, usize),
    /// A character that is not shown, such as a byte order mark, at this position, counted from 1.
    Invisible(usize),
    OuterWhitespace,
}

impl IdError {
    /// The kind of id, such as `user id`.
    pub const fn kind(&self) -> &'static str {
        self.kind
    }

    /// The problem without the kind and the remedy, for an error message that names the value itself.
    pub fn problem(&self) -> String {
        match self.problem {
            Problem::Empty => "is empty, which would lead to the whole collection".to_owned(),
            Problem::DotSegment => "is a dot segment, which would lead to another resource".to_owned(),
            Problem::Control(position) => format!("contains a control character at position {position}"),
            Problem::Separator('%', position) => {
                format!("contains `%` at position {position}, so it may already be percent-encoded")
            }
            Problem::Separator(separator, position) => {
                format!("contains `{separator}` at position {position}, which would lead to another resource")
            }
            Problem::Invisible(position) => {
                format!("contains a character at position {position} that is not visible, such as a byte order mark")
            }
            Problem::OuterWhitespace => "starts or ends with whitespace".to_owned(),
        }
    }
}

impl fmt::Display for IdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {}; pass the id as the service returned it",
            self.kind,
            self.problem()
        )
    }
}

impl std::error::Error for IdError {}

/// An id of one kind. The generated crate has a type for each kind.
pub trait Id: Clone + AsRef<str> + Sized {
    /// What errors call such an id, such as `user id`.
    const KIND: &'static str;

    /// Checks and wraps an id.
    ///
    /// # Errors
    /// [`IdError`] when the value can't be one segment of a path.
    fn checked(id: Arc<str>) -> Result<Self, IdError>;
}

/// What can be passed where an id is expected: a `&str`, a `String`, the id itself, or a reference to it.
///
/// An id is checked again when it is passed, because the service may have sent one that can't be part of a path.
/// An id of another kind is refused by the compiler.
///
/// This trait is sealed: only this SDK implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be used as a `{T}`",
    label = "expected a `{T}`, or a `&str` or `String` with one",
    note = "ids of different kinds can't be used in place of each other"
)]
pub trait IntoId<T>: Sealed<T> {
    /// Checks the id.
    ///
    /// # Errors
    /// [`IdError`] when the value can't be one segment of a path.
    fn into_id(self) -> Result<T, IdError>;
}

/// Prevents other crates from implementing [`IntoId`].
#[doc(hidden)]
pub trait Sealed<T> {}

impl<T: Id> Sealed<T> for T {}
impl<T: Id> Sealed<T> for &T {}
impl<T: Id> Sealed<T> for &str {}
impl<T: Id> Sealed<T> for String {}
impl<T: Id> Sealed<T> for &String {}

impl<T: Id> IntoId<T> for T {
    fn into_id(self) -> Result<T, IdError> {
        validate_path_segment(T::KIND, self.as_ref())?;
        Ok(self)
    }
}

impl<T: Id> IntoId<T> for &T {
    fn into_id(self) -> Result<T, IdError> {
        self.clone().into_id()
    }
}

impl<T: Id> IntoId<T> for &str {
    fn into_id(self) -> Result<T, IdError> {
        T::checked(self.into())
    }
}

impl<T: Id> IntoId<T> for String {
    fn into_id(self) -> Result<T, IdError> {
        T::checked(self.into())
    }
}

impl<T: Id> IntoId<T> for &String {
    fn into_id(self) -> Result<T, IdError> {
        T::checked(self.as_str().into())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

    use super::validate_path_segment;

    #[test]
    fn path_segment_with_an_ordinary_id_is_accepted() {
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
    fn path_segment_that_would_change_the_path_is_refused_with_its_kind_and_a_remedy() {
        for (id, says) in [
            ("", "is empty"),
            (".", "another resource"),
            ("..", "another resource"),
            ("%2e", "another resource"),
            ("%2E%2e", "another resource"),
            (".%2E", "another resource"),
            ("a/b", "contains `/`"),
            ("a\\b", "contains `\\`"),
            ("a?b", "contains `?`"),
            ("a#b", "contains `#`"),
            ("a%2fb", "contains `%`"),
            ("a\nb", "control character"),
            ("a\u{7f}", "control character"),
            ("a\u{85}", "control character"),
            (" a", "whitespace"),
            ("a ", "whitespace"),
            ("\u{a0}a", "whitespace"),
            (" ", "whitespace"),
            ("\u{feff}a", "position 1 that is not visible"),
            ("a\u{feff}", "position 2 that is not visible"),
            ("a\u{200b}b", "not visible"),
            ("a\u{202e}b", "not visible"),
            ("\u{e0041}", "not visible"),
        ] {
            let error = validate_path_segment("user id", id).unwrap_err();
            let text = error.to_string();
            assert!(text.starts_with("user id ") && text.contains(says), "{id:?}: {text}");
            assert!(text.ends_with("; pass the id as the service returned it"), "{text}");
            assert_eq!(error.kind(), "user id");
        }
    }

    #[test]
    fn path_segment_that_is_refused_is_not_shown() {
        for id in [
            "account://key:hunter2@id",
            "hunter2\n",
            "hunter2%",
            " hunter2",
            "\u{feff}hunter2",
        ] {
            let error = validate_path_segment("account id", id).unwrap_err();
            assert!(!format!("{error} {error:?}").contains("hunter2"), "{error:?}");
        }
    }
}
