//! Headers that requests have of themselves.

use http::{HeaderMap, HeaderName};

use crate::error::MakeError as _;
use crate::{Error, Result};

/// Headers that no caller sets: credentials for somebody else, the length and form of the body, the form of the response,
/// and what belongs to the connection.
const OWN_HEADERS: [&str; 23] = [
    "accept",
    "accept-encoding",
    "authorization",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "expect",
    "host",
    "http2-settings",
    "if-modified-since",
    "if-none-match",
    "if-range",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "range",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "www-authenticate",
];

/// Refuses a header that requests have of themselves: credentials, the length and form of the body, the form of the
/// response, and what belongs to the connection.
///
/// # Errors
/// An [input error](crate::ErrorKind::InvalidInput) that names the header.
pub fn check_header_name(name: &HeaderName) -> Result<()> {
    if OWN_HEADERS.contains(&name.as_str()) {
        let message = format!("header `{name}` is set by the client itself: leave it out");
        return Err(Error::invalid_input(message));
    }
    Ok(())
}

/// Refuses headers of which one is such a header.
pub(crate) fn check_headers(headers: &HeaderMap) -> Result<()> {
    headers.keys().try_for_each(check_header_name)
}

/// Adds headers with all their values, in place of those that have the same name.
pub(super) fn add_headers(headers: &mut HeaderMap, added: &HeaderMap) {
    let mut before = None;
    // The values of a name follow each other.
    for (name, value) in added {
        if before.replace(name) == Some(name) {
            headers.append(name, value.clone());
        } else {
            headers.insert(name, value.clone());
        }
    }
}
