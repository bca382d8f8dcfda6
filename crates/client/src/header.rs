//! Headers that users add.

use account_provisioning_core::{Error, MakeError as _, Result, check_header_name};
use http::{HeaderName, HeaderValue};

/// The vendors' own headers for credentials: a stray token must not go along with a login.
const CREDENTIALS: [&str; 5] = [
    "x-auth-email",
    "x-auth-key",
    "x-auth-user-service-key",
    "x-license-module",
    "x-license-token",
];

/// Reads one header of a user's, and refuses what isn't one.
pub(crate) fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue)> {
    // What follows the name by mistake may be a value, and a secret.
    let shown: String = name
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == '_')
        .take(40)
        .collect();
    let name: HeaderName = name.parse().map_err(|_| {
        Error::invalid_input(format!(
            "header name `{shown}`: use letters, digits and hyphens, as in `x-team`"
        ))
    })?;
    check_header_name(&name)?;
    if CREDENTIALS.contains(&name.as_str()) {
        return Err(Error::invalid_input(format!(
            "header `{name}` is set by the client itself: leave it out"
        )));
    }
    let mut value: HeaderValue = value.parse().map_err(|_| {
        Error::invalid_input(format!(
            "header `{name}`: its value contains control characters; send visible text"
        ))
    })?;
    value.set_sensitive(true);
    Ok((name, value))
}
