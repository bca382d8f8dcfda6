//! The way of one request: log, route, credentials, rate, coercion, check, faults, handler, own check, answer.

use std::{fmt, sync::Arc};

use bytes::Bytes;
use http::{
    HeaderName, HeaderValue, Request, Response, StatusCode,
    header::{CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER},
    request::Parts,
};
use http_body_util::{BodyExt as _, Limited};
use hyper::body::Incoming;
use serde_json::{Value, json};

use super::{
    body::{self, Body},
    control,
    socket::Cutter,
};
use crate::{
    api::Surroundings,
    coerce::coerce,
    fault::{Effect, Plan},
    input::Input,
    log::Ticket,
    paging::{Bend, Paging},
    quirk::Quirk,
    refusal::Refusal,
    world::{Route, Shared, World},
};

/// The largest request body: far more than any operation needs.
const MAX_BODY: usize = 16 * 1024 * 1024;

/// The connection ends here, without an answer.
#[derive(Debug)]
pub(crate) struct Cut;

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("cut by a fault")
    }
}

impl std::error::Error for Cut {}

/// An answer before it becomes bytes.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: Vec<(HeaderName, String)>,
    pub(crate) body: Value,
}

impl Answer {
    pub(crate) fn new(status: StatusCode, body: Value) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body,
        }
    }
}

/// What the first half of the way leaves for the second.
struct Accepted {
    route: Route,
    input: Input,
    plan: Plan,
    headers: Vec<(HeaderName, String)>,
}

pub(crate) async fn answer(
    shared: Arc<Shared>,
    cutter: Cutter,
    request: Request<Incoming>,
) -> Result<Response<Body>, Cut> {
    let (parts, body) = request.into_parts();
    let Ok(body) = Limited::new(body, MAX_BODY).collect().await else {
        return Ok(plain(
            StatusCode::PAYLOAD_TOO_LARGE,
            "the request body broke off or is too large",
        ));
    };
    let body = body.to_bytes();
    if shared.control && control::is_control(parts.uri.path()) {
        return Ok(respond(control::answer(&shared, &parts, &body), Vec::new()));
    }
    let (ticket, accepted) = receive(&shared, &parts, &body);
    let accepted = match accepted {
        Ok(accepted) => accepted,
        Err(answer) => return Ok(finish(&shared, ticket, answer)),
    };
    if !accepted.plan.wait_before.is_zero() {
        tokio::time::sleep(accepted.plan.wait_before).await;
    }
    carry_out(&shared, ticket, accepted, &cutter).await
}

/// The first half: everything up to the faults, under one lock.
fn receive(shared: &Shared, parts: &Parts, body: &[u8]) -> (Ticket, Result<Accepted, Answer>) {
    let mut world = shared.lock();
    let world = &mut *world;
    let ticket = world.log.open(
        world.clock.now(),
        &parts.method,
        &parts.uri,
        &parts.headers,
        body,
    );
    let Some((route, path)) = find(shared, parts) else {
        return (ticket, Err(unknown(shared, parts)));
    };
    let mut headers = vec![(
        HeaderName::from_static("x-request-id"),
        world.random.request_id(),
    )];
    let accepted = accept(
        shared,
        world,
        ticket,
        parts,
        body,
        route,
        path,
        &mut headers,
    );
    let accepted = match accepted {
        Ok((input, plan)) => Ok(Accepted {
            route,
            input,
            plan,
            headers,
        }),
        Err(refusal) => Err(refused(route, refusal, headers)),
    };
    (ticket, accepted)
}

