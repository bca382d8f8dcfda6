//! Reads out of an error whether the request was sent, and what is wrong with the connection.

use std::error::Error as StdError;
use std::io;

use url::Url;

use crate::Failure;

/// What went wrong while a connection was made, with the host and the port.
///
/// The TLS libraries and the resolver have no public error types in common, so the text of a cause decides.
pub(super) fn no_connection(cause: &reqwest::Error, timed_out: bool, url: &Url) -> (Failure, String) {
    let place = place(url);
    let says = |words: &[&str]| {
        causes(cause).any(|cause| {
            let text = cause.to_string();
            words.iter().any(|word| text.contains(word))
        })
    };
    let is_io = |kind: io::ErrorKind| {
        let mut io = causes(cause).filter_map(|cause| cause.downcast_ref::<io::Error>());
        io.any(|io| io.kind() == kind)
    };
    if says(&["certificate", "CERTIFICATE"]) {
        let message = format!(
            "the TLS certificate of {place} is not trusted: check the host, the clock, and the root certificates of this \
             client"
        );
        return (Failure::Untrusted, message);
    }
    if says(&["InvalidContentType", "wrong version number", "packet length too long"]) {
        let message = format!("{place} does not speak TLS: check the port, or whether the base URL starts with http");
        return (Failure::Untrusted, message);
    }
    let message = if timed_out {
        format!("no connection to {place} could be made in time: check the host, the network and the proxy")
    } else if says(&["dns error", "failed to lookup address"]) {
        format!("the host name of {place} was not found: check the host, the network and the proxy")
    } else if is_io(io::ErrorKind::ConnectionRefused) {
        format!("{place} refused the connection: check the host, the port and the proxy")
    } else {
        format!("no connection to {place} could be made: check the host, the network and the proxy")
    };
    (Failure::NotSent, message)
}

/// What went wrong with a connection after the request was sent.
pub(super) fn broken(cause: &reqwest::Error, url: &Url) -> String {
    let is_other_protocol = causes(cause).any(|cause| cause.to_string().contains("invalid HTTP"));
    match (is_other_protocol, url.scheme()) {
        (true, "http") => format!(
            "{} does not answer in HTTP: check the port, or whether the base URL starts with https",
            place(url)
        ),
        (true, _) => format!("{} does not answer in HTTP: check the host and the port", place(url)),
        _ => format!("the connection to {} broke after the request was sent", place(url)),
    }
}

/// Whether the server refused the stream of the request: it did nothing with it (RFC 9113, section 8.7).
#[cfg(feature = "http2")]
pub(super) fn is_refused_stream(cause: &reqwest::Error) -> bool {
    let mut h2 = causes(cause).filter_map(|cause| cause.downcast_ref::<h2::Error>());
    h2.any(|error| error.is_remote() && error.reason() == Some(h2::Reason::REFUSED_STREAM))
}

/// Why a server closed an HTTP/2 connection, without the text that it may send along (RFC 9113, section 6.8).
#[derive(Debug, thiserror::Error)]
#[error("the server closed the connection: {0}")]
pub(super) struct Closing(String);

#[cfg(feature = "http2")]
pub(super) fn closing(cause: &reqwest::Error) -> Option<Closing> {
    let mut h2 = causes(cause).filter_map(|cause| cause.downcast_ref::<h2::Error>());
    let reason = h2.find(|error| error.is_go_away())?.reason()?;
    Some(Closing(reason.to_string()))
}

#[cfg(not(feature = "http2"))]
pub(super) fn closing(_: &reqwest::Error) -> Option<Closing> {
    None
}

#[cfg(not(feature = "http2"))]
pub(super) fn is_refused_stream(_: &reqwest::Error) -> bool {
    false
}

fn place(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port_or_known_default() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

/// The causes of an error, from the outermost to the innermost.
fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn StdError + 'static)> {
    std::iter::successors(error.source(), |cause| next(*cause))
}

fn next<'a>(cause: &'a (dyn StdError + 'static)) -> Option<&'a (dyn StdError + 'static)> {
    // An I/O error leaves what it wraps out of its sources.
    match cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(inner) => Some(inner),
        None => cause.source(),
    }
}
