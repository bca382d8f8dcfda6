//! What an emulated API is to the server: a document, credentials, handlers and the form of its errors.

use chrono::{DateTime, Utc};
use http::{HeaderMap, HeaderName, StatusCode};
use serde_json::{Map, Value};

use crate::{
    coerce::Coercion, document::Operation, input::Input, paging::Paging, quirk::Quirks, random::Random,
    rate_limit::Standing, refusal::Refusal, state::State,
};

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
    ) -> Result<Option<String>, Refusal>;

    /// The forms beyond the document that this API's clients send.
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
    pub(crate) random: &'a mut Random,
    pub(crate) quirks: &'a Quirks,
    pub(crate) paging: Paging,
}
