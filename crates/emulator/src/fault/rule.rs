//! A fault, and the calls it applies to.

use std::time::Duration;

use http::{HeaderName, HeaderValue};
use serde::Serialize;
use serde_json::json;

use crate::error::RuleError;

/// The id of an injected fault, unique within its emulator until a reset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct FaultId(pub(crate) u64);

/// What a fault does.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Effect {
    Response(InjectedResponse),
    Latency(Duration),
    ResetBefore,
    ResetAfter,
    ResetInBody,
    Truncated,
    SlowBody(Duration),
    Malformed,
    StaleConnection,
    IgnoredPage,
    RepeatedPage,
    RepeatedCursor,
    CursorCycle,
    EmptyPage,
}

/// A response that replaces the service's own.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct InjectedResponse {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    /// `None` for the vendor's error body.
    pub(crate) body: Option<String>,
}

/// A fault, and the rule for the calls it applies to.
///
/// Faults apply to calls that are valid and authenticated; a request that the service itself rejects is not affected
/// and not counted. Without a rule, a fault applies to every call of every operation. When several faults apply to one
/// call, latencies add up, and of the others the first one injected takes effect.
///
/// ```
/// use account_provisioning_emulator::Fault;
///
/// let unavailable_twice = Fault::status(503).header("retry-after", "1").on("createUser").times(2);
/// let third_answer_lost = Fault::reset_after().on("createUser").nth(3);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a fault does nothing until it is injected"]
pub struct Fault {
    pub(crate) effect: Effect,
    pub(crate) after: bool,
    pub(crate) operation: Option<String>,
    pub(crate) from: u64,
    pub(crate) nth: bool,
    pub(crate) times: Option<u64>,
    pub(crate) probability: f64,
}

impl Fault {
    fn new(effect: Effect) -> Self {
        Self {
            effect,
            after: false,
            operation: None,
            from: 1,
            nth: false,
            times: None,
            probability: 1.0,
        }
    }

    /// Responds with this status before the change is applied, so nothing has changed.
    ///
    /// The body is the vendor's error body, unless [`body`](Self::body) sets another. With [`after`](Self::after) the
    /// change is applied first.
    pub fn status(status: u16) -> Self {
        Self::new(Effect::Response(InjectedResponse {
            status,
            headers: Vec::new(),
            body: None,
        }))
    }

    /// Responds with a foreign body before the change is applied, such as the HTML page of a gateway with status 502.
    ///
    /// With [`after`](Self::after) the change is applied first.
    pub fn body_replaced(status: u16, content_type: impl Into<String>, body: impl Into<String>) -> Self {
        Self::new(Effect::Response(InjectedResponse {
            status,
            headers: vec![("content-type".to_owned(), content_type.into())],
            body: Some(body.into()),
        }))
    }

    /// Waits before the change is applied, in real time whatever the emulator's clock shows.
    ///
    /// If the client disconnects during the wait, nothing changes. With [`after`](Self::after) the wait comes after the
    /// change.
    pub fn latency(wait: Duration) -> Self {
        Self::new(Effect::Latency(wait))
    }

    /// Resets the connection (TCP RST) before the change is applied.
    pub fn reset_before() -> Self {
        Self::new(Effect::ResetBefore)
    }

    /// Applies the change, then resets the connection (TCP RST) instead of responding.
    pub fn reset_after() -> Self {
        Self::new(Effect::ResetAfter)
    }

    /// Applies the change, then resets the connection (TCP RST) in the middle of the response body.
    pub fn reset_in_body() -> Self {
        Self::new(Effect::ResetInBody)
    }

    /// Applies the change, then closes the connection in the middle of the response body, before `content-length` is
    /// reached.
    pub fn truncated() -> Self {
        Self::new(Effect::Truncated)
    }

    /// Applies the change, then sends the response body in eight parts, with this wait in real time before each part.
    pub fn slow_body(wait: Duration) -> Self {
        Self::new(Effect::SlowBody(wait))
    }

    /// Applies the change, then sends a complete HTTP message whose JSON ends in the middle.
    pub fn malformed() -> Self {
        Self::new(Effect::Malformed)
    }

    /// Responds as usual, and resets the connection when the next request arrives on it. That request is neither read nor
    /// recorded.
    ///
    /// This is what a client sees that reuses a connection which the server has just closed for being idle.
    pub fn stale_connection() -> Self {
        Self::new(Effect::StaleConnection)
    }

