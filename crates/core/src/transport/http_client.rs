//! The HTTP client of a transport.

use super::connecting::NoteConnecting;
use crate::error::MakeError as _;
use crate::{Error, ErrorKind, Timeouts};

/// Builds an HTTP client. The caller's settings are kept, except for redirects, retries and the connect timeout, which this
/// SDK controls.
///
/// # Errors
/// [`ErrorKind::Configuration`] when the client can't be made, for example because of invalid root certificates or proxies.
pub fn http_client(builder: reqwest::ClientBuilder, timeouts: Timeouts) -> Result<reqwest::Client, Error> {
    builder
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .connect_timeout(timeouts.connect())
        .connector_layer(NoteConnecting)
        .build()
        .map_err(|cause| {
            Error::new(
                ErrorKind::Configuration,
                "the HTTP client can't be made: check the settings for proxy, root certificates and TLS",
            )
            .with_source(cause.without_url())
        })
}
