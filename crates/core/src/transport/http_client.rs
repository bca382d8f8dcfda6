//! The HTTP client under a transport.

use crate::error::MakeError as _;
use crate::{Error, ErrorKind, Timeouts};

/// Finishes an HTTP client: what the caller set stays, but redirects and retries are switched off and the connect
/// limit set, since this SDK answers for those.
///
/// # Errors
/// [`ErrorKind::Configuration`] when the client can't be made, such as for roots or proxies that can't be read.
pub fn http_client(builder: reqwest::ClientBuilder, timeouts: Timeouts) -> Result<reqwest::Client, Error> {
    builder
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .connect_timeout(timeouts.connect())
        .build()
        .map_err(|cause| {
            Error::new(
                ErrorKind::Configuration,
                "the HTTP client can't be made: check the proxy, roots and TLS settings",
            )
            .with_source(cause.without_url())
        })
}
