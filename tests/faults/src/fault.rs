//! What can go wrong with a request, and the names under which it is counted.

use std::time::Duration;

use account_provisioning_emulator::Fault;
use fastrand::Rng;

/// The time limit of attempts in a call with a fault that only a time limit ends.
pub(crate) const SHORT_LIMIT: Duration = Duration::from_millis(400);

/// A wait that outlasts every time limit.
const HOUR: Duration = Duration::from_secs(60 * 60);

/// What is sent, as far as the choice of a fault depends on it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Target {
    /// Whether the client keeps connections for the next request.
    pub(crate) pooled: bool,
    /// Whether it may be a list with pages.
    pub(crate) lists: bool,
    /// Whether the service documents a success without a body.
    pub(crate) bodiless: bool,
    /// Whether no source says what the service's errors look like, so that an empty one can be its own.
    pub(crate) vague_errors: bool,
}

/// One fault of a request.
#[derive(Clone, Debug)]
pub(crate) struct Trouble {
    /// The name under which it is counted.
    pub(crate) kind: &'static str,
    /// The body of something in front of the service, for the transcript.
    pub(crate) body: &'static str,
    /// How the response says when to come back; `None` if it doesn't.
    pub(crate) retry_after: Option<&'static str>,
    /// Whether something in front of the service answers, and not the service.
    pub(crate) foreign: bool,
    /// Whether the service's own response arrives whole.
    pub(crate) answers: bool,
    /// Whether only a time limit ends the attempt.
    pub(crate) hangs: bool,
    pub(crate) fault: Fault,
}

impl Trouble {
    fn new(kind: &'static str, fault: Fault) -> Self {
        Self {
            kind,
            body: "",
            retry_after: None,
            foreign: false,
            answers: false,
            hangs: false,
            fault,
        }
    }

    pub(crate) fn foreign(kind: &'static str, fault: Fault) -> Self {
        Self {
            foreign: true,
            ..Self::new(kind, fault)
        }
    }

    fn answering(kind: &'static str, fault: Fault) -> Self {
        Self {
            answers: true,
            ..Self::new(kind, fault)
        }
    }

    fn hanging(kind: &'static str, fault: Fault) -> Self {
        Self {
            hangs: true,
            ..Self::new(kind, fault)
        }
    }

    /// Draws a fault of a request that reaches the emulator.
    pub(crate) fn draw(random: &mut Rng, target: Target) -> Self {
        let Target {
            pooled,
            lists,
            bodiless,
            vague_errors,
        } = target;
        match random.u32(..100) {
            0..=7 => Self::new("reset before the change", Fault::reset_before()),
            8..=15 => Self::new("reset after the change", Fault::reset_after()),
            16..=20 => Self::new("reset in the body", Fault::reset_in_body()),
            21..=25 => Self::new("truncated body", Fault::truncated()),
            26..=30 => Self::new("malformed body", Fault::malformed()),
            31..=33 => Self::answering("slow body", Fault::slow_body(Duration::from_millis(2))),
            34 => Self::hanging("body slower than the limit", Fault::slow_body(SHORT_LIMIT)),
            35..=36 => Self::hanging("timeout before the change", Fault::latency(HOUR)),
            37..=38 => Self::hanging("timeout after the change", Fault::latency(HOUR).after()),
            39..=44 if pooled => Self::answering("stale connection", Fault::stale_connection()),
            39..=44 => Self::new("reset before the change", Fault::reset_before()),
            45..=54 => limited(random),
            55..=69 => failed(random),
            70..=77 if lists => page(random),
            _ => answered_by_another(random, bodiless, vague_errors),
        }
    }
}

/// 420 or 429, before the change: the vendors refuse such requests before they process them.
fn limited(random: &mut Rng) -> Trouble {
    let (kind, status) = if random.bool() {
        ("status 420", 420)
    } else {
        ("status 429", 429)
    };
    with_retry_after(random, Trouble::new(kind, Fault::status(status)), true)
}

/// A failure of the service, before or after the change.
fn failed(random: &mut Rng) -> Trouble {
    let statuses = [408, 500, 502, 503, 504, 507, 520, 521, 522, 523, 524, 530];
    let status = statuses[random.usize(..statuses.len())];
    let fault = Fault::status(status);
    let trouble = match (status, random.bool()) {
        (408, false) => Trouble::new("status 408 before the change", fault),
        (408, true) => Trouble::new("status 408 after the change", fault.after()),
        (_, false) => Trouble::new("status 5xx before the change", fault),
        (_, true) => Trouble::new("status 5xx after the change", fault.after()),
    };
    with_retry_after(random, trouble, false)
}

/// A page of a list that is not the requested one.
fn page(random: &mut Rng) -> Trouble {
    match random.u32(..5) {
        0 => Trouble::answering("ignored page", Fault::ignored_page()),
        1 => Trouble::answering("repeated page", Fault::repeated_page()),
        2 => Trouble::answering("repeated cursor", Fault::repeated_cursor()),
        3 => Trouble::answering("cursor cycle", Fault::cursor_cycle()),
        _ => Trouble::answering("empty page", Fault::empty_page()),
    }
}

