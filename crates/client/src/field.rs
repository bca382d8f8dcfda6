//! A field of an update: keep, clear or set.

use account_provisioning_core::Nullable;

/// What an update does to one field.
///
/// The services tell an absent field from an empty one, and the difference can be access to everything: so "leave it",
/// "empty it" and "set it" are three values. Setters of updates take `impl Into<Field<T>>`, so a plain value sets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "there is no fourth thing to do to a field")]
pub enum Field<T> {
    /// Leaves the field as it is: it isn't sent.
    #[default]
    Keep,
    /// Empties the field: an array is sent as `[]`, a map as `{}`, a nullable scalar as `null`.
    Clear,
    /// Sets the field to a value.
    Set(T),
}

impl<T> Field<T> {
    /// Turns the value, if there is one, into another.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Field<U> {
        match self {
            Self::Keep => Field::Keep,
            Self::Clear => Field::Clear,
            Self::Set(value) => Field::Set(f(value)),
        }
    }

    /// What is sent: nothing, the empty value, or the value.
    pub fn or_empty(self, empty: impl FnOnce() -> T) -> Option<T> {
        match self {
            Self::Keep => None,
            Self::Clear => Some(empty()),
            Self::Set(value) => Some(value),
        }
    }

    /// What is sent for a field that can be `null`: nothing, `null`, or the value.
    pub(crate) fn or_null(self) -> Option<Nullable<T>> {
        match self {
            Self::Keep => None,
            Self::Clear => Some(Nullable::Null),
            Self::Set(value) => Some(Nullable::Value(value)),
        }
    }
}

impl<T> From<T> for Field<T> {
    fn from(value: T) -> Self {
        Self::Set(value)
    }
}

/// Text sets a field of text without being turned into a `String` first.
impl From<&str> for Field<String> {
    fn from(value: &str) -> Self {
        Self::Set(value.to_owned())
    }
}
