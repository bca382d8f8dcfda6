//! Request types: how to build the HTTP request of an operation, and how to read its response.

use std::fmt;

use bytes::Bytes;
use http::StatusCode;
use http::header::InvalidHeaderValue;
use serde::de::DeserializeOwned;

use crate::error::MakeError as _;
use crate::{Error, IdError, OperationInfo};

/// The request of one operation. The generated crate has a type for each operation.
///
/// [`Transport::send`](crate::Transport::send) sends it.
pub trait Request: Clone + fmt::Debug + Send + Sync + 'static {
    /// What a successful response is read as.
    type Reply: Send + 'static;
    /// How a successful response is read: [`Json`] or [`Empty`].
    type Kind: ReplyKind<Self::Reply>;
    /// How the operation is sent.
    const OPERATION: &'static OperationInfo;

    /// Builds the HTTP request, without credentials.
    ///
    /// # Errors
    /// An id that can't be part of a path, or a value that can't be sent in a header.
    fn build(&self, base_url: &str, http: &reqwest::Client) -> Result<reqwest::Request, BuildError>;
}

/// A request whose path contains one id of a kind, which can be replaced.
pub trait PathId<T> {
    /// The id in the path.
    fn path_id_mut(&mut self) -> &mut T;
}

/// How a successful response is read.
pub trait ReplyKind<T> {
    /// Reads a value out of the received bytes.
    ///
    /// # Errors
    /// When the body isn't a `T`. The caller describes the difference, since only it knows what must not be shown.
    fn decode(status: StatusCode, body: &Bytes) -> Result<T, Undecodable>;

    /// Describes how a body that can't be read differs from `T`.
    fn explain(body: &Bytes) -> Error;
}

/// The body can't be read as what the operation returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Undecodable;

/// The response has a JSON body.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Json;

impl<T: DeserializeOwned> ReplyKind<T> for Json {
    fn decode(status: StatusCode, body: &Bytes) -> Result<T, Undecodable> {
        // A response without content (204) is read as an object without fields.
        let json: &[u8] = if body.is_empty() && status == StatusCode::NO_CONTENT {
            b"{}"
        } else {
            body
        };
        serde_json::from_slice(json).map_err(|_| Undecodable)
    }

    fn explain(body: &Bytes) -> Error {
        Error::undecodable::<T>(body)
    }
}

/// The body of the response is ignored.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Empty;

impl ReplyKind<()> for Empty {
    fn decode(_: StatusCode, _: &Bytes) -> Result<(), Undecodable> {
        Ok(())
    }

    fn explain(body: &Bytes) -> Error {
        Error::undecodable::<()>(body)
    }
}

/// Why a request could not be built.
///
/// Generated code can meet several types of errors; all of them convert into this one.
#[derive(Debug)]
pub struct BuildError(Error);

impl From<BuildError> for Error {
    fn from(problem: BuildError) -> Self {
        problem.0
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
