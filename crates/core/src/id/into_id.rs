//! What can be passed where an id is expected.

use std::sync::Arc;

use super::IdError;

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
        super::validate_path_segment(T::KIND, self.as_ref())?;
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
