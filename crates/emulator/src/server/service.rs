//! Serves one request: log, route, credentials, rate limit, coercions, check of the request, faults, handler, check of
//! the response.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use http::header::{ALLOW, DATE, RETRY_AFTER, USER_AGENT};
use http::request::Parts;
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Limited};
use hyper::body::Incoming;
use serde_json::Map;

use super::answer::{Answer, Headers, injected};
use super::body::{self, Body};
use super::control;
use super::socket::ResetHandle;
use crate::api::Api;
use crate::clock::http_date;
use crate::coerce::coerce;
use crate::context::{AuthRequest, Caller, RequestContext};
use crate::fault::{self, Effect, Plan};
use crate::input::Input;
use crate::log::EntryId;
use crate::paging::{PageFault, Paging};
use crate::quirk::Quirk;
use crate::rate_limit::RateLimit;
use crate::refusal::Refusal;
use crate::simulation::{Route, Shared, Simulation};

/// The largest request body, far more than any operation needs.
const MAX_BODY: usize = 16 * 1024 * 1024;

/// The connection was reset without a response.
#[derive(Debug)]
pub(super) struct ConnectionReset;

impl fmt::Display for ConnectionReset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("reset by a fault")
    }
}

impl std::error::Error for ConnectionReset {}

/// A request that passed all checks.
struct Accepted {
    route: Route,
    input: Input,
    plan: Plan,
    headers: Headers,
    caller: Caller,
}

pub(super) async fn answer(
    shared: Arc<Shared>,
    reset_handle: ResetHandle,
    request: Request<Incoming>,
) -> Result<Response<Body>, ConnectionReset> {
    let (parts, body) = request.into_parts();
    let Ok(body) = Limited::new(body, MAX_BODY).collect().await else {
        let message = "the request body is incomplete or too large";
        return Ok(Answer::error(StatusCode::PAYLOAD_TOO_LARGE, message).into_response());
    };
    let body = body.to_bytes();
    if shared.control && control::is_control(parts.uri.path()) {
        return Ok(control::answer(&shared, &parts, &body).into_response());
    }
    let (entry_id, accepted) = receive(&shared, &parts, &body);
    let response = match accepted {
        Err(refused) => refused.into_response(),
        Ok(accepted) => {
            if !accepted.plan.wait_before.is_zero() {
                tokio::time::sleep(accepted.plan.wait_before).await;
            }
            carry_out(&shared, entry_id, accepted, &reset_handle).await?
        }
    };
    // Set before the client can read the response.
    if let Some(entry) = shared.lock().log.entry(entry_id) {
        entry.status = response.status().as_u16();
    }
    Ok(response)
}

/// Does everything up to the faults, under one lock.
fn receive(shared: &Shared, parts: &Parts, body: &[u8]) -> (EntryId, Result<Accepted, Answer>) {
    let simulation = &mut *shared.lock();
    let entry_id = simulation
        .log
        .open(simulation.clock.now(), &parts.method, &parts.uri, &parts.headers, body);
    let matching = matching(shared, parts.uri.path());
    let Some((first, _)) = matching.first() else {
        return (entry_id, Err(unknown(parts)));
    };
    let (name, request_id) = (first.api.request_id)(&mut simulation.random);
    // The emulator's own time, which a client measures waits and resets against.
    let date = http_date(simulation.clock.now());
    let mut headers = vec![(name, request_id.clone()), (DATE, date)];
    let found = matching
        .iter()
        .find(|(route, _)| route.operation.method == parts.method);
    let Some((route, path)) = found.cloned() else {
        return (
            entry_id,
            Err(refused(simulation, *first, not_allowed(parts, &matching), headers)),
        );
    };
    let accepted = match accept(simulation, entry_id, parts, body, route, path, &mut headers) {
        Ok((identity, input, plan)) => Ok(Accepted {
            route,
            input,
            plan,
            headers,
            caller: caller(parts, identity, request_id),
        }),
        Err(refusal) => {
            record(simulation, entry_id, &refusal);
            Err(refused(simulation, route, refusal, headers))
        }
    };
    (entry_id, accepted)
}

/// Records why a request is refused.
fn record(simulation: &mut Simulation, entry_id: EntryId, refusal: &Refusal) {
    if let Some(entry) = simulation.log.entry(entry_id) {
        entry.refusal = Some(refusal.message.clone());
    }
}

