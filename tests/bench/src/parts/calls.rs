//! Instructions and allocations of single calls. They repeat, so the guard of CI compares them.

use serde::Deserialize;

use crate::lab::Lab;
use crate::workload::Side;
use crate::{Result, callgrind, lab};

/// The workloads, the rows of their instructions, and the calls of the short and of the long run.
const COUNTED: [(&str, &str, (u64, u64)); 4] = [
    ("get", "get-instructions", (100, 600)),
    ("users", "users-instructions", (20, 120)),
    ("members", "members-instructions", (20, 120)),
    ("members-stream", "stream-instructions", (20, 120)),
];

/// The rows that this part measures.
pub const GUARDED: [&str; 5] = [
    "get-instructions",
    "get-allocations",
    "users-instructions",
    "members-instructions",
    "stream-instructions",
];

#[derive(Deserialize)]
struct Counts {
    raw: Count,
    sdk: Count,
}

#[derive(Deserialize)]
struct Count {
    allocations: f64,
    reallocations: f64,
}

pub(super) fn run(lab: &mut Lab) -> Result<()> {
    callgrind::available()?;
    for (workload, row, calls) in COUNTED {
        let ours = callgrind::per_call(lab, workload, Side::Sdk, calls)?;
        let other = callgrind::per_call(lab, workload, Side::Raw, calls)?;
        lab.keep(row, &[(ours, other)], None)?;
    }
    let Counts { raw, sdk } = serde_json::from_slice(&lab::output(lab.program("allocations")?.arg("get"))?.stdout)?;
    let total = |count: Count| count.allocations + count.reallocations;
    lab.keep("get-allocations", &[(total(sdk), total(raw))], None)
}