    /// Responds with the first page, whatever `page` says. Applies only to operations with pages.
    pub fn ignored_page() -> Self {
        Self::new(Effect::IgnoredPage)
    }

    /// Responds with the page before the requested one. Applies only to operations with pages, and not to page 1.
    pub fn repeated_page() -> Self {
        Self::new(Effect::RepeatedPage)
    }

    /// Returns the cursor of the request as the next cursor. Applies only to requests with a cursor.
    pub fn repeated_cursor() -> Self {
        Self::new(Effect::RepeatedCursor)
    }

    /// Makes the cursors repeat in a cycle of two, however long the list is: after the first page come the second and
    /// the third, and then the second again. Applies only to operations that return cursors.
    pub fn cursor_cycle() -> Self {
        Self::new(Effect::CursorCycle)
    }

    /// Responds with an empty page that has a cursor; the cursor leads to the entries that the page should have had.
    /// Applies only to operations that return cursors.
    pub fn empty_page() -> Self {
        Self::new(Effect::EmptyPage)
    }

    /// Applies only to this operation, named by its id in the vendor's document, such as `createUser`. Defaults to
    /// every operation.
    pub fn on(mut self, operation: impl Into<String>) -> Self {
        self.operation = Some(operation.into());
        self
    }

    /// Applies to the nth matching call, counted from 1 since the fault was injected; with [`times`](Self::times), also
    /// to the calls after it.
    pub fn nth(mut self, nth: u64) -> Self {
        self.from = nth;
        self.nth = true;
        self
    }

    /// Applies to the nth matching call, counted from 1 since the fault was injected, and to all calls after it.
    /// Defaults to 1.
    pub fn from_nth(mut self, nth: u64) -> Self {
        self.from = nth;
        self.nth = false;
        self
    }

    /// Applies at most this often. Defaults to no limit, or to once with [`nth`](Self::nth).
    pub fn times(mut self, times: u64) -> Self {
        self.times = Some(times);
        self
    }

    /// Applies to each matching call with this probability from 0 to 1, drawn from the emulator's seed. Defaults to 1.
    pub fn probability(mut self, probability: f64) -> Self {
        self.probability = probability;
        self
    }

    /// Applies the change before the fault. This affects statuses, replaced bodies and latency.
    pub fn after(mut self) -> Self {
        self.after = true;
        self
    }

    /// Adds a header to the response of [`status`](Self::status) and [`body_replaced`](Self::body_replaced).
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        if let Effect::Response(response) = &mut self.effect {
            response.headers.push((name.into(), value.into()));
        }
        self
    }

    /// Sets the body of the response of [`status`](Self::status) and [`body_replaced`](Self::body_replaced).
    pub fn body(mut self, text: impl Into<String>) -> Self {
        if let Effect::Response(response) = &mut self.effect {
            response.body = Some(text.into());
        }
        self
    }

    /// Checks that the fault is possible: a status from 200 to 599, headers that HTTP allows, a probability from 0 to 1, a
    /// first call from 1, and at least one time.
    ///
    /// # Errors
    /// Returns a [`RuleError`] that names the mistake.
    pub fn validate(&self) -> Result<(), RuleError> {
        if let Effect::Response(response) = &self.effect {
            if !(200..=599).contains(&response.status) {
                return Err(RuleError::new("status", "is impossible: give one from 200 to 599"));
            }
            for (name, value) in &response.headers {
                if name.parse::<HeaderName>().is_err() || HeaderValue::from_str(value).is_err() {
                    let reason = format!("{name:?} is impossible: HTTP does not allow its name or its value");
                    return Err(RuleError::new("headers", reason));
                }
            }
        }
        if !(0.0..=1.0).contains(&self.probability) {
            return Err(RuleError::new("probability", "is impossible: give one from 0 to 1"));
        }
        if self.from == 0 {
            let name = if self.nth { "nth" } else { "from_nth" };
            return Err(RuleError::new(name, "is impossible: calls are counted from 1"));
        }
        if self.times == Some(0) {
            return Err(RuleError::new("times", "is impossible: a fault applies at least once"));
        }
        Ok(())
    }

    /// The response 500 to every call, with this message, in the form of the emulator's own errors.
    pub(crate) fn mistake(message: &str) -> Self {
        Self::status(500).body(json!({ "error": { "message": message } }).to_string())
    }

    /// How often the fault may apply.
    pub(super) fn limit(&self) -> u64 {
        self.times.unwrap_or(if self.nth { 1 } else { u64::MAX })
    }
}
