//! Lists of identifiers as arguments.

use account_provisioning_core::{IdError, IntoId, Result};

use crate::Field;

/// What serves as a list of identifiers: an array, a slice or a `Vec` of identifiers, `&str` or `String`, or a
/// [`Field`]; [`Field::Clear`] is the empty list.
pub trait IntoIdList<T> {
    /// Checks every identifier.
    ///
    /// # Errors
    /// The first identifier that can't be one.
    fn into_id_list(self) -> Result<Field<Vec<T>>>;
}

fn convert<T, I>(ids: impl IntoIterator<Item = I>) -> Result<Field<Vec<T>>>
where
    I: IntoId<T>,
{
    let ids: std::result::Result<_, IdError> = ids.into_iter().map(IntoId::into_id).collect();
    Ok(Field::Set(ids?))
}

impl<T, I: IntoId<T>, const N: usize> IntoIdList<T> for [I; N] {
    fn into_id_list(self) -> Result<Field<Vec<T>>> {
        convert(self)
    }
}

impl<T, I: IntoId<T>> IntoIdList<T> for Vec<I> {
    fn into_id_list(self) -> Result<Field<Vec<T>>> {
        convert(self)
    }
}

impl<T, I: Clone + IntoId<T>> IntoIdList<T> for &[I] {
    fn into_id_list(self) -> Result<Field<Vec<T>>> {
        convert(self.iter().cloned())
    }
}

impl<T, I: Clone + IntoId<T>, const N: usize> IntoIdList<T> for &[I; N] {
    fn into_id_list(self) -> Result<Field<Vec<T>>> {
        convert(self.iter().cloned())
    }
}

impl<T, I: Clone + IntoId<T>> IntoIdList<T> for &Vec<I> {
    fn into_id_list(self) -> Result<Field<Vec<T>>> {
        convert(self.iter().cloned())
    }
}

impl<T> IntoIdList<T> for Field<Vec<T>> {
    fn into_id_list(self) -> Result<Field<Vec<T>>> {
        Ok(self)
    }
}
