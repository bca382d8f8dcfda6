//! The sorts of failure.

use http::StatusCode;

/// What sort of failure an [`Error`](crate::Error) is.
///
/// The predicates of [`Error`](crate::Error) answer most questions; match on this only to group failures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A setting or an environment variable is missing or malformed. Nothing was sent.
    Configuration,
    /// An argument can't be sent as it stands. Nothing was sent.
    InvalidInput,
    /// No connection stood (name lookup, TCP, TLS). Nothing was sent.
    Connect,
    /// An attempt or the whole call ran out of time.
    Timeout,
    /// The connection broke after the request was sent, or the reply's body did.
    Transport,
    /// The credentials were refused (401).
    Authentication,
    /// The credentials are good, but don't allow this (403).
    Permission,
    /// The thing, or the account, doesn't exist (404).
    NotFound,
    /// Something else has this name, or the state forbids the change (409).
    Conflict,
    /// Too many requests (420, 429).
    RateLimited,
    /// The service refused the request for another reason: any other 4xx, a redirect, or a refusal under status 200.
    Rejected,
    /// The service failed (408 and 5xx).
    Server,
    /// The reply was successful, but isn't what the document says.
    Decode,
    /// A list can't be read to its end.
    Paging,
    /// A blocking call was made where blocking isn't allowed.
    Blocking,
}

impl ErrorKind {
    /// The sort of failure that a status stands for.
    #[must_use]
    pub fn of_status(status: StatusCode) -> Self {
        match status.as_u16() {
            401 => Self::Authentication,
            403 => Self::Permission,
            404 => Self::NotFound,
            409 => Self::Conflict,
            420 | 429 => Self::RateLimited,
            408 | 500..=599 => Self::Server,
            _ => Self::Rejected,
        }
    }
}
