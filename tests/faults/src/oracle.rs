//! Compares what a call returned with what happened.

use std::fmt;

use account_provisioning::Error;
use account_provisioning_emulator::RecordedRequest;

use crate::fault::Trouble;
use crate::path::Path;
use crate::plan::Plan;
use crate::step::{Goal, Kind, Outcome};
use crate::view::{Change, ChangeKind, View};

/// What the oracle knows about a call.
pub(crate) struct Evidence<'a> {
    pub(crate) kind: Kind,
    pub(crate) operation: &'static str,
    /// Whether it reads page by page.
    pub(crate) pages: bool,
    pub(crate) adds: Option<&'a Path>,
    pub(crate) may: &'a [Path],
    pub(crate) before: &'a View,
    pub(crate) after: &'a View,
    /// The requests that reached the emulator, in order.
    pub(crate) requests: &'a [RecordedRequest],
    /// How many connections were refused.
    pub(crate) refused: u64,
    /// Whether a connection that the server reset may have carried a request that the log doesn't have.
    pub(crate) may_be_stale: bool,
    pub(crate) plan: &'a Plan,
}

/// Something that must not happen.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    /// Which rule is broken.
    pub rule: &'static str,
    /// How.
    pub detail: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.rule, self.detail)
    }
}

/// Finds everything that must not have happened.
pub(crate) fn judge(evidence: &Evidence<'_>, outcome: &Outcome) -> Vec<Violation> {
    let mut found = Vec::new();
    evidence.limits(&mut found);
    match outcome {
        Ok(goals) => evidence.success(goals, &mut found),
        Err(error) => evidence.failure(error, &mut found),
    }
    found
}

fn violated(found: &mut Vec<Violation>, rule: &'static str, detail: impl Into<String>) {
    found.push(Violation {
        rule,
        detail: detail.into(),
    });
}

