//! What was asked and what was answered.

use std::collections::VecDeque;
use std::fmt;

use chrono::{DateTime, Utc};
use http::{HeaderMap, Method};
use serde::{Serialize, Serializer};

use crate::fault::FaultId;
use crate::input::pairs;
use crate::quirk::Quirk;

/// Headers whose values are credentials.
const SECRET_HEADERS: &[&str] = &[
    "authorization",
    "cookie",
    "proxy-authorization",
    "x-auth-email",
    "x-auth-key",
    "x-auth-user-service-key",
    "x-license-token",
];

/// One request as it came in, and what became of it.
#[derive(Clone, Serialize)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// The operation's id in the vendor's document; `None` for a method and path that no operation has (answered 501).
    pub operation: Option<String>,
    /// The method, in upper case.
    pub method: String,
    /// The path as sent, not decoded.
    pub path: String,
    /// The query as sent, without the question mark; `None` when the URL has no question mark.
    pub query: Option<String>,
    /// The headers in order, names in lower case; the values of those that carry credentials are redacted.
    pub headers: Vec<(String, String)>,
    /// The body as sent. Debug shows its length only.
    #[serde(serialize_with = "as_text")]
    pub body: Vec<u8>,
    /// The status answered; 0 when the connection was cut, the client left, or the answer is still to come.
    pub status: u16,
    /// When the request came in, by the emulator's clock.
    pub at: DateTime<Utc>,
    /// Whether its credentials were accepted; false as well where none are asked for.
    pub authenticated: bool,
    /// Whether the operation was carried out, so that a change was made even if no answer arrived.
    pub applied: bool,
    /// The forms beyond the document that had to be understood; empty for a request in the document's own form.
    pub coerced: Vec<Quirk>,
    /// The query parameters and the fields at the top of the body that the document does not know, such as `query status`
    /// and `body enabled`. Beyond what [`coerced`](Self::coerced) names they are ignored.
    pub undocumented: Vec<String>,
    /// The fault that decided the answer, latency aside.
    pub fault: Option<FaultId>,
}

impl RecordedRequest {
    /// Returns the body as JSON; `None` when it is empty or not JSON.
    pub fn json(&self) -> Option<serde_json::Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// Returns the query's names and values, decoded, in the order they were sent.
    pub fn query_pairs(&self) -> Vec<(String, String)> {
        pairs(self.query.as_deref())
    }

    /// Returns the first value of a header, whose name is compared without regard to case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

impl fmt::Debug for RecordedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            operation,
            method,
            path,
            query,
            headers,
            body,
            status,
            at,
            authenticated,
            applied,
            coerced,
            undocumented,
            fault,
        } = self;
        f.debug_struct("RecordedRequest")
            .field("operation", operation)
            .field("method", method)
            .field("path", path)
            .field("query", query)
            .field("headers", headers)
            .field("body", &format_args!("{} bytes", body.len()))
            .field("status", status)
            .field("at", at)
            .field("authenticated", authenticated)
            .field("applied", applied)
            .field("coerced", coerced)
            .field("undocumented", undocumented)
            .field("fault", fault)
            .finish()
    }
}

fn as_text<S: Serializer>(body: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&String::from_utf8_lossy(body))
}

/// The last requests, oldest first.
#[derive(Debug)]
pub(crate) struct Log {
    requests: VecDeque<RecordedRequest>,
    /// The number of the first request kept.
    first: u64,
    limit: usize,
}

/// The number of a request in the log.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EntryId(u64);

impl Log {
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            requests: VecDeque::new(),
            first: 0,
            limit,
        }
    }

    pub(crate) fn open(
        &mut self,
        at: DateTime<Utc>,
        method: &Method,
        uri: &http::Uri,
        headers: &HeaderMap,
        body: &[u8],
    ) -> EntryId {
        self.requests.push_back(RecordedRequest {
            operation: None,
            method: method.to_string(),
            path: uri.path().to_owned(),
            query: uri.query().map(str::to_owned),
            headers: headers
                .iter()
                .map(|(name, value)| (name.to_string(), redact(name.as_str(), value.as_bytes())))
                .collect(),
            body: body.to_vec(),
            status: 0,
            at,
            authenticated: false,
            applied: false,
            coerced: Vec::new(),
            undocumented: Vec::new(),
            fault: None,
        });
        if self.requests.len() > self.limit {
            self.requests.pop_front();
            self.first += 1;
        }
        EntryId(self.first + self.requests.len() as u64 - 1)
    }

    /// The entry of a ticket, unless it was cleared or pushed out in the meantime.
    pub(crate) fn entry(&mut self, entry_id: EntryId) -> Option<&mut RecordedRequest> {
        let place = entry_id.0.checked_sub(self.first)?;
        self.requests.get_mut(usize::try_from(place).ok()?)
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &RecordedRequest> {
        self.requests.iter()
    }

    pub(crate) fn clear(&mut self) {
        self.first += self.requests.len() as u64;
        self.requests.clear();
    }
}

/// A header's value without what is secret in it: of an authorization the scheme stays.
fn redact(name: &str, value: &[u8]) -> String {
    let value = String::from_utf8_lossy(value);
    if !SECRET_HEADERS.contains(&name) {
        return value.into_owned();
    }
    match value.split_once(' ') {
        Some((scheme, _)) if name.ends_with("authorization") => format!("{scheme} [redacted]"),
        _ => "[redacted]".to_owned(),
    }
}
