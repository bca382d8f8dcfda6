//! One fault, and which calls it strikes.

use std::time::Duration;

use serde::Serialize;

/// The number of an injected fault, unique within its emulator until it is reset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct FaultId(pub(crate) u64);

/// What happens.
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
    IgnoredPage,
    RepeatedPage,
    RepeatedCursor,
    CursorCycle,
    EmptyPage,
}

/// A response instead of the service's own.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct InjectedResponse {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    /// `None` for the vendor's error body.
    pub(crate) body: Option<String>,
}

/// One fault and the rule that says which calls it strikes.
///
/// A fault sees the calls that are well-formed and authenticated: a request that the service refuses by itself neither
/// strikes nor counts. Without a rule it strikes every call of every operation. Of several faults that are due at once
/// every latency is added up, and of the others the one injected first decides.
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

    /// Answers with this status, before the change is applied: nothing has happened.
    ///
    /// The body is the vendor's error body unless [`body`](Self::body) gives another; [`after`](Self::after) applies the
    /// change first.
    pub fn status(status: u16) -> Self {
        Self::new(Effect::Response(InjectedResponse {
            status,
            headers: Vec::new(),
            body: None,
        }))
    }

    /// Answers with a body that is none of the service's, such as a gateway's HTML under 502, before the change is applied.
    ///
    /// [`after`](Self::after) applies the change first.
    pub fn body_replaced(status: u16, content_type: impl Into<String>, body: impl Into<String>) -> Self {
        Self::new(Effect::Response(InjectedResponse {
            status,
            headers: vec![("content-type".to_owned(), content_type.into())],
            body: Some(body.into()),
        }))
    }

    /// Waits this long, in real time whatever the clock says, before the change is applied.
    ///
    /// A client that leaves meanwhile leaves nothing changed; [`after`](Self::after) waits with the change applied.
    pub fn latency(wait: Duration) -> Self {
        Self::new(Effect::Latency(wait))
    }

    /// Resets the connection (TCP RST) before the change is applied.
    pub fn reset_before() -> Self {
        Self::new(Effect::ResetBefore)
    }

    /// Applies the change, then resets the connection (TCP RST) instead of answering.
    pub fn reset_after() -> Self {
        Self::new(Effect::ResetAfter)
    }

    /// Applies the change, then resets the connection (TCP RST) in the middle of the answer's body.
    pub fn reset_in_body() -> Self {
        Self::new(Effect::ResetInBody)
    }

    /// Applies the change, then closes the connection in the middle of the answer's body, before its `content-length`.
    pub fn truncated() -> Self {
        Self::new(Effect::Truncated)
    }

    /// Applies the change, then sends the answer's body in eight parts with this wait, in real time, before each.
    pub fn slow_body(wait: Duration) -> Self {
        Self::new(Effect::SlowBody(wait))
    }

    /// Applies the change, then answers with a complete message whose JSON breaks off in the middle.
    pub fn malformed() -> Self {
        Self::new(Effect::Malformed)
    }

    /// Answers with the first page whatever `page` says; strikes only operations that have pages.
    pub fn ignored_page() -> Self {
        Self::new(Effect::IgnoredPage)
    }

    /// Answers with the page before the one asked for; strikes only operations that have pages, and not their page 1.
    pub fn repeated_page() -> Self {
        Self::new(Effect::RepeatedPage)
    }

    /// Answers with the cursor that was sent as the next one; strikes only requests that carry a cursor.
    pub fn repeated_cursor() -> Self {
        Self::new(Effect::RepeatedCursor)
    }

    /// Answers so that the cursors go in a circle of two, however long the list is: from the first page on to the second
    /// and the third, and from there back to the second. Strikes only operations that hand out cursors.
    pub fn cursor_cycle() -> Self {
        Self::new(Effect::CursorCycle)
    }

    /// Answers with a page that is empty and yet has a cursor, which leads to what the page should have held. Strikes only
    /// operations that hand out cursors.
    pub fn empty_page() -> Self {
        Self::new(Effect::EmptyPage)
    }

    /// Strikes only this operation, by its id in the vendor's document, such as `createUser`. Defaults to every operation.
    pub fn on(mut self, operation: impl Into<String>) -> Self {
        self.operation = Some(operation.into());
        self
    }

    /// Strikes the nth matching call, counted from 1 since the fault was injected; with [`times`](Self::times), that and
    /// those after it.
    pub fn nth(mut self, nth: u64) -> Self {
        self.from = nth;
        self.nth = true;
        self
    }

    /// Strikes the nth matching call, counted from 1 since the fault was injected, and all after it. Defaults to 1.
    pub fn from_nth(mut self, nth: u64) -> Self {
        self.from = nth;
        self.nth = false;
        self
    }

    /// Strikes at most this often. Defaults to without end, or once after [`nth`](Self::nth).
    pub fn times(mut self, times: u64) -> Self {
        self.times = Some(times);
        self
    }

    /// Strikes each matching call with this probability from 0 to 1, drawn from the emulator's seed. Defaults to 1.
    pub fn probability(mut self, probability: f64) -> Self {
        // A number that is none must not strike.
        self.probability = if probability.is_nan() {
            0.0
        } else {
            probability.clamp(0.0, 1.0)
        };
        self
    }

    /// Applies the change before the fault, where the fault leaves the choice: statuses, replaced bodies and latency.
    pub fn after(mut self) -> Self {
        self.after = true;
        self
    }

    /// Adds a header to the answer of [`status`](Self::status) and [`body_replaced`](Self::body_replaced).
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        if let Effect::Response(response) = &mut self.effect {
            response.headers.push((name.into(), value.into()));
        }
        self
    }

    /// Sets the body of the answer of [`status`](Self::status) and [`body_replaced`](Self::body_replaced).
    pub fn body(mut self, text: impl Into<String>) -> Self {
        if let Effect::Response(response) = &mut self.effect {
            response.body = Some(text.into());
        }
        self
    }

    /// How often it may strike.
    pub(super) fn limit(&self) -> u64 {
        self.times.unwrap_or(if self.nth { 1 } else { u64::MAX })
    }
}
