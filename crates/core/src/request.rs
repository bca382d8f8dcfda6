//! Request types: how to build the HTTP request of an operation, and what its response is.

use std::fmt;

use http::header::InvalidHeaderValue;
use serde::de::DeserializeOwned;

use crate::error::MakeError as _;
use crate::{BaseUrl, Error, IdError, OperationInfo};

/// The request of one operation. The generated crate has a type for each operation.
///
/// [`Transport::send`](crate::Transport::send) sends it.
pub trait Request: Clone + fmt::Debug + Send + Sync + 'static {
    /// What a successful response is read as.
    type Reply: DeserializeOwned + Send + 'static;
    /// What the body of a successful response is.
    const REPLY: ReplyKind;
    /// How the operation is sent.
    const OPERATION: &'static OperationInfo;

    /// Builds the HTTP request, without credentials.
    ///
    /// # Errors
    /// An id that can't be part of a path, or a value that can't be sent in a header.
    fn build(&self, base_url: &BaseUrl, http: &reqwest::Client) -> Result<reqwest::Request, BuildError>;
}

/// What the body of a successful response is, as the document says.
///
/// Anything else under a successful status is no success: a proxy, a firewall or a sign-in page may have answered instead of
/// the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReplyKind {
    /// JSON of the reply's type. These are the fields of its object; none if it is no object, or one that may have any field.
    Json(&'static [&'static str]),
    /// JSON of the reply's type, which requires no field. An object is only the reply if one of these fields has a value, or
    /// if it has some of these fields and no others. An empty one is only the reply of an operation that changes nothing.
    LooseJson(&'static [&'static str]),
    /// As [`Json`](Self::Json), or nothing: the reply's type is an `Option`, and an empty body or `null` is `None`.
    OptionalJson(&'static [&'static str]),
    /// Nothing: an empty body, `null` or `{}`.
    Empty,
}

/// A request whose path contains one id of a kind, which can be replaced.
pub trait PathId<T> {
    /// The id in the path.
    fn path_id_mut(&mut self) -> &mut T;
}

/// Why a request could not be built.
///
/// Generated code can meet several types of errors; all of them convert into this one.
#[derive(Debug)]
pub struct BuildError(Error);

/// Writes a list as one value, such as `a,b`, for an operation that takes its list so.
///
/// Generated requests use it. `kind` names the list in the error.
///
/// # Errors
/// An item contains the separator: the service would read it as two.
///
/// # Examples
/// ```
/// use account_provisioning_core::joined;
///
/// assert_eq!(joined("colors", ',', &["red", "blue"]).ok().as_deref(), Some("red,blue"));
/// assert!(joined("colors", ',', &["red,blue"]).is_err());
/// ```
pub fn joined<T: fmt::Display>(kind: &'static str, separator: char, items: &[T]) -> Result<String, BuildError> {
    let mut list = String::new();
    for (index, item) in items.iter().enumerate() {
        let item = item.to_string();
        if item.contains(separator) {
            return Err(BuildError(Error::invalid_input(format!(
                "an item of `{kind}` contains `{separator}`, which separates the items; leave it out of them"
            ))));
        }
        if index > 0 {
            list.push(separator);
        }
        list.push_str(&item);
    }
    Ok(list)
}

impl From<BuildError> for Error {
    fn from(problem: BuildError) -> Self {
        problem.0
    }
}

impl From<Error> for BuildError {
    fn from(problem: Error) -> Self {
        Self(problem)
    }
}

impl From<IdError> for BuildError {
    fn from(problem: IdError) -> Self {
        Self(problem.into())
    }
}

impl From<reqwest::Error> for BuildError {
    fn from(cause: reqwest::Error) -> Self {
        // The URL may contain e-mail addresses and ids.
        let cause = cause.without_url();
        Self(Error::invalid_input("the request can't be built: check its values").with_source(cause))
    }
}

impl From<InvalidHeaderValue> for BuildError {
    fn from(_: InvalidHeaderValue) -> Self {
        Self(Error::invalid_input(
            "a value that is sent as a header contains control characters; send visible text",
        ))
    }
}
