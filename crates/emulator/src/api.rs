//! The description of an emulated API that the server works with.
//!
//! Each vendor describes its API in one [`Api`] value. What depends on the vendor's part of the state goes through one
//! [`Adapter`], so that the server works with every API in the same way.

use http::{HeaderName, StatusCode};
use serde_json::{Map, Value};

use crate::coerce::Coercion;
use crate::context::{AuthRequest, Handler, Handlers, RequestContext};
use crate::document::{Document, Operation};
use crate::paging::PageSizes;
use crate::quirk::Quirks;
use crate::random::Random;
use crate::rate_limit::RateStatus;
use crate::refusal::Refusal;
use crate::state::State;

/// An emulated API, as the server sees it.
pub(crate) struct Api {
    /// The name, for messages.
    pub(crate) name: &'static str,
    pub(crate) document: &'static Document,
    /// The undocumented request forms that this API's clients use, in the order they are tried.
    pub(crate) coercions: &'static [Coercion],
    /// The page sizes when neither the request nor the builder sets one.
    pub(crate) page_sizes: PageSizes,
    pub(crate) service: &'static dyn Service,
    /// Makes the body of an operation's error.
    pub(crate) error_body: fn(&Operation, StatusCode, &str, &Map<String, Value>) -> Value,
    /// Changes a response as the quirks require, after it was checked against the document.
    pub(crate) apply_quirks: fn(&Quirks, &mut StatusCode, &mut Option<Value>),
    /// Writes the cursor of the next page into the body of a page.
    pub(crate) set_cursor: fn(&mut Value, &str),
    /// Returns the header that identifies a response, and its value.
    pub(crate) request_id: fn(&mut Random) -> (HeaderName, String),
    pub(crate) rate: RateResponse,
}

/// How an API responds when requests are limited.
pub(crate) struct RateResponse {
    /// The status past the limit, unless the limit sets one.
    pub(crate) status: StatusCode,
    /// The headers that describe the limit; every response carries them.
    pub(crate) headers: fn(&RateStatus) -> Vec<(HeaderName, String)>,
    /// The error message past the limit.
    pub(crate) message: fn(&RateStatus) -> String,
}

/// The part of an API that reads and changes the state; [`Adapter`] implements it for every vendor.
pub(crate) trait Service: Sync {
    /// Returns who sends the request, by the name under which the rate limit counts them; `None` for an operation that
    /// needs no credentials.
    fn authenticate(&self, request: &AuthRequest<'_>, state: &mut State) -> Result<Option<String>, Refusal>;

    /// Carries out an operation and returns the body of the successful response.
    fn handle(&self, context: RequestContext<'_, State>) -> Result<Value, Refusal>;
}

/// Turns a vendor's functions into a [`Service`]. `S` is the vendor's part of the state.
pub(crate) struct Adapter<S: 'static> {
    /// Returns the vendor's part of the state.
    pub(crate) part: fn(&mut State) -> &mut S,
    pub(crate) authenticate: fn(&AuthRequest<'_>, &S) -> Result<Option<String>, Refusal>,
    /// The handlers of all operations.
    pub(crate) handlers: &'static [Handlers<S>],
    /// Calls a handler, with whatever the API does around every operation.
    pub(crate) run: fn(Handler<S>, &mut RequestContext<'_, S>) -> Result<Value, Refusal>,
}

impl<S> Service for Adapter<S> {
    fn authenticate(&self, request: &AuthRequest<'_>, state: &mut State) -> Result<Option<String>, Refusal> {
        (self.authenticate)(request, (self.part)(state))
    }

    fn handle(&self, context: RequestContext<'_, State>) -> Result<Value, Refusal> {
        let id = context.operation.id.as_str();
        let handler = self.handlers.iter().copied().flatten().find(|(known, _)| *known == id);
        let Some((_, handler)) = handler else {
            return Err(Refusal::no_handler(id));
        };
        (self.run)(*handler, &mut context.with_part(self.part))
    }
}

/// Returns the header that identifies a response, for a vendor that does not define one.
pub(crate) fn x_request_id(random: &mut Random) -> (HeaderName, String) {
    (HeaderName::from_static("x-request-id"), random.request_id())
}
