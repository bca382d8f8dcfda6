//! A review for a terminal.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use account_provisioning_wire_diff::Level;

use crate::bump::Bump;
use crate::facts::{Gap, RustFact};
use crate::review::changelog::draft;
use crate::review::counts::Counts;
use crate::review::guide::guide;
use crate::review::{Entry, Review};

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
    let entries = review.entries();
    section(&mut out, &entries, Level::Breaking, usize::MAX);
    section(&mut out, &entries, Level::Compatible, MAX_COMPATIBLE);
    if review.deviation_count() > 0 {
        out.push_str("\ndeviations from the vendors' documents\n");
        for api in &review.apis {
            for deviation in &api.deviations {
                let _ = writeln!(out, "  {}: {deviation}\n    {}", api.name, deviation.reason);
                for line in &deviation.content {
                    let _ = writeln!(out, "      {line}");
                }
            }
        }
    }
    if !review.rust.coverage.is_empty() {
        out.push_str("\nwithout a method in the ergonomic crate\n");
        for line in gap_lines(&review.rust.coverage) {
            let _ = writeln!(out, "  {line}");
        }
    }
    section(&mut out, &entries, Level::Docs, MAX_DOCS);
    if changed(review) {
        out.push_str("\nwhat the words mean\n");
        for (word, meaning) in guide(review, &out.clone()) {
            let _ = writeln!(out, "  {word}: {meaning}");
        }
        let _ = write!(out, "\ndraft for CHANGELOG.md\n\n{}", indented(&draft(review)));
    }
    out
}

/// What is compared, how much changed, and the versions that follow.
fn summary(review: &Review) -> String {
    let mut out = format!("{}\n", headline(review));
    for line in review
        .note
        .iter()
        .cloned()
        .chain([counts(review)])
        .chain(unknown(review))
    {
        let _ = writeln!(out, "{line}");
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
    let rust = if review.rust.stale {
        "unknown".to_owned()
    } else {
        review.rust_counts().to_string()
    };
    let mut counts = format!("wire: {}; Rust: {rust}", review.wire_counts());
    let behaviour = review.behaviour_counts();
    if review.apis.iter().any(|api| api.unknown.is_some()) {
        counts.push_str("; behaviour: unknown");
    } else if behaviour != Counts::default() {
        let _ = write!(counts, "; behaviour: {behaviour}");
    }
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

/// What is not known, and what to do.
pub(super) fn unknown(review: &Review) -> Vec<String> {
    let overlays = review.apis.iter().filter_map(|api| {
        let reason = api.unknown.as_ref()?;
        Some(format!("retry and credentials of {} are unknown: {reason}", api.name))
    });
    let stale = review.rust.stale.then(|| STALE.to_owned());
    stale.into_iter().chain(overlays).collect()
}

pub(super) fn version_line(review: &Review) -> Option<String> {
    let versions = &review.versions;
    let (from, to, step) = (versions.from.as_deref()?, versions.to.as_deref()?, versions.bump());
    Some(if review.rust.stale {
        "version: unknown".to_owned()
    } else if step == Bump::None {
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
    let counts = [review.wire_counts(), review.rust_counts(), review.behaviour_counts()];
    counts.iter().any(|counts| *counts != none) || review.deviation_count() > 0
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

/// The entries of one level.
fn section(out: &mut String, entries: &[Entry], level: Level, max: usize) {
    let entries: Vec<&Entry> = entries.iter().filter(|entry| entry.level == level).collect();
    if entries.is_empty() {
        return;
    }
    let _ = write!(out, "\n{level} ({})\n", entries.len());
    for entry in entries.iter().take(max) {
        let _ = writeln!(out, "  {}: {entry}", entry.of);
        for fact in &entry.rust {
            if !entry.is_of_rust() {
                let _ = writeln!(out, "    {}: {}", fact.item, fact.change);
            }
            out.push_str(&indented(&diff(fact)));
        }
    }
    let more = entries.len().saturating_sub(max);
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