/// Returns an error in the form of its API, as the quirks require.
fn refused(simulation: &Simulation, route: Route, refusal: Refusal, headers: Headers) -> Answer {
    let mut refused = Answer::refused(route, refusal, headers);
    (route.api.apply_quirks)(&simulation.quirks, &mut refused.status, &mut refused.body);
    refused
}

fn caller(parts: &Parts, identity: Option<String>, request_id: String) -> Caller {
    Caller {
        identity,
        uri: parts.uri.to_string(),
        user_agent: parts
            .headers
            .get(USER_AGENT)
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned),
        headers: parts.headers.clone(),
        request_id,
    }
}

/// An operation, and the path parameters of a request.
type Match<'a> = (Route, Vec<(&'a str, String)>);

/// Finds the operations that a path has, the most specific first.
fn matching<'a>(shared: &'a Shared, path: &str) -> Vec<Match<'a>> {
    let parts: Vec<&str> = path.split('/').collect();
    let routes = shared.routes().iter();
    routes
        .filter_map(|route| Some((*route, route.operation.match_path(&parts)?)))
        .collect()
}

/// 501. A 404 could be mistaken for the service's own.
fn unknown(parts: &Parts) -> Answer {
    let message = format!("the emulator has no operation {} {}", parts.method, parts.uri.path());
    Answer::error(StatusCode::NOT_IMPLEMENTED, &message)
}

/// 405, with the methods that the path has.
fn not_allowed(parts: &Parts, matching: &[Match<'_>]) -> Refusal {
    let methods: BTreeSet<&str> = matching
        .iter()
        .map(|(route, _)| route.operation.method.as_str())
        .collect();
    let methods = Vec::from_iter(methods).join(", ");
    let (method, path) = (&parts.method, parts.uri.path());
    let message = format!("method {method} is not allowed for {path}; this path has {methods}");
    Refusal::new(StatusCode::METHOD_NOT_ALLOWED, message).header(ALLOW, methods)
}

fn accept(
    simulation: &mut Simulation,
    entry_id: EntryId,
    parts: &Parts,
    body: &[u8],
    route: Route,
    path: Vec<(&str, String)>,
    headers: &mut Headers,
) -> Result<(Option<String>, Input, Plan), Refusal> {
    let Route { api, operation } = route;
    if let Some(entry) = simulation.log.entry(entry_id) {
        entry.operation = Some(operation.id.clone());
    }
    let request = AuthRequest {
        operation,
        headers: &parts.headers,
        path: &path,
        now: simulation.clock.now(),
    };
    let identity = api.service.authenticate(&request, &mut simulation.state)?;
    if let Some(entry) = simulation.log.entry(entry_id) {
        entry.authenticated = identity.is_some();
    }
    if let (Some(rate), Some(identity)) = (simulation.rate_limit, &identity) {
        count(simulation, rate, identity, api, headers)?;
    }
    let mut input = Input::read(path, parts.uri.query(), &parts.headers, body)?;
    let coerced = coerce(api.coercions, &simulation.quirks, operation, &mut input);
    if let Some(entry) = simulation.log.entry(entry_id) {
        entry.coerced = coerced;
        entry.undocumented = input.undocumented(operation);
    }
    input.check(operation)?;
    let plan = simulation.faults.plan(operation, &input);
    if let (Some(entry), Some(fault)) = (simulation.log.entry(entry_id), &plan.effect) {
        entry.fault = Some(fault.id);
    }
    Ok((identity, input, plan))
}

/// Counts a request against the rate limit of its account.
fn count(
    simulation: &mut Simulation,
    rate: RateLimit,
    identity: &str,
    api: &Api,
    headers: &mut Headers,
) -> Result<(), Refusal> {
    if let Err(mistake) = rate.validate() {
        let message = format!("the rate limit: {mistake}");
        return Err(Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, message));
    }
    // Two APIs may have accounts with the same id.
    let account = format!("{} {identity}", api.name);
    let status = simulation.rate.count(rate, &account, simulation.clock.now());
    headers.extend((api.rate.headers)(&status));
    if !status.exceeded {
        return Ok(());
    }
    let refusal = Refusal::new(rate.status_code(api.rate.status), (api.rate.message)(&status));
    match simulation.quirks.has(Quirk::NoRetryAfter) {
        true => Err(refusal),
        false => Err(refusal.header(RETRY_AFTER, status.seconds_left.to_string())),
    }
}

