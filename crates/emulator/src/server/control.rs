//! The control interface, with which tests in any language control the emulator. The README describes it.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::{DateTime, Utc};
use http::header::ALLOW;
use http::request::Parts;
use http::{Method, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::answer::Answer;
use crate::clock::Clock;
use crate::fault::FaultRequest;
use crate::input::pairs;
use crate::quirk::Quirk;
use crate::rate_limit::RateLimit;
use crate::simulation::Shared;
use crate::state::State;

const PREFIX: &str = "/__emulator";

pub(super) fn is_control(path: &str) -> bool {
    path.strip_prefix(PREFIX)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

type Outcome = Result<Value, (StatusCode, String)>;

/// What a call does with the body of a request.
type Call = fn(&Shared, &Parts, &[u8]) -> Outcome;

const CALLS: &[(&str, Method, Call)] = &[
    ("", Method::GET, |shared, _, _| Ok(about(shared))),
    ("/state", Method::GET, |shared, _, _| state(shared)),
    ("/state", Method::PUT, |shared, _, body| set_state(shared, body)),
    ("/reset", Method::POST, |shared, _, _| done(|| shared.reset())),
    ("/requests", Method::GET, |shared, parts, _| {
        requests(shared, parts.uri.query())
    }),
    ("/requests", Method::DELETE, |shared, _, _| {
        done(|| shared.lock().log.clear())
    }),
    ("/faults", Method::GET, |shared, _, _| faults(shared)),
    ("/faults", Method::POST, |shared, _, body| inject(shared, body)),
    ("/faults", Method::DELETE, |shared, _, _| {
        done(|| shared.lock().faults.clear())
    }),
    ("/clock", Method::GET, |shared, _, _| Ok(now(shared))),
    ("/clock", Method::PUT, |shared, _, body| set_clock(shared, body)),
    ("/clock/advance", Method::POST, |shared, _, body| advance(shared, body)),
    ("/quirks", Method::GET, |shared, _, _| Ok(quirks(shared))),
    ("/quirks", Method::PUT, |shared, _, body| set_quirks(shared, body)),
    ("/rate_limit", Method::PUT, |shared, _, body| {
        set_rate_limit(shared, body)
    }),
    ("/rate_limit", Method::DELETE, |shared, _, _| {
        done(|| shared.lock().rate_limit = None)
    }),
];

pub(super) fn answer(shared: &Shared, parts: &Parts, body: &[u8]) -> Answer {
    let (method, whole) = (&parts.method, parts.uri.path());
    let path = whole.strip_prefix(PREFIX).unwrap_or_default().trim_end_matches('/');
    let calls: Vec<_> = CALLS.iter().filter(|(known, _, _)| *known == path).collect();
    let Some((_, _, call)) = calls.iter().find(|(_, known, _)| known == method) else {
        let message = format!("the control interface has no operation {method} {whole}");
        let mut answer = Answer::error(StatusCode::NOT_IMPLEMENTED, &message);
        if !calls.is_empty() {
            let methods: Vec<&str> = calls.iter().map(|(_, known, _)| known.as_str()).collect();
            answer.status = StatusCode::METHOD_NOT_ALLOWED;
            answer.headers.push((ALLOW, methods.join(", ")));
        }
        return answer;
    };
    match call(shared, parts, body) {
        Ok(body) => Answer::new(StatusCode::OK, body),
        Err((status, message)) => Answer::error(status, &message),
    }
}

fn done(change: impl FnOnce()) -> Outcome {
    change();
    Ok(json!({ "message": "ok" }))
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, (StatusCode, String)> {
    let mut reader = serde_json::Deserializer::from_slice(body);
    serde_path_to_error::deserialize(&mut reader).map_err(|error| bad(format!("{}: {}", error.path(), error.inner())))
}

fn bad(message: impl Into<String>) -> (StatusCode, String) {
    (StatusCode::BAD_REQUEST, message.into())
}

fn internal(error: &serde_json::Error) -> (StatusCode, String) {
    (StatusCode::INTERNAL_SERVER_ERROR, error.to_string())
}

fn about(shared: &Shared) -> Value {
    let operations: Vec<Value> = shared
        .routes()
        .iter()
        .map(|route| {
            let operation = route.operation;
            json!({
                "api": route.api.name,
                "operation": operation.id,
                "method": operation.method.as_str(),
                "path": operation.path,
            })
        })
        .collect();
    json!({ "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION"), "operations": operations })
}

fn state(shared: &Shared) -> Outcome {
    serde_json::to_value(&shared.lock().state).map_err(|error| internal(&error))
}

fn set_state(shared: &Shared, body: &[u8]) -> Outcome {
    let text = std::str::from_utf8(body).map_err(|_| bad("the state is not UTF-8"))?;
    let state = State::from_json(text).map_err(|error| bad(error.to_string()))?;
    done(|| shared.lock().state = state)
}

fn requests(shared: &Shared, query: Option<&str>) -> Outcome {
    let wanted = pairs(query)
        .into_iter()
        .find(|(name, _)| name == "operation")
        .map(|(_, value)| value);
    let simulation = shared.lock();
    let requests: Vec<_> = simulation
        .log
        .all()
        .filter(|request| wanted.is_none() || request.operation == wanted)
        .collect();
    serde_json::to_value(requests)
        .map(|requests| json!({ "requests": requests }))
        .map_err(|error| internal(&error))
}

fn faults(shared: &Shared) -> Outcome {
    let simulation = shared.lock();
    let faults = simulation
        .faults
        .all()
        .map(|(id, fault, struck)| {
            Ok(json!({ "id": id, "struck": struck, "fault": serde_json::to_value(FaultRequest::from(fault))? }))
        })
        .collect::<Result<Vec<_>, serde_json::Error>>()
        .map_err(|error| internal(&error))?;
    Ok(json!({ "faults": faults }))
}

fn inject(shared: &Shared, body: &[u8]) -> Outcome {
    let request: FaultRequest = read(body)?;
    let fault = request.into_fault().map_err(bad)?;
    let id = shared.try_inject(fault).map_err(|mistake| bad(mistake.to_string()))?;
    Ok(json!({ "id": id }))
}

fn now(shared: &Shared) -> Value {
    json!({ "now": shared.lock().clock.now() })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Time {
    now: DateTime<Utc>,
}

fn set_clock(shared: &Shared, body: &[u8]) -> Outcome {
    let Time { now: time } = read(body)?;
    shared.lock().clock = Clock::Manual(time);
    Ok(now(shared))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    seconds: f64,
}

fn advance(shared: &Shared, body: &[u8]) -> Outcome {
    let Advance { seconds } = read(body)?;
    let by = Duration::try_from_secs_f64(seconds)
        .map_err(|error| bad(format!("seconds: {error}; the clock only moves forward")))?;
    shared.lock().clock.advance(by);
    Ok(now(shared))
}

fn quirks(shared: &Shared) -> Value {
    let simulation = shared.lock();
    let quirks: Vec<Value> = Quirk::ALL
        .iter()
        .map(|quirk| {
            json!({ "quirk": quirk, "on": simulation.quirks.has(*quirk), "default": quirk.is_default(), "source": quirk.source() })
        })
        .collect();
    json!({ "quirks": quirks })
}

fn set_quirks(shared: &Shared, body: &[u8]) -> Outcome {
    let wanted: BTreeMap<Quirk, bool> = read(body)?;
    {
        let mut simulation = shared.lock();
        for (quirk, on) in wanted {
            simulation.quirks.set(quirk, on);
        }
    }
    Ok(quirks(shared))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rate {
    limit: u32,
    seconds: f64,
    status: Option<u16>,
}

fn set_rate_limit(shared: &Shared, body: &[u8]) -> Outcome {
    let Rate { limit, seconds, status } = read(body)?;
    let window = Duration::try_from_secs_f64(seconds).map_err(|error| bad(format!("seconds: {error}")))?;
    let mut rate = RateLimit::new(limit, window);
    if let Some(status) = status {
        rate = rate.status(status);
    }
    rate.validate().map_err(|mistake| bad(mistake.to_string()))?;
    done(|| shared.lock().rate_limit = Some(rate))
}
