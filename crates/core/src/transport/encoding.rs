//! Decodes compressed bodies. This SDK doesn't ask for them, but proxies compress unasked.

use std::io::Read as _;

use bytes::Bytes;
use flate2::read::MultiGzDecoder;
use http::HeaderMap;
use http::header::CONTENT_ENCODING;

use super::attempt::{Incomplete, too_large, unreadable};
use super::shared::MAX_BODY;

/// Returns the body without its encoding. The limit of a body's size is one of the decoded bytes.
pub(super) fn decoded(headers: &HeaderMap, body: Bytes) -> Result<Bytes, Incomplete> {
    let Some(encoding) = headers.get(CONTENT_ENCODING) else {
        return Ok(body);
    };
    let encoding = encoding.to_str().unwrap_or_default().trim().to_ascii_lowercase();
    match encoding.as_str() {
        "identity" | "" => Ok(body),
        // A response without a body may have the header too.
        _ if body.is_empty() => Ok(body),
        "gzip" | "x-gzip" => gunzip(&body),
        _ => {
            let message = "the body of the response has an encoding that this client did not ask for and can't read: a proxy \
                           may have added it (only gzip is read)";
            Err(unreadable(message))
        }
    }
}

fn gunzip(body: &[u8]) -> Result<Bytes, Incomplete> {
    let mut decoded = Vec::new();
    let limit = u64::try_from(MAX_BODY).unwrap_or(u64::MAX).saturating_add(1);
    match MultiGzDecoder::new(body).take(limit).read_to_end(&mut decoded) {
        Ok(_) if decoded.len() > MAX_BODY => Err(too_large()),
        Ok(_) => Ok(decoded.into()),
        Err(_) => Err(unreadable(
            "the body of the response is not the gzip that its header says",
        )),
    }
}