impl Evidence<'_> {
    /// The requests of the operation that changes something.
    fn own(&self) -> impl Iterator<Item = &RecordedRequest> {
        self.requests
            .iter()
            .filter(|request| request.operation.as_deref() == Some(self.operation))
    }

    fn applied(&self) -> usize {
        self.own().filter(|request| request.applied).count()
    }

    /// What decided about the response to a request.
    fn trouble(&self, request: &RecordedRequest) -> Option<&Trouble> {
        self.plan.trouble(request.fault?)
    }

    /// The requests that the error of a call is about: of a list, those after the last page that arrived.
    fn last_call(&self) -> &[RecordedRequest] {
        let arrived = |request: &RecordedRequest| {
            let whole = request.fault.is_none() || self.trouble(request).is_some_and(|trouble| trouble.answers);
            request.status == 200 && whole
        };
        match self.requests.iter().rposition(arrived) {
            Some(last) if self.pages => &self.requests[last + 1..],
            _ => self.requests,
        }
    }

    /// Whatever the call returned: no creation twice, and nothing else changed.
    fn limits(&self, found: &mut Vec<Violation>) {
        let changes = self.before.changes(self.after);
        if matches!(self.kind, Kind::Create | Kind::Login) && self.applied() > 1 {
            violated(
                found,
                "a creation was applied twice",
                format!("{} times", self.applied()),
            );
        }
        if self.kind == Kind::Login && self.own().count() > 1 {
            violated(found, "a login was sent twice", format!("{} times", self.own().count()));
        }
        let new = |change: &&Change| {
            change.kind == ChangeKind::Added && self.adds.is_some_and(|place| place.covers(&change.path))
        };
        let added = changes.iter().filter(new).count();
        if added > 1 {
            violated(found, "a creation was applied twice", format!("{added} new entries"));
        }
        for change in &changes {
            if !new(&change) && !self.may.iter().any(|place| place.covers(&change.path)) {
                let what = format!("{} {:?}", change.path, change.kind);
                violated(found, "something else was changed", what);
            }
        }
    }

    fn success(&self, goals: &[Goal], found: &mut Vec<Violation>) {
        if let Some(trouble) = self.own().last().and_then(|request| self.trouble(request))
            && trouble.foreign
        {
            violated(found, "a foreign response was taken for a success", trouble.kind);
        }
        if self.kind != Kind::Read && self.applied() == 0 {
            violated(found, "a success is not in the state", "no request was applied");
        }
        for goal in goals {
            if let Some(problem) = goal.problem(self.after) {
                violated(found, "a success is not in the state", problem);
            }
        }
    }

    fn failure(&self, error: &Error, found: &mut Vec<Violation>) {
        let changes = self.before.changes(self.after);
        let is_unknown = error.is_outcome_unknown();
        let operation = error.operation().unwrap_or(self.operation);
        let last_call = self.last_call();
        let sent = || {
            last_call
                .iter()
                .filter(|request| request.operation.as_deref() == Some(operation))
        };
        let changed = || {
            changes
                .first()
                .map_or_else(String::new, |change| format!("{} {:?}", change.path, change.kind))
        };
        // Whatever else the error says: these kinds promise it.
        let unsent = error.is_connect() || error.is_invalid_input() || error.is_configuration();
        if unsent && sent().count() > 0 {
            let detail = format!("{} requests arrived", sent().count());
            violated(found, "an error says that nothing was sent", detail);
        }
        if !is_unknown && !changes.is_empty() {
            violated(found, "an error says that nothing changed", changed());
        }
        if is_unknown && self.kind == Kind::Read {
            let rule = "an error says that a read may have changed something";
            violated(found, rule, error.to_string());
        } else if is_unknown && self.own().count() == 0 && !self.may_be_stale {
            let detail = format!("{} connections were refused and no request arrived", self.refused);
            violated(found, "an error says that the outcome is unknown", detail);
        }
        self.predicates(error, found);
        let arrived = sent().count();
        if usize::try_from(error.attempts().count()).unwrap_or(usize::MAX) < arrived {
            let detail = format!("{} attempts, but {arrived} requests arrived", error.attempts().count());
            violated(found, "an error counts too few attempts", detail);
        }
    }

    /// What the last response was, and what the error says about it.
    fn predicates(&self, error: &Error, found: &mut Vec<Violation>) {
        let last = self.requests.iter().rev().find_map(|request| self.trouble(request));
        let told = self.requests.iter().filter_map(|request| self.trouble(request));
        if error.retry_at().is_some() && !told.clone().any(|trouble| trouble.retry_after.is_some()) {
            violated(found, "an error says when to come back", "no response said so");
        }
        let Some(last) = last.filter(|last| last.foreign && self.last_was(last)) else {
            return;
        };
        for (says, what) in [
            (error.is_not_found(), "is_not_found"),
            (error.is_conflict(), "is_conflict"),
            (error.is_auth(), "is_auth"),
        ] {
            if says {
                violated(
                    found,
                    "an error takes a foreign response for the service's",
                    format!("{what} after {}", last.kind),
                );
            }
        }
    }

    /// Whether this fault decided about the last response.
    fn last_was(&self, trouble: &Trouble) -> bool {
        let last = self.requests.last().and_then(|request| self.trouble(request));
        last.is_some_and(|last| std::ptr::eq(last, trouble))
    }
}

impl Goal {
    /// Why the goal is not reached.
    fn problem(&self, view: &View) -> Option<String> {
        match self {
            Self::Exists(path) => view.get(path).is_none().then(|| format!("{path} is not there")),
            Self::Absent(path) => view.get(path).is_some().then(|| format!("{path} is still there")),
            Self::Is(path, value) => match view.get(path) {
                Some(found) if found == value => None,
                found => Some(format!("{path} is {found:?} instead of {value}")),
            },
            Self::Keys(path, keys) => {
                let mut told: Vec<&str> = keys.iter().map(String::as_str).collect();
                told.sort_unstable();
                let mut present = view.keys(path);
                present.sort_unstable();
                (told != present).then(|| format!("{path} has {present:?} instead of {told:?}"))
            }
            Self::Never(problem) => Some(problem.clone()),
        }
    }
}
