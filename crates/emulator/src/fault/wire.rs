//! The JSON form of a fault, for the control interface.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::rule::{Effect, Fault};

/// All fields of all kinds of faults; fields that do not fit the kind are rejected.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FaultRequest {
    kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    headers: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    body: Option<String>,
    /// For latency and slow bodies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    milliseconds: Option<u64>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    after: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    on: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nth: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from_nth: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    times: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    probability: Option<f64>,
}

impl FaultRequest {
    pub(crate) fn into_fault(self) -> Result<Fault, String> {
        let wait = || {
            self.milliseconds
                .map(Duration::from_millis)
                .ok_or_else(|| format!("a fault of kind {:?} needs `milliseconds`", self.kind))
        };
        let mut fault = match self.kind.as_str() {
            "status" => Fault::status(self.status.ok_or("a fault of kind \"status\" needs `status`")?),
            "latency" => Fault::latency(wait()?),
            "slow_body" => Fault::slow_body(wait()?),
            "reset_before" => Fault::reset_before(),
            "reset_after" => Fault::reset_after(),
            "reset_in_body" => Fault::reset_in_body(),
            "truncated" => Fault::truncated(),
            "malformed" => Fault::malformed(),
            "stale_connection" => Fault::stale_connection(),
            "ignored_page" => Fault::ignored_page(),
            "repeated_page" => Fault::repeated_page(),
            "repeated_cursor" => Fault::repeated_cursor(),
            "cursor_cycle" => Fault::cursor_cycle(),
            "empty_page" => Fault::empty_page(),
            kind => return Err(format!("there is no kind of fault {kind:?}")),
        };
        let has_answer = self.status.is_some() || !self.headers.is_empty() || self.body.is_some();
        if has_answer && self.kind != "status" {
            return Err(format!(
                "a fault of kind {:?} has no status, headers or body",
                self.kind
            ));
        }
        for (name, value) in self.headers {
            fault = fault.header(name, value);
        }
        if let Some(body) = self.body {
            fault = fault.body(body);
        }
        match (self.nth, self.from_nth) {
            (Some(_), Some(_)) => return Err("give `nth` or `from_nth`, not both".to_owned()),
            (Some(nth), None) => fault = fault.nth(nth),
            (None, Some(nth)) => fault = fault.from_nth(nth),
            (None, None) => {}
        }
        if let Some(probability) = self.probability {
            fault = fault.probability(probability);
        }
        fault.after = self.after;
        fault.operation = self.on;
        fault.times = self.times;
        Ok(fault)
    }
}

impl From<&Fault> for FaultRequest {
    fn from(fault: &Fault) -> Self {
        let mut request = Self {
            after: fault.after,
            on: fault.operation.clone(),
            times: fault.times,
            probability: (fault.probability < 1.0).then_some(fault.probability),
            ..Self::default()
        };
        let place = (fault.from > 1 || fault.nth).then_some(fault.from);
        if fault.nth {
            request.nth = place;
        } else {
            request.from_nth = place;
        }
        let kind = match &fault.effect {
            Effect::Response(response) => {
                request.status = Some(response.status);
                request.headers = response.headers.iter().cloned().collect();
                request.body.clone_from(&response.body);
                "status"
            }
            Effect::Latency(wait) => {
                request.milliseconds = Some(u64::try_from(wait.as_millis()).unwrap_or(u64::MAX));
                "latency"
            }
            Effect::SlowBody(wait) => {
                request.milliseconds = Some(u64::try_from(wait.as_millis()).unwrap_or(u64::MAX));
                "slow_body"
            }
            Effect::ResetBefore => "reset_before",
            Effect::ResetAfter => "reset_after",
            Effect::ResetInBody => "reset_in_body",
            Effect::Truncated => "truncated",
            Effect::Malformed => "malformed",
            Effect::StaleConnection => "stale_connection",
            Effect::IgnoredPage => "ignored_page",
            Effect::RepeatedPage => "repeated_page",
            Effect::RepeatedCursor => "repeated_cursor",
            Effect::CursorCycle => "cursor_cycle",
            Effect::EmptyPage => "empty_page",
        };
        request.kind = kind.to_owned();
        request
    }
}
