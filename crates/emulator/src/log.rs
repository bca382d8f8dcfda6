//! The log of requests.

use std::collections::VecDeque;
use std::fmt;

use chrono::{DateTime, Utc};
use http::{HeaderMap, Method};
use serde::{Serialize, Serializer};

use crate::fault::FaultId;
use crate::input::pairs;
use crate::quirk::Quirk;

/// Headers that contain credentials.
const SECRET_HEADERS: &[&str] = &[
    "authorization",
    "cookie",
    "proxy-authorization",
    "x-auth-email",
    "x-auth-key",
    "x-auth-user-service-key",
    "x-license-token",
];

/// A recorded request and its outcome.
#[derive(Clone, Serialize)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// The operation's id in the vendor's document; `None` when no operation has the path (status
    /// 501) or its method (status 405).
    pub operation: Option<String>,
    /// The method, in upper case.
    pub method: String,
    /// The path as sent, not decoded.
    pub path: String,
    /// The query as sent, without the question mark; `None` when the URL has none.
    pub query: Option<String>,
    /// The headers in order, with names in lower case. Credentials are redacted.
    pub headers: Vec<(String, String)>,
    /// The body as sent. `Debug` shows only its length.
    #[serde(serialize_with = "as_text")]
    pub body: Vec<u8>,
    /// The status of the response; 0 when the connection was reset, the client disconnected, or the response is
    /// pending.
    pub status: u16,
    /// When the request arrived, by the emulator's clock.
    pub at: DateTime<Utc>,
    /// Whether the credentials were accepted. False for operations that need none.
    pub authenticated: bool,
    /// Whether the operation was carried out. The change was then made even if no response arrived.
    pub applied: bool,
    /// The quirks whose undocumented request form was used; empty for a request in the documented form.
    pub coerced: Vec<Quirk>,
    /// The query parameters and top-level body fields that are not documented, such as `query status` and `body
    /// enabled`. Those that [`coerced`](Self::coerced) does not explain are ignored.
    pub undocumented: Vec<String>,
    /// The fault that determined the response, except latency.
    pub fault: Option<FaultId>,
}

impl RecordedRequest {
    /// Returns the body as JSON; `None` when it is empty or not JSON.
    pub fn json(&self) -> Option<serde_json::Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// Returns the decoded names and values of the query, in the order they were sent.
    pub fn query_pairs(&self) -> Vec<(String, String)> {
        pairs(self.query.as_deref())
    }

    /// Returns the first value of a header. The name is not case-sensitive.
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

/// The most recent requests, oldest first.
#[derive(Debug)]
pub(crate) struct Log {
    requests: VecDeque<RecordedRequest>,
    /// The number of the oldest request that is kept.
    first: u64,
    limit: usize,
}

/// Identifies a request in the log.
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

    /// Finds an entry, unless it was cleared or dropped in the meantime.
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

/// Redacts the value of a header that contains credentials. The scheme of an authorization is kept.
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
