//! What an emulated API is to the server: a document, credentials, handlers and the form of its errors.

use chrono::{DateTime, Utc};
use http::{HeaderMap, HeaderName, StatusCode};
use serde_json::{Map, Value};

use crate::coerce::Coercion;
use crate::document::Operation;
use crate::input::Input;
use crate::paging::{PageSizes, Paging};
use crate::quirk::Quirks;
use crate::random::Random;
use crate::rate_limit::Standing;
use crate::refusal::Refusal;
use crate::state::State;

/// An emulated API.
pub(crate) trait Api: Sync {
    /// The name, for messages.
    fn name(&self) -> &'static str;

    /// The operations of its document; read once per process.
    fn operations(&self) -> Result<&'static [Operation], &'static str>;

    /// Tells who asks, as the vendor's rate limit counts them, or why they may not; `None` where nobody is asked who they
    /// are.
    fn authenticate(
        &self,
        operation: &Operation,
        state: &State,
        headers: &HeaderMap,
        path: &[(&str, String)],
        now: DateTime<Utc>,
    ) -> Result<Option<String>, Refusal>;

    /// The forms beyond the document that this API's clients send, in the order they are tried.
    fn coercions(&self) -> &'static [Coercion];

    /// Carries out an operation; the value is the body of its success, where the document has one.
    fn handle(
        &self,
        operation: &Operation,
        input: &Input,
        state: &mut State,
        world: &mut Surroundings<'_>,
    ) -> Result<Value, Refusal>;

    /// The body of an operation's error.
    fn error_body(
        &self,
        operation: &Operation,
        status: StatusCode,
        message: &str,
        details: &Map<String, Value>,
    ) -> Value;

    /// Departs from the document after an answer was checked against it, where a quirk says so.
    fn bend(&self, _operation: &Operation, _quirks: &Quirks, _status: &mut StatusCode, _body: &mut Option<Value>) {}

    /// Writes the cursor of the next page into the body of a page.
    fn set_cursor(&self, body: &mut Value, cursor: &str);

    /// How long pages are when neither the request nor the builder says so.
    fn page_sizes(&self) -> PageSizes;

    /// The header that numbers the answers, and the number of the next.
    fn request_id(&self, random: &mut Random) -> (HeaderName, String) {
        (HeaderName::from_static("x-request-id"), random.request_id())
    }

    /// The status of an answer past the rate limit, unless the limit itself has one.
    fn rate_status(&self) -> StatusCode {
        StatusCode::TOO_MANY_REQUESTS
    }

    /// The headers that tell of the rate limit.
    fn rate_headers(&self, standing: &Standing) -> Vec<(HeaderName, String)>;

    /// The sentence of an answer past the rate limit.
    fn rate_message(&self, standing: &Standing) -> String;
}

/// What a handler sees beside the state and the request.
#[derive(Debug)]
pub(crate) struct Surroundings<'a> {
    /// The time in whole seconds.
    pub(crate) now: DateTime<Utc>,
    /// The time as it is.
    pub(crate) instant: DateTime<Utc>,
    pub(crate) caller: &'a Caller,
    pub(crate) random: &'a mut Random,
    pub(crate) quirks: &'a Quirks,
    pub(crate) paging: Paging,
}

/// Who asks, and in what words.
#[derive(Debug)]
pub(crate) struct Caller {
    /// What [`Api::authenticate`] said.
    pub(crate) who: Option<String>,
    /// The path and query as sent.
    pub(crate) uri: String,
    pub(crate) user_agent: Option<String>,
    pub(crate) headers: HeaderMap,
    /// The number that the answer carries.
    pub(crate) request_id: String,
}

/// Holds the ids of a table against the operations of an API's document that `is` lets through: each once, no other.
#[cfg(test)]
pub(crate) fn assert_covers<'a>(api: &dyn Api, is: impl Fn(&Operation) -> bool, table: impl Iterator<Item = &'a str>) {
    let operations = api.operations().unwrap_or_default().iter();
    let mut documented: Vec<&str> = operations.filter(|one| is(one)).map(|one| one.id.as_str()).collect();
    documented.sort_unstable();
    let mut listed: Vec<&str> = table.collect();
    listed.sort_unstable();
    assert_eq!(listed, documented);
    assert!(!listed.is_empty());
}