fn find<'a>(shared: &'a Shared, parts: &Parts) -> Option<(Route, Vec<(&'a str, String)>)> {
    shared
        .routes()
        .iter()
        .filter(|route| route.operation.method == parts.method)
        .find_map(|route| Some((*route, route.operation.match_path(parts.uri.path())?)))
}

/// 501: never 404, which would pass for the service's own.
fn unknown(shared: &Shared, parts: &Parts) -> Answer {
    let path = parts.uri.path();
    let methods: Vec<&str> = shared
        .routes()
        .iter()
        .filter(|route| route.operation.match_path(path).is_some())
        .map(|route| route.operation.method.as_str())
        .collect();
    let mut message = format!("the emulator knows no operation {} {path}", parts.method);
    if !methods.is_empty() {
        message.push_str(&format!("; this path takes {}", methods.join(", ")));
    }
    Answer::new(
        StatusCode::NOT_IMPLEMENTED,
        json!({ "error": { "message": message } }),
    )
}

#[allow(
    clippy::too_many_arguments,
    reason = "one step of one function, apart for its early returns"
)]
fn accept(
    shared: &Shared,
    world: &mut World,
    ticket: Ticket,
    parts: &Parts,
    body: &[u8],
    route: Route,
    path: Vec<(&str, String)>,
    headers: &mut Vec<(HeaderName, String)>,
) -> Result<(Input, Plan), Refusal> {
    let Route { api, operation } = route;
    if let Some(entry) = world.log.entry(ticket) {
        entry.operation = Some(operation.id.clone());
    }
    let who = api.authenticate(&world.state, &parts.headers, &path)?;
    if let Some(entry) = world.log.entry(ticket) {
        entry.authenticated = true;
    }
    if let Some(rate) = shared.beginning.rate_limit {
        let now = world.clock.now();
        let standing = world.rate.count(rate, &who, now);
        headers.extend(api.rate_headers(&standing));
        if standing.exceeded {
            let mut refusal = Refusal::new(rate.status_code(), api.rate_message(&standing));
            if !world.quirks.has(Quirk::NoRetryAfter) {
                let wait = (standing.reset - now).num_milliseconds().max(0);
                // Rounded up: a client that comes back on the second must not be early.
                let seconds = wait / 1000 + i64::from(wait % 1000 > 0);
                refusal = refusal.header(RETRY_AFTER, seconds.to_string());
            }
            return Err(refusal);
        }
    }
    let mut input = Input::read(path, parts.uri.query(), &parts.headers, body)?;
    let coerced = coerce(api.coercions(), &world.quirks, operation, &mut input);
    if let Some(entry) = world.log.entry(ticket) {
        entry.coerced = coerced;
    }
    input.check(operation)?;
    let plan = world.faults.plan(operation, &input);
    if let (Some(entry), Some(strike)) = (world.log.entry(ticket), &plan.effect) {
        entry.fault = Some(strike.id);
    }
    Ok((input, plan))
}

/// The second half: the fault, the handler, and the answer in whatever shape the fault leaves it.
async fn carry_out(
    shared: &Shared,
    ticket: Ticket,
    accepted: Accepted,
    cutter: &Cutter,
) -> Result<Response<Body>, Cut> {
    let Accepted {
        route,
        input,
        plan,
        headers,
    } = accepted;
    let strike = plan.effect;
    let effect = strike.as_ref().map(|strike| &strike.effect);
    match (&strike, effect) {
        (_, Some(Effect::ResetBefore)) => {
            cutter.cut();
            return Err(Cut);
        }
        (
            Some(strike),
            Some(Effect::Status {
                status,
                headers: own,
                body,
            }),
        ) if !strike.after => {
            return Ok(finish_with(
                shared,
                ticket,
                injected(route, *status, own, body.as_deref(), headers),
            ));
        }
        _ => {}
    }
    let answer = apply(shared, ticket, route, &input, effect, headers);
    if !plan.wait_after.is_zero() {
        tokio::time::sleep(plan.wait_after).await;
    }
    match effect {
        Some(Effect::ResetAfter) => {
            cutter.cut();
            Err(Cut)
        }
        Some(Effect::Status {
            status,
            headers: own,
            body,
        }) => Ok(finish_with(
            shared,
            ticket,
            injected(route, *status, own, body.as_deref(), answer.headers),
        )),
        Some(Effect::ResetInBody) => {
            cutter.cut();
            Ok(finish_as(shared, ticket, answer, body::broken))
        }
        Some(Effect::Truncated) => Ok(finish_as(shared, ticket, answer, body::broken)),
        Some(Effect::SlowBody(wait)) => Ok(finish_as(shared, ticket, answer, |bytes| {
            body::slow(bytes, *wait)
        })),
        Some(Effect::Malformed) => {
            let mut text = answer.body.to_string();
            // The last half is missing, yet the length fits.
            text.truncate(
                (0..=text.len() / 2)
                    .rev()
                    .find(|place| text.is_char_boundary(*place))
                    .unwrap_or(0),
            );
            let response = build(answer.status, answer.headers, Bytes::from(text));
            Ok(finish_with(shared, ticket, response))
        }
        _ => Ok(finish(shared, ticket, answer)),
    }
}

