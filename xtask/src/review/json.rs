//! A review for programs. The format is stable: keys may be added, but never change their meaning.
//!
//! ```text
//! format        1
//! before, after the names of the two trees
//! note          why `before` was chosen, or null
//! summary       wire, rust, behaviour: {breaking, compatible, docs}; deviations, gaps: number
//! version       from, to: text or null; unreleased: whether `from` is not released yet
//! bumps[]       package, bump (patch, minor, major), why
//! apis[]        name; status (added, removed, kept); operations: number or null
//!   facts[]       level (breaking, compatible, docs only), kind, fact (the line), subject, change, pointer,
//!                 directions {request, response: level}, parameters[], shared, operations[]
//!   behaviour[]   level, fact (the line), subject, change, operations[]
//!   deviations[]  level, target, change, reason, content[] (lines of YAML)
//!   unknown       null, or why behaviour and what the overlay keeps are not known
//! entries[]     level, of, tag, fact, operations[], wire: level or null, rust[] {package, item, change},
//!               note: text or null; what the other formats show: a fact together with what it does to Rust code
//! rust[]        level, package, item, change, before, after: text or null
//! stale         null, or a warning that the Rust facts are about older documents, and what to do
//! coverage[]    api, operation, parameter: text or null
//! denial        null without `--deny`; else denied[] {of, fact, operations[]},
//!               accepted[] {of, fact, operations[], reason, expires}, stale[] text (what fails besides),
//!               unused[] text (exceptions that accept nothing)
//! changelog     the draft
//! ```

use account_provisioning_codegen::canonical;
use serde_json::{Map, Value, json};

use crate::review::api::{ApiReview, Status};
use crate::review::changelog::draft;
use crate::review::counts::Counts;
use crate::review::deny::Denial;
use crate::review::line::Line;
use crate::review::text::STALE;
use crate::review::{Entry, Review};

/// Writes a review with sorted keys. `denial` is the result of `--deny`.
#[must_use]
pub fn json(review: &Review, denial: Option<&Denial>) -> String {
    let value = json!({
        "format": 1,
        "before": review.before,
        "after": review.after,
        "note": review.note,
        "summary": {
            "wire": counts(review.wire_counts()),
            "rust": counts(review.rust_counts()),
            "behaviour": counts(review.behaviour_counts()),
            "deviations": review.deviation_count(),
            "gaps": review.rust.coverage.len(),
        },
        "version": {
            "from": review.versions.from,
            "to": review.versions.to,
            "unreleased": review.versions.unreleased,
        },
        "bumps": list(&review.versions.bumps, |bump| json!({
            "package": bump.package,
            "bump": bump.bump.as_str(),
            "why": bump.why,
        })),
        "apis": list(&review.apis, api),
        "entries": list(&review.entries(), entry),
        "rust": list(&review.rust.facts, |fact| json!({
            "level": fact.level.as_str(),
            "package": fact.package,
            "item": fact.item,
            "change": fact.change,
            "before": fact.before,
            "after": fact.after,
        })),
        "stale": review.rust.stale.then_some(STALE),
        "coverage": list(&review.rust.coverage, |gap| json!({
            "api": gap.api,
            "operation": gap.operation,
            "parameter": gap.parameter,
        })),
        "denial": denial.map(denied),
        "changelog": draft(review),
    });
    canonical::write(&value)
}

fn list<T>(items: &[T], each: impl Fn(&T) -> Value) -> Value {
    items.iter().map(each).collect()
}

fn counts(counts: Counts) -> Value {
    json!({"breaking": counts.breaking, "compatible": counts.compatible, "docs": counts.docs})
}

fn api(api: &ApiReview) -> Value {
    let (status, operations) = match api.status {
        Status::Added(count) => ("added", Some(count)),
        Status::Removed(count) => ("removed", Some(count)),
        Status::Kept => ("kept", None),
    };
    let facts = list(&api.facts, |fact| {
        let directions: Map<String, Value> = fact
            .directions
            .iter()
            .map(|(direction, level)| (direction.as_str().to_owned(), level.as_str().into()))
            .collect();
        json!({
            "level": fact.level.as_str(),
            "kind": fact.kind.as_str(),
            "fact": fact.to_string(),
            "subject": fact.subject,
            "change": fact.change,
            "pointer": fact.pointer,
            "directions": directions,
            "parameters": fact.parameters,
            "shared": fact.shared,
            "operations": fact.operations,
        })
    });
    let deviations = list(&api.deviations, |deviation| {
        json!({
            "level": deviation.level.as_str(),
            "target": deviation.target,
            "change": deviation.change,
            "reason": deviation.reason,
            "content": deviation.content,
        })
    });
    let behaviour = list(&api.behaviour, |fact| {
        json!({
            "level": fact.level.as_str(),
            "fact": fact.to_string(),
            "subject": fact.subject,
            "change": fact.change,
            "operations": fact.operations,
        })
    });
    json!({
        "name": api.name,
        "status": status,
        "operations": operations,
        "facts": facts,
        "behaviour": behaviour,
        "deviations": deviations,
        "unknown": api.unknown,
    })
}

fn entry(entry: &Entry) -> Value {
    json!({
        "level": entry.level.as_str(),
        "of": entry.of,
        "tag": entry.tag,
        "fact": entry.fact,
        "operations": entry.operations,
        "wire": entry.wire.map(|level| level.as_str()),
        "rust": list(&entry.rust, |fact| json!({
            "package": fact.package,
            "item": fact.item,
            "change": fact.change,
        })),
        "note": entry.note(),
    })
}

fn denied(denial: &Denial) -> Value {
    let line = |line: &Line| json!({"of": line.of, "fact": line.fact, "operations": line.operations});
    let accepted = list(&denial.accepted, |(found, reason, expires)| {
        let mut value = line(found);
        value["reason"] = json!(reason);
        value["expires"] = json!(expires.to_string());
        value
    });
    json!({
        "denied": list(&denial.denied, line),
        "accepted": accepted,
        "stale": denial.stale,
        "unused": denial.unused,
    })
}