/// The pages and messages of sign-in pages, gateways and firewalls.
const HTML: &str = "<!doctype html><html><head><title>Please sign in</title></head><body>Please sign in</body></html>";
const LOGIN: &str = r#"{"login":"sso"}"#;
const FOREIGN: &[(&str, &str)] = &[
    ("application/json", LOGIN),
    ("application/json", r#"{"unrelated":true}"#),
    ("application/json", r#"{"error":"login_required"}"#),
    ("application/json", r#"{"status":404,"error":"Not Found","path":"/x"}"#),
    (
        "application/json",
        r#"{"errors":[{"status":"404","title":"Not Found"}]}"#,
    ),
    ("application/json", r#"{"ok":false}"#),
    ("application/json", "null"),
    ("text/plain", "OK"),
];

/// A response of something in front of the service.
///
/// It answers instead of the service, or replaces the response of the service; a refusal (4xx, redirect) is never sent
/// for a request that it let through.
fn answered_by_another(random: &mut Rng, bodiless: bool, vague_errors: bool) -> Trouble {
    let body = |status, (kind, text)| Fault::body_replaced(status, kind, text);
    let html = ("text/html; charset=utf-8", HTML);
    let json = match FOREIGN[random.usize(..FOREIGN.len())] {
        // A service that documents no body can also write it like this.
        (_, "null") if bodiless => FOREIGN[0],
        drawn => drawn,
    };
    let late = random.bool();
    let when = |fault: Fault| if late { fault.after() } else { fault };
    match random.u32(..8) {
        0 => Trouble::foreign("HTML with 200", when(body(200, html))),
        1 => foreign_json("foreign JSON with 200", when(body(200, json)), json.1),
        // Where a success has no body, an empty one says nothing about who sent it.
        2 if !bodiless => Trouble::foreign(
            "empty body with 2xx",
            when(body(if random.bool() { 200 } else { 204 }, ("text/html", ""))),
        ),
        3 => {
            let statuses = [400, 401, 403, 404, 409, 418];
            let status = statuses[random.usize(..statuses.len())];
            Trouble::foreign("HTML with 4xx", body(status, html).header("cf-mitigated", "challenge"))
        }
        4 => {
            let statuses = [401, 403, 404, 409];
            foreign_json("foreign JSON with 4xx", body(statuses[random.usize(..4)], json), json.1)
        }
        5 => Trouble::foreign(
            "HTML with 5xx",
            when(body([500, 502, 503, 504][random.usize(..4)], html)),
        ),
        6 => {
            let statuses = [403, 404, 502, 503];
            let fault = body(statuses[random.usize(..4)], ("text/plain", ""));
            Trouble {
                foreign: !vague_errors,
                ..Trouble::new("empty body with 4xx or 5xx", fault)
            }
        }
        _ => Trouble::foreign(
            "redirect",
            body(302, html).header("location", "https://portal.invalid/"),
        ),
    }
}

fn foreign_json(kind: &'static str, fault: Fault, body: &'static str) -> Trouble {
    Trouble {
        body,
        ..Trouble::foreign(kind, fault)
    }
}

/// When the virtual clock of a run starts.
pub(crate) const START: &str = "2026-01-01T00:00:00Z";

/// The forms of `Retry-After` and of the headers about rate limits, with what they are called. Dates are relative to the
/// `Date` of the response.
const FORMS: &[(&str, &[(&str, &str)])] = &[
    ("seconds", &[("retry-after", "2")]),
    ("a fraction", &[("retry-after", "0.25")]),
    ("zero", &[("retry-after", "0")]),
    ("a negative number", &[("retry-after", "-5")]),
    ("an absurd number", &[("retry-after", "99999999999999999999")]),
    ("an hour", &[("retry-after", "3600")]),
    (
        "a date",
        &[
            ("retry-after", "Thu, 01 Jan 2026 00:00:03 GMT"),
            ("date", "Thu, 01 Jan 2026 00:00:00 GMT"),
        ],
    ),
    (
        "a date of another clock",
        &[
            ("retry-after", "Thu, 01 Jan 2026 04:00:02 GMT"),
            ("date", "Thu, 01 Jan 2026 04:00:00 GMT"),
        ],
    ),
    (
        "a past date",
        &[
            ("retry-after", "Wed, 31 Dec 2025 23:00:00 GMT"),
            ("date", "Thu, 01 Jan 2026 00:00:00 GMT"),
        ],
    ),
    (
        "an absurd date",
        &[
            ("retry-after", "Fri, 31 Dec 9999 23:59:59 GMT"),
            ("date", "Thu, 01 Jan 2026 00:00:00 GMT"),
        ],
    ),
    ("malformed", &[("retry-after", "soon")]),
    ("milliseconds", &[("retry-after-ms", "1500")]),
];

/// The headers about rate limits.
const LIMITS: &[(&str, &[(&str, &str)])] = &[
    ("ratelimit", &[("ratelimit", r#""default";r=0;t=3"#)]),
    (
        "ratelimit-reset",
        &[("ratelimit-remaining", "0"), ("ratelimit-reset", "3")],
    ),
    (
        "x-ratelimit-reset",
        &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "1767225605")],
    ),
    (
        "x-featureratelimit-reset",
        &[
            ("x-featureratelimit-remaining", "0"),
            ("x-featureratelimit-reset", "Thu, 01 Jan 2026 00:00:05 GMT"),
            ("date", "Thu, 01 Jan 2026 00:00:00 GMT"),
        ],
    ),
    (
        "malformed limit",
        &[("ratelimit", "\"open"), ("x-ratelimit-reset", "tomorrow")],
    ),
];

/// Adds a form of `Retry-After`, or, after a limit, of the headers about it, or neither.
fn with_retry_after(random: &mut Rng, mut trouble: Trouble, limited: bool) -> Trouble {
    let forms = match random.u32(..10) {
        0..=2 => return trouble,
        3..=5 if limited => LIMITS,
        _ => FORMS,
    };
    let (form, headers) = forms[random.usize(..forms.len())];
    for (name, value) in headers {
        trouble.fault = trouble.fault.header(*name, *value);
    }
    trouble.retry_after = Some(form);
    trouble
}