/// Runs the handler and checks its answer against the document.
fn apply(
    shared: &Shared,
    ticket: Ticket,
    route: Route,
    input: &Input,
    effect: Option<&Effect>,
    headers: Vec<(HeaderName, String)>,
) -> Answer {
    let Route { api, operation } = route;
    let mut world = shared.lock();
    let world = &mut *world;
    let mut surroundings = Surroundings {
        now: world.clock.stamp(),
        random: &mut world.random,
        quirks: &world.quirks,
        paging: Paging {
            default_size: shared.beginning.default_page_size,
            max_size: shared.beginning.max_page_size,
            bend: Bend::of(effect),
        },
    };
    let handled = api.handle(operation, input, &mut world.state, &mut surroundings);
    let mut answer = match handled {
        Ok(body) => {
            if let Some(entry) = world.log.entry(ticket) {
                entry.applied = true;
            }
            Answer {
                status: operation.success,
                headers,
                body,
            }
        }
        Err(refusal) => refused(route, refusal, headers),
    };
    if let Some(complaint) = operation.reply_complaint(answer.status, &answer.body) {
        let message = format!(
            "mistake of the emulator: its reply to {} departs from the document of {}: {complaint}",
            operation.id,
            api.name()
        );
        answer.status = StatusCode::INTERNAL_SERVER_ERROR;
        answer.body = api.error_body(answer.status, &message);
    }
    if let (Some(Effect::RepeatedCursor), Some(cursor)) = (effect, crate::fault::cursor(input))
        && let Some(fields) = answer.body.as_object_mut()
    {
        fields.insert("next_cursor".to_owned(), Value::from(cursor));
    }
    answer
}

fn refused(route: Route, refusal: Refusal, mut headers: Vec<(HeaderName, String)>) -> Answer {
    headers.extend(refusal.headers);
    Answer {
        status: refusal.status,
        headers,
        body: route.api.error_body(refusal.status, &refusal.message),
    }
}

/// The answer of an injected status.
fn injected(
    route: Route,
    status: u16,
    own: &[(String, String)],
    body: Option<&str>,
    mut headers: Vec<(HeaderName, String)>,
) -> Response<Body> {
    let (Ok(status), Ok(own)) = (
        StatusCode::from_u16(status),
        own.iter()
            .map(|(name, value)| Ok((name.parse::<HeaderName>()?, value.clone())))
            .collect::<Result<Vec<_>, http::header::InvalidHeaderName>>(),
    ) else {
        return plain(
            StatusCode::INTERNAL_SERVER_ERROR,
            "the injected fault has an impossible status or header name",
        );
    };
    headers.extend(own);
    let body = match body {
        Some(body) => Bytes::copy_from_slice(body.as_bytes()),
        None => Bytes::from(
            route
                .api
                .error_body(status, &format!("injected fault: {status}"))
                .to_string(),
        ),
    };
    build(status, headers, body)
}

fn finish(shared: &Shared, ticket: Ticket, answer: Answer) -> Response<Body> {
    finish_as(shared, ticket, answer, body::whole)
}

fn finish_as(
    shared: &Shared,
    ticket: Ticket,
    answer: Answer,
    shape: impl FnOnce(Bytes) -> Body,
) -> Response<Body> {
    let bytes = Bytes::from(answer.body.to_string());
    let length = bytes.len();
    let mut response = build(answer.status, answer.headers, Bytes::new());
    *response.body_mut() = shape(bytes);
    response
        .headers_mut()
        .insert(CONTENT_LENGTH, HeaderValue::from(length));
    finish_with(shared, ticket, response)
}

/// Writes the status into the log before the client can see it.
fn finish_with(shared: &Shared, ticket: Ticket, response: Response<Body>) -> Response<Body> {
    if let Some(entry) = shared.lock().log.entry(ticket) {
        entry.status = response.status().as_u16();
    }
    response
}

fn respond(answer: Answer, headers: Vec<(HeaderName, String)>) -> Response<Body> {
    let Answer {
        status,
        headers: own,
        body,
    } = answer;
    build(
        status,
        headers.into_iter().chain(own).collect(),
        Bytes::from(body.to_string()),
    )
}

fn plain(status: StatusCode, message: &str) -> Response<Body> {
    build(
        status,
        Vec::new(),
        Bytes::from(json!({ "error": { "message": message } }).to_string()),
    )
}

/// Puts an answer together. A later header replaces an earlier one of its name.
fn build(status: StatusCode, headers: Vec<(HeaderName, String)>, bytes: Bytes) -> Response<Body> {
    let mut response = Response::new(body::whole(bytes));
    *response.status_mut() = status;
    let map = response.headers_mut();
    map.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("application/json; charset=utf-8"),
    );
    for (name, value) in headers {
        match HeaderValue::from_str(&value) {
            Ok(value) => drop(map.insert(name, value)),
            Err(_) => {
                return plain(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    &format!("the header {name} has an impossible value"),
                );
            }
        }
    }
    response
}
