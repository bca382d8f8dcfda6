//! A review for a terminal.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use account_provisioning_wire_diff::Level;

use crate::bump::Bump;
use crate::facts::{Gap, LISTED_OPERATIONS, RustFact};
use crate::review::Review;
use crate::review::changelog::draft;
use crate::review::counts::Counts;
use crate::review::line::Line;

/// How many facts of a level that breaks nothing are listed.
const MAX_COMPATIBLE: usize = 60;
const MAX_DOCS: usize = 20;

/// The warning that the Rust facts are about an older state of the documents.
pub(super) const STALE: &str =
    "documents are newer than crates/spec/data: run `cargo xtask generate`, then review again";

/// Writes a review, the most important facts first.
#[must_use]
pub fn text(review: &Review) -> String {
    let mut out = summary(review);
    section(&mut out, review, Level::Breaking, usize::MAX);
    section(&mut out, review, Level::Compatible, MAX_COMPATIBLE);
    if review.deviation_count() > 0 {
        out.push_str("\ndeviations from the vendors' documents\n");
        for api in &review.apis {
            for deviation in &api.deviations {
                let _ = writeln!(out, "  {}: {deviation}\n    {}", api.name, deviation.reason);
            }
        }
    }
    if !review.rust.coverage.is_empty() {
        out.push_str("\nwithout a method in the ergonomic crate\n");
        for line in gap_lines(&review.rust.coverage) {
            let _ = writeln!(out, "  {line}");
        }
    }
    section(&mut out, review, Level::Docs, MAX_DOCS);
    if changed(review) {
        let _ = write!(out, "\ndraft for CHANGELOG.md\n\n{}", indented(&draft(review)));
    }
    out
}

/// What is compared, how much changed, and the versions that follow.
fn summary(review: &Review) -> String {
    let mut out = format!("{}\n{}\n", headline(review), counts(review));
    if review.rust.stale {
        let _ = writeln!(out, "{STALE}");
    }
    let bumps = &review.versions.bumps;
    let width = bumps.iter().map(|bump| bump.package.len()).max().unwrap_or_default();
    for bump in bumps {
        let _ = writeln!(out, "  {:width$}  {:5}  {}", bump.package, bump.bump.as_str(), bump.why);
    }
    if let Some(version) = version_line(review) {
        let _ = writeln!(out, "{version}");
    }
    out
}

pub(super) fn headline(review: &Review) -> String {
    format!("review of {} against {}", review.after, review.before)
}

pub(super) fn counts(review: &Review) -> String {
    let mut counts = format!("wire: {}; Rust: {}", review.wire_counts(), review.rust_counts());
    for (count, of) in [
        (review.deviation_count(), "deviations changed"),
        (review.rust.coverage.len(), "gaps in coverage"),
    ] {
        if count > 0 {
            let _ = write!(counts, "; {of}: {count}");
        }
    }
    counts
}

pub(super) fn version_line(review: &Review) -> Option<String> {
    let versions = &review.versions;
    let (from, to, step) = (versions.from.as_deref()?, versions.to.as_deref()?, versions.bump());
    Some(if step == Bump::None {
        format!("version: {from} stays")
    } else if versions.unreleased {
        format!("version: {from} stays, since it is not released yet; otherwise a {step} step")
    } else {
        format!("version: {from} -> {to} ({step} step)")
    })
}

/// Whether the change needs an entry in the changelog.
pub(super) fn changed(review: &Review) -> bool {
    let none = Counts::default();
    review.wire_counts() != none || review.rust_counts() != none || review.deviation_count() > 0
}

/// For each API a line with the operations that no method calls, then for each operation a line with the parameters that
/// no method sets.
pub(super) fn gap_lines(gaps: &[Gap]) -> Vec<String> {
    let mut operations: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let mut parameters: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for gap in gaps {
        match &gap.parameter {
            None => operations
                .entry(format!("{}:", gap.api))
                .or_default()
                .push(&gap.operation),
            Some(parameter) => parameters
                .entry(format!("{}: {} cannot set", gap.api, gap.operation))
                .or_default()
                .push(parameter),
        }
    }
    let lines = operations.into_iter().chain(parameters);
    lines
        .map(|(start, names)| format!("{start} {}", names.join(", ")))
        .collect()
}

/// The facts of one level: those of the wire by API, then those of Rust.
fn section(out: &mut String, review: &Review, level: Level, max: usize) {
    let mut lines = Vec::new();
    for api in &review.apis {
        let headline = api.headline().filter(|(found, _)| *found == level);
        lines.extend(headline.map(|(_, line)| format!("  {}: {line}\n", api.name)));
        let facts = api.facts.iter().filter(|fact| fact.level == level);
        lines.extend(facts.map(|fact| format!("  {}: {}\n", api.name, fact.line(LISTED_OPERATIONS))));
    }
    let rust = review.rust_of(level);
    lines.extend(rust.map(|fact| format!("  {}\n{}", Line::of_rust(fact), indented(&diff(fact)))));
    if lines.is_empty() {
        return;
    }
    let _ = write!(out, "\n{level} ({})\n", lines.len());
    let more = lines.len().saturating_sub(max);
    out.extend(lines.into_iter().take(max));
    if more > 0 {
        let _ = writeln!(out, "  and {more} more; `--format json` lists them all");
    }
}

/// A Rust item before and after, as a diff.
fn diff(fact: &RustFact) -> String {
    let mut out = String::new();
    for (sign, item) in [('-', &fact.before), ('+', &fact.after)] {
        for line in item.iter().flat_map(|item| item.lines()) {
            let _ = writeln!(out, "{sign} {line}");
        }
    }
    out
}

fn indented(text: &str) -> String {
    text.lines()
        .map(|line| format!("    {line}").trim_end().to_owned() + "\n")
        .collect()
}
