//! The kinds of errors.

use http::StatusCode;

/// What kind of failure an [`Error`](crate::Error) is.
///
/// The predicates of [`Error`](crate::Error) are usually easier to use; match on the kind to group errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A setting or an environment variable is missing or malformed. Nothing was sent.
    Configuration,
    /// An argument is invalid. Nothing was sent.
    InvalidInput,
    /// No connection could be made (name lookup, TCP, TLS), so nothing was sent; or an HTTP/2 server refused the request
    /// before it read it.
    Connect,
    /// An attempt or the whole call ran out of time.
    Timeout,
    /// The connection broke after the request was sent, or the response was incomplete.
    Transport,
    /// The credentials were refused (401).
    Authentication,
    /// The credentials are valid, but don't allow the operation (403).
    Permission,
    /// The requested resource or the account doesn't exist (404).
    NotFound,
    /// The change conflicts with the current state, for example because the name is taken (409).
    Conflict,
    /// An update found another value than the one that the caller had read. Nothing was changed.
    Changed,
    /// Several things match where one was looked for. [`Error::candidates`](crate::Error::candidates) has their ids.
    Ambiguous,
    /// Too many requests were sent (420, 429).
    RateLimited,
    /// The service refused the request for another reason: any other 4xx, or an error in a response with status 2xx.
    Rejected,
    /// Something other than the service answered: a sign-in page, a proxy, a firewall, or the server of a wrong base URL.
    /// See [`Error::is_foreign`](crate::Error::is_foreign).
    Foreign,
    /// The service, or something in front of it, failed (408 and 5xx).
    Server,
    /// The response was successful, but doesn't have the documented form.
    Decode,
    /// A list can't be read to its end.
    Paging,
    /// A blocking call was made where blocking isn't allowed.
    Blocking,
    /// The [provider](crate::auth::ProvideCredentials) of the credentials has none. Nothing was sent.
    Credentials,
    /// A [hook](crate::hook::Hook) refused the attempt, so it was not sent.
    Refused,
}

impl ErrorKind {
    /// The kind of failure that a status means.
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
