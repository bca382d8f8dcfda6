//! Response bodies: complete, slow, or cut off.

use std::io;
use std::time::Duration;

use bytes::Bytes;
use futures::stream;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Full, StreamBody};
use hyper::body::Frame;

/// The body of any response.
pub(crate) type Body = UnsyncBoxBody<Bytes, io::Error>;

/// The number of parts of a slow body.
const PARTS: usize = 8;

/// Gives the client time to receive the sent part before the connection ends.
const DELIVERY: Duration = Duration::from_millis(20);

pub(crate) fn full(bytes: Bytes) -> Body {
    Full::new(bytes).map_err(|never| match never {}).boxed_unsync()
}

/// Sends the body in parts, with a wait before each.
pub(crate) fn slow(bytes: Bytes, wait: Duration) -> Body {
    let size = bytes.len().div_ceil(PARTS).max(1);
    let parts = stream::unfold(bytes, move |mut rest| async move {
        if rest.is_empty() {
            return None;
        }
        tokio::time::sleep(wait).await;
        let part = rest.split_to(size.min(rest.len()));
        Some((Ok(Frame::data(part)), rest))
    });
    StreamBody::new(parts).boxed_unsync()
}

/// Sends the first half, then ends the connection.
pub(crate) fn broken(mut bytes: Bytes) -> Body {
    bytes.truncate(bytes.len() / 2);
    let parts = stream::unfold(Some(bytes), |first| async move {
        match first {
            Some(half) => Some((Ok(Frame::data(half)), None)),
            None => {
                tokio::time::sleep(DELIVERY).await;
                Some((Err(io::Error::other("reset by a fault")), None))
            }
        }
    });
    StreamBody::new(parts).boxed_unsync()
}