/// Applies the fault and calls the handler.
async fn carry_out(
    shared: &Shared,
    entry_id: EntryId,
    accepted: Accepted,
    reset_handle: &ResetHandle,
) -> Result<Response<Body>, ConnectionReset> {
    let Accepted {
        route,
        input,
        plan,
        headers,
        caller,
    } = accepted;
    let after = plan.effect.as_ref().is_some_and(|fault| fault.after);
    let effect = plan.effect.as_ref().map(|fault| &fault.effect);
    match effect {
        Some(Effect::ResetBefore) => {
            reset_handle.reset();
            return Err(ConnectionReset);
        }
        Some(Effect::Response(response)) if !after => return Ok(injected(route, response, headers)),
        _ => {}
    }
    let answer = apply(shared, entry_id, (route, &input, &caller), effect, headers);
    if !plan.wait_after.is_zero() {
        tokio::time::sleep(plan.wait_after).await;
    }
    Ok(match effect {
        Some(Effect::ResetAfter) => {
            reset_handle.reset();
            return Err(ConnectionReset);
        }
        Some(Effect::Response(response)) => injected(route, response, answer.headers),
        Some(Effect::ResetInBody) => {
            reset_handle.reset();
            answer.into_response_with(body::broken)
        }
        Some(Effect::Truncated) => answer.into_response_with(body::broken),
        Some(Effect::SlowBody(wait)) => answer.into_response_with(|bytes| body::slow(bytes, *wait)),
        Some(Effect::Malformed) => answer.malformed(),
        Some(Effect::StaleConnection) => {
            reset_handle.reset_at_next_request();
            answer.into_response()
        }
        _ => answer.into_response(),
    })
}

/// Calls the handler and checks the response against the document.
fn apply(
    shared: &Shared,
    entry_id: EntryId,
    (route, input, caller): (Route, &Input, &Caller),
    effect: Option<&Effect>,
    headers: Headers,
) -> Answer {
    let Route { api, operation } = route;
    let simulation = &mut *shared.lock();
    let (settings, sizes) = (&shared.settings, api.page_sizes.of(operation.page_size));
    let mut rows = None;
    let context = RequestContext {
        operation,
        input,
        caller,
        state: &mut simulation.state,
        now: simulation.clock.stamp(),
        exact_now: simulation.clock.now(),
        random: &mut simulation.random,
        quirks: &simulation.quirks,
        paging: Paging {
            default_size: settings.default_page_size.unwrap_or(sizes.default),
            max_size: settings.max_page_size.unwrap_or(sizes.max),
            cursor_size: settings.cursor_page_size.unwrap_or(sizes.cursor),
            fault: PageFault::of(effect),
        },
        rows: &mut rows,
    };
    let mut answer = match api.service.handle(context) {
        Ok(body) => {
            if let Some(entry) = simulation.log.entry(entry_id) {
                entry.applied = true;
            }
            Answer {
                status: operation.success,
                headers,
                body: (!operation.is_bodiless(operation.success)).then_some(body),
                rows,
            }
        }
        Err(refusal) => {
            record(simulation, entry_id, &refusal);
            Answer::refused(route, refusal, headers)
        }
    };
    if let (Some(body), Some(rows)) = (&mut answer.body, answer.rows.take_if(|rows| !rows.are_valid())) {
        // The whole body tells what is wrong with them.
        rows.insert_into(body);
    }
    if let Some(violation) = operation.reply_violation(answer.status, answer.body.as_ref()) {
        let (id, api_name) = (&operation.id, api.name);
        answer.status = StatusCode::INTERNAL_SERVER_ERROR;
        answer.rows = None;
        answer.body = Some((api.error_body)(
            operation,
            answer.status,
            &format!("mistake in the emulator: its response to {id} violates the document of {api_name}: {violation}"),
            &Map::new(),
        ));
    }
    if let (Some(Effect::RepeatedCursor), Some(cursor), Some(body)) =
        (effect, fault::cursor(input), answer.body.as_mut())
    {
        (api.set_cursor)(body, cursor);
    }
    (api.apply_quirks)(&simulation.quirks, &mut answer.status, &mut answer.body);
    answer
}
