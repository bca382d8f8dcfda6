//! Which of several media types is sent or read: JSON, if it is one of them.

use serde_json::{Map, Value};

use crate::canonical;

/// The media type that the generated code writes and reads.
pub(crate) const JSON: &str = "application/json";
/// The other media type that a request can be written in.
pub(crate) const FORM: &str = "application/x-www-form-urlencoded";

/// The media type without its parameters, in lower case.
pub(crate) fn essence(media: &str) -> String {
    media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// The media type of a request body that is sent, as the document writes it.
pub(crate) fn sent(content: &Map<String, Value>) -> Option<&String> {
    best(content, |media| match media {
        JSON => Some(0),
        _ if media.ends_with("+json") => Some(1),
        FORM => Some(2),
        _ => None,
    })
}

/// The media type of a response that is read, as the document writes it. A range such as `*/*` contains JSON.
pub(crate) fn read(content: &Map<String, Value>) -> Option<&String> {
    best(content, |media| match media {
        JSON => Some(0),
        _ if media.ends_with("+json") => Some(1),
        "*/*" | "application/*" => Some(2),
        _ => None,
    })
}

fn best(content: &Map<String, Value>, rank: impl Fn(&str) -> Option<u8>) -> Option<&String> {
    canonical::sorted_keys(content)
        .into_iter()
        .filter_map(|media| Some((rank(&essence(media))?, media)))
        .min()
        .map(|(_, media)| media)
}
