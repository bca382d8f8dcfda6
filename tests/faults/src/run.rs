//! One run: a lifecycle with faults.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use account_provisioning::ErrorKind;
use account_provisioning_emulator::RecordedRequest;
use fastrand::Rng;

use crate::fault::Target;
use crate::gate::ClosedPort;
use crate::lifecycle;
use crate::oracle::{Evidence, Violation, judge};
use crate::plan::Plan;
use crate::report::Tally;
use crate::stage::{Client, Stage};
use crate::step::{Kind, Outcome, Step};
use crate::view::View;

/// The operations whose success has no body.
const BODILESS: &[&str] = &[
    "deleteCustomPolicy",
    "deleteRole",
    "updatePrincipalRoles",
    "updateRolePrincipals",
];

/// What came of a run.
#[derive(Debug)]
pub struct Run {
    /// The seed, with which the run can be repeated.
    pub seed: u64,
    /// The figures.
    pub tally: Tally,
    /// What the oracle found.
    pub violations: Vec<Violation>,
    /// The calls, with their faults and results, one a line.
    pub transcript: String,
}

pub(crate) async fn run(seed: u64, closed: Arc<ClosedPort>) -> Run {
    let mut random = Rng::with_seed(seed);
    let stage = Stage::set(seed, &mut random, closed).await;
    let mut run = Run::new(seed);
    let mut may_be_stale = false;
    let mut view = stage.view();
    for number in 1..=random.u32(8..=16) {
        let step = lifecycle::draw(&stage.client, &view, &mut random, number);
        let target = Target {
            pooled: stage.pooled,
            lists: step.kind == Kind::Read,
            bodiless: BODILESS.contains(&step.operation),
            vague_errors: matches!(stage.client, Client::Cloudspot(_)),
        };
        let plan = Plan::draw(&mut random, target);
        view = run.call(&stage, &view, step, plan, &mut may_be_stale).await;
    }
    run
}

impl Run {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            seed,
            tally: Tally::default(),
            violations: Vec::new(),
            transcript: String::new(),
        }
    }

    /// Sends a call, lets the oracle judge it, and returns the state after it.
    pub(crate) async fn call(
        &mut self,
        stage: &Stage,
        before: &View,
        step: Step,
        mut plan: Plan,
        may_be_stale: &mut bool,
    ) -> View {
        stage.emulator.clear_requests();
        plan.inject(&stage.emulator, &stage.gate);
        let Step {
            operation,
            kind,
            about,
            pages,
            adds,
            may,
            send,
        } = step;
        let outcome = send(plan.attempt_limit()).await;
        let requests = stage.emulator.requests();
        let after = stage.view();
        let troubles = requests.iter().filter_map(|request| plan.trouble(request.fault?));
        // A connection that became stale in this call can be the one that the next call uses.
        let stale_now = troubles.clone().any(|trouble| trouble.kind == "stale connection");
        let evidence = Evidence {
            kind,
            operation,
            pages,
            adds: adds.as_ref(),
            may: &may,
            before,
            after: &after,
            requests: &requests,
            refused: stage.gate.refused(),
            may_be_stale: *may_be_stale || stale_now,
            plan: &plan,
        };
        let found = judge(&evidence, &outcome);
        *may_be_stale = stale_now || (*may_be_stale && requests.is_empty());

        self.tally.call(operation, &outcome);
        for trouble in troubles {
            self.tally.fault(trouble);
        }
        self.tally.refused(evidence.refused);
        self.tally.requests += requests.len() as u64;
        let line = describe(operation, &about, &outcome, &requests, &evidence);
        let _ = writeln!(self.transcript, "  {line}");
        for violation in &found {
            let _ = writeln!(self.transcript, "    VIOLATION: {violation}");
        }
        self.violations.extend(found);
        // A connection that is going back to the pool gets there before the next call.
        if stage.pooled {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        after
    }
}

fn describe(
    operation: &str,
    about: &str,
    outcome: &Outcome,
    requests: &[RecordedRequest],
    evidence: &Evidence<'_>,
) -> String {
    let mut line = format!("{operation} {about}:");
    if evidence.refused > 0 {
        let _ = write!(line, " [{} connections refused]", evidence.refused);
    }
    for request in requests {
        let trouble = request.fault.and_then(|id| evidence.plan.trouble(id));
        let _ = write!(
            line,
            " [{} {}",
            request.operation.as_deref().unwrap_or("?"),
            request.status
        );
        if let Some(trouble) = trouble {
            let _ = write!(line, " {} {}", trouble.kind, trouble.body);
            line.truncate(line.trim_end().len());
            if let Some(form) = trouble.retry_after {
                let _ = write!(line, ", Retry-After: {form}");
            }
        }
        line.push_str(if request.applied { ", applied]" } else { "]" });
    }
    match outcome {
        Ok(_) => line.push_str(" => success"),
        Err(error) => {
            let unknown = if error.is_outcome_unknown() {
                ", outcome unknown"
            } else {
                ""
            };
            let kind: ErrorKind = error.kind();
            let _ = write!(line, " => {kind:?}{unknown}: {error}");
        }
    }
    line
}
