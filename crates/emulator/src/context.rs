//! The request data that authentication and handlers work with.

use chrono::{DateTime, Utc};
use http::HeaderMap;
use serde_json::{Map, Value};

use crate::document::Operation;
use crate::input::Input;
use crate::paging::Paging;
use crate::quirk::Quirks;
use crate::random::Random;
use crate::refusal::Refusal;
use crate::rows::{List, Rows};

/// Carries out an operation and returns the body of the successful response.
pub(crate) type Handler<S> = fn(&mut RequestContext<'_, S>) -> Result<Value, Refusal>;

/// Operation ids and their handlers.
pub(crate) type Handlers<S> = &'static [(&'static str, Handler<S>)];

/// One request, and the state that it reads and changes. `S` is the vendor's part of the state.
#[derive(Debug)]
pub(crate) struct RequestContext<'a, S> {
    pub(crate) operation: &'static Operation,
    pub(crate) input: &'a Input,
    pub(crate) caller: &'a Caller,
    pub(crate) state: &'a mut S,
    /// The time in whole seconds.
    pub(crate) now: DateTime<Utc>,
    /// The time with its fraction of a second.
    pub(crate) exact_now: DateTime<Utc>,
    pub(crate) random: &'a mut Random,
    pub(crate) quirks: &'a Quirks,
    pub(crate) paging: Paging,
    /// The rows of the body, if the handler makes it of rows.
    pub(crate) rows: &'a mut Option<Rows>,
}

impl<'a, S> RequestContext<'a, S> {
    /// Narrows the state to a part of it.
    pub(crate) fn with_part<T>(self, part: fn(&mut S) -> &mut T) -> RequestContext<'a, T> {
        RequestContext {
            operation: self.operation,
            input: self.input,
            caller: self.caller,
            state: part(self.state),
            now: self.now,
            exact_now: self.exact_now,
            random: self.random,
            quirks: self.quirks,
            paging: self.paging,
            rows: self.rows,
        }
    }

    /// Returns the body of a list.
    pub(crate) fn list(&mut self, list: List) -> Value {
        let (body, rows) = list.into_parts();
        *self.rows = Some(rows);
        body
    }
}

/// Returns an object with one field. Unlike `json!`, it does not copy the value.
pub(crate) fn with_field(name: &str, value: impl Into<Value>) -> Value {
    Map::from_iter([(name.to_owned(), value.into())]).into()
}

/// Who sent a request, and parts of it that only some APIs use.
#[derive(Debug)]
pub(crate) struct Caller {
    /// The name that authentication returned.
    pub(crate) identity: Option<String>,
    /// The path and query as sent.
    pub(crate) uri: String,
    pub(crate) user_agent: Option<String>,
    pub(crate) headers: HeaderMap,
    /// The id that the response carries.
    pub(crate) request_id: String,
}

/// The parts of a request that authentication uses.
pub(crate) struct AuthRequest<'a> {
    pub(crate) operation: &'a Operation,
    pub(crate) headers: &'a HeaderMap,
    /// The path parameters.
    pub(crate) path: &'a [(&'a str, String)],
    pub(crate) now: DateTime<Utc>,
}
